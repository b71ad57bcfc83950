"""One call from beginning to end."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import quote

from discogs_proxy import (
    cache_control,
    client_key,
    entity_tag,
    outbound,
    parameters,
    permission,
    request_body,
    trace,
)
from discogs_proxy.errors import DeadlinePassed, InternalError, ProxyError
from discogs_proxy.exchange import Answer, Call, Headers, Inbound, Send
from discogs_proxy.links import Links
from discogs_proxy.mirror import Mirror
from discogs_proxy.operation import Operation
from discogs_proxy.parameters import Given
from discogs_proxy.settings import API_PREFIX, Settings
from discogs_proxy.state import QuotaState


@dataclass(frozen=True, slots=True)
class Gateway:
    """Answers operations by asking Discogs."""

    settings: Settings
    send: Send
    clock: Callable[[], float]
    """Seconds on a monotonic clock."""
    new_id: Callable[[], str]
    quotas: QuotaState
    mirror: Mirror

    async def answer(self, operation: Operation, inbound: Inbound) -> Answer:
        """Answer one request, whatever happens, and write its log line."""
        started = self.clock()
        trace_id = trace.trace_id(inbound.headers, self.new_id)
        given = parameters.read(operation, inbound)
        call = Call(oldest=cache_control.oldest(inbound.headers))
        failure: dict[str, str | int] = {}
        try:
            answer = await self._forward(operation, inbound, given, call)
        except ProxyError as error:
            answer = error.answer(trace_id)
            failure = {"error": error.error, "reason": error.reason}
            if isinstance(error, DeadlinePassed):
                trace.log_timeout()
        except Exception as error:  # noqa: BLE001 - the last resort, so callers always get JSON
            trace.log_failure(error, trace_id)
            fault = InternalError("bug", "The proxy failed; quote the trace id when reporting it.")
            answer = fault.answer(trace_id)
            failure = {"error": fault.error, "reason": fault.reason}
        seconds = self.clock() - started
        facts = {"operation": operation.name, "method": inbound.method, **failure}
        trace.log_call(operation.entity, answer.status, seconds, trace_id, facts | _course(call))
        more = (*_told(call), ("X-Request-Id", trace_id))
        return _finish(answer, inbound.method, given, more)

    async def _forward(
        self, operation: Operation, inbound: Inbound, given: Given, call: Call
    ) -> Answer:
        key = client_key.require(self.settings, inbound.headers)
        call.caller = key.name
        await client_key.spend(key, self.quotas)
        permission.require(self.settings, key, operation)
        parameters.check(operation, given)
        body, headers = request_body.prepare(operation, inbound)
        request = outbound.build(operation, given, inbound.method, body, headers)
        answer = await self.send(replace(request, call=call))
        public = public_address(self.settings, inbound.url)
        links = Links(self.settings.discogs_base_url, public)
        answer = self.mirror.present(answer, links, operation, is_kept=call.age is not None)
        return entity_tag.told(answer.plus(*_freshness(call)), inbound.headers)


def public_address(settings: Settings, url: str) -> str:
    """Return the mirror's address: the configured one, else the one this request was sent to."""
    scheme, _, rest = url.partition("://")
    base = settings.public_base_url or f"{scheme}://{_tame(rest.partition('/')[0])}"
    return base.removesuffix(API_PREFIX) + API_PREFIX


def _course(call: Call) -> dict[str, str | int]:
    """Return what the log line says about who called and about the way to Discogs."""
    course: dict[str, str | int] = {"attempts": call.attempts} if call.attempts else {}
    if call.attempts or call.queued_seconds:
        course["queue_ms"] = round(call.queued_seconds * 1000)
    if call.budget_remaining is not None:
        course["budget_remaining"] = call.budget_remaining
    words = {"key": call.caller, "cache": call.cache, "covered": call.covered}
    course.update({name: word for name, word in words.items() if word})
    return course


def _freshness(call: Call) -> Headers:
    """Return what the caller learns about where the answer came from."""
    if call.age is None:
        return (("X-Cache", "MISS"),)
    return (("X-Cache", call.cache), ("Age", str(int(call.age))))


def _told(call: Call) -> Headers:
    """Return what the caller learns about it."""
    if not call.attempts and not call.queued_seconds:
        return ()
    waited = str(round(call.queued_seconds * 1000))
    return (("X-Attempts", str(call.attempts)), ("X-Queue-Ms", waited))


@lru_cache(maxsize=64)
def _tame(host: str) -> str:
    # The host is what the client says it is, and goes into JSON and headers: quoted, it is tame.
    return quote(host, safe=":[]")


def _finish(answer: Answer, method: str, given: Given, more: Headers) -> Answer:
    if given.ignored:
        more = (*more, ("X-Ignored-Parameters", parameters.ignored_header(given)))
    headers = (*answer.headers, *more)
    return Answer(answer.status, headers, b"" if method == "HEAD" else answer.body)
