"""One call from beginning to end, whichever face it comes to."""

from collections.abc import Callable
from dataclasses import dataclass

from discogs_proxy import cache_control, client_key, parameters, permission, trace
from discogs_proxy.errors import DeadlinePassed, InternalError, ProxyError
from discogs_proxy.exchange import Answer, Call, Headers, Inbound, Send
from discogs_proxy.face import Face, Visit
from discogs_proxy.parameters import Given
from discogs_proxy.settings import Settings
from discogs_proxy.state import QuotaState
from discogs_proxy.telemetry import SILENT, Facts, Telemetry


@dataclass(frozen=True, slots=True)
class Gateway:
    """Answers operations by asking Discogs."""

    settings: Settings
    send: Send
    clock: Callable[[], float]
    """Seconds on a monotonic clock."""
    new_id: Callable[[], str]
    quotas: QuotaState
    telemetry: Telemetry = SILENT

    async def answer(self, face: Face, inbound: Inbound) -> Answer:
        """Answer one request, whatever happens, and write its log line."""
        started = self.clock()
        trace_id = trace.trace_id(inbound.headers, self.new_id)
        with self.telemetry.request(face.offer, inbound, trace_id) as end:
            answer, facts = await self._answer(face, inbound, trace_id)
            end(answer.status, facts)
        seconds = self.clock() - started
        trace.log_call(face.operation.entity, answer.status, seconds, trace_id, facts)
        return answer

    async def _answer(self, face: Face, inbound: Inbound, trace_id: str) -> tuple[Answer, Facts]:
        """Return an answer, whatever happens, and what is to be known of how it came about."""
        given = parameters.read(face.offer, inbound)
        call = Call(oldest=cache_control.oldest(inbound.headers))
        failure: dict[str, str | int] = {}
        try:
            answer = await self._forward(face, inbound, given, call)
        except Exception as error:  # noqa: BLE001 - the last resort, so callers always get JSON
            told = _told_failure(error, trace_id)
            answer = face.refuse(told, trace_id)
            failure = {"error": told.error, "reason": told.reason}
        more = (*_way(call), ("X-Request-Id", trace_id))
        answer = _finish(answer, inbound.method, given, more)
        return answer, {
            "operation": face.operation.name,
            "face": face.name,
            "method": inbound.method,
            **failure,
            **_course(call),
            "bytes_out": len(answer.body),
        }

    async def _forward(self, face: Face, inbound: Inbound, given: Given, call: Call) -> Answer:
        key = client_key.require(self.settings, inbound.headers)
        call.caller = key.name
        await client_key.spend(key, self.quotas)
        permission.require(self.settings, key, face.operation)
        face.check(given)
        visit = Visit(self.settings, inbound, given, call, self.send, self.clock)
        answer = await face.respond(visit)
        return answer.plus(*_freshness(call))


def _told_failure(error: Exception, trace_id: str) -> ProxyError:
    """Return what a caller is told of a failure, and log what else is to be known."""
    if not isinstance(error, ProxyError):
        trace.log_failure(error, trace_id)
        return InternalError("bug", "The proxy failed; quote the trace id when reporting it.")
    if isinstance(error, DeadlinePassed):
        trace.log_timeout()
    return error


def _course(call: Call) -> dict[str, str | int]:
    """Return what the log line says about who called and about the way to Discogs."""
    course: dict[str, str | int] = {}
    if call.attempts:
        course["attempts"] = call.attempts
        course["upstream_ms"] = round(call.upstream_seconds * 1000)
        course["bytes_in"] = call.bytes_in
    if call.attempts or call.queued_seconds:
        course["queue_ms"] = round(call.queued_seconds * 1000)
    if call.budget_remaining is not None:
        course["budget_remaining"] = call.budget_remaining
    words = {"key": call.caller, "cache": call.cache, "covered": call.covered}
    course.update({name: word for name, word in words.items() if word})
    return course | ({"surprises": call.surprises} if call.surprises else {})


def _freshness(call: Call) -> Headers:
    """Return what the caller learns about where the answer came from."""
    if call.age is None:
        return (("X-Cache", "MISS"),)
    return (("X-Cache", call.cache), ("Age", str(int(call.age))))


def _way(call: Call) -> Headers:
    """Return what the caller learns about the way to Discogs."""
    if not call.attempts and not call.queued_seconds:
        return ()
    waited = str(round(call.queued_seconds * 1000))
    return (("X-Attempts", str(call.attempts)), ("X-Queue-Ms", waited))


def _finish(answer: Answer, method: str, given: Given, more: Headers) -> Answer:
    if given.ignored:
        more = (*more, ("X-Ignored-Parameters", parameters.ignored_header(given)))
    headers = (*answer.headers, *more)
    return Answer(answer.status, headers, b"" if method == "HEAD" else answer.body)
