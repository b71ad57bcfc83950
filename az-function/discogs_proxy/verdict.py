"""What an answer of Discogs is worth: passed on, or turned into an error of our own."""

from http import HTTPStatus

import orjson

from discogs_proxy import retry_after
from discogs_proxy.errors import (
    UNSURE,
    AttemptFailed,
    DiscogsAuthRequired,
    ProxyError,
    RateLimited,
    UpstreamError,
    UpstreamUnavailable,
)
from discogs_proxy.exchange import Answer, Outbound, Send

_NO_CREDENTIAL = "You must authenticate to access this resource."
_DEFAULT_RETRY_AFTER = 60
"""Seconds; the window in which Discogs counts is a minute."""
_SUCCESS, _CLIENT_ERROR = 2, 4
"""The families of statuses that are answers; a redirect would lead away from Discogs."""
_BODILESS = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)
_READ = ("GET", "HEAD")
_CSV, _JSON = "text/csv", "application/json"
_TRANSIENT = frozenset({500, 502, 503, 504, *range(520, 531)})
"""Failures that may be gone a moment later; those from 520 on are Cloudflare's about its origin."""


def with_verdict(send: Send) -> Send:
    """Wrap a send so that it returns nothing but answers that may be passed on."""

    async def judged(outbound: Outbound) -> Answer:
        try:
            answer = await send(outbound)
        except UpstreamError as error:  # a body that could not be read
            raise _failed(outbound, error.reason, error.message) from error
        return judge(answer, outbound)

    return judged


def judge(answer: Answer, outbound: Outbound) -> Answer:
    """Return the answer when it may be passed on; a refusal without a word gets one.

    Raise `AttemptFailed` where another attempt may bring a better one, else the `ProxyError` that
    the answer amounts to.
    """
    _require_status(answer, outbound)
    produces = outbound.operation.produces
    if _is_bare(answer, outbound.method, produces):
        return answer
    media_type = (answer.header("content-type") or "").partition(";")[0].strip().lower()
    if "html" in media_type:
        raise _unfit(answer, outbound, "not_json", "something that is not JSON")
    if _is_wordless(answer, outbound.method):
        return _worded(answer)
    if produces == _CSV and answer.status // 100 == _SUCCESS:
        if media_type != _CSV:
            raise _unfit(answer, outbound, "not_csv", "something that is not CSV")
    elif outbound.method != "HEAD" and not _is_json(answer.body):
        raise _unfit(answer, outbound, "not_json", "something that is not JSON")
    return answer


def _is_bare(answer: Answer, method: str, produces: str | None) -> bool:
    """Tell whether an answer rightly has no body: there is none to give, or the deed was done."""
    if answer.body or answer.status // 100 == _CLIENT_ERROR:
        return False
    return answer.status in _BODILESS or produces is None or method not in _READ


def _is_wordless(answer: Answer, method: str) -> bool:
    is_refusal = answer.status // 100 == _CLIENT_ERROR
    return is_refusal and method != "HEAD" and not answer.body.strip()


def _worded(answer: Answer) -> Answer:
    """Put words in Discogs' own form into a refusal that has none: callers read JSON."""
    message = f"Discogs refused with status {answer.status} and gave no reason."
    others = (pair for pair in answer.headers if pair[0].lower() != "content-type")
    headers = (*others, ("Content-Type", _JSON))
    return Answer(answer.status, headers, orjson.dumps({"message": message}))


def _require_status(answer: Answer, outbound: Outbound) -> None:
    status = answer.status
    if status == HTTPStatus.UNAUTHORIZED:
        raise _unauthorized(answer.body)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise _too_many(retry_after.seconds(answer))
    if status in _TRANSIENT:
        raise _broken(status, outbound, retry_after.seconds(answer))
    if status == HTTPStatus.NOT_MODIFIED and outbound.is_conditional:
        return
    if status // 100 not in (_SUCCESS, _CLIENT_ERROR):
        raise _failed(outbound, "upstream_status", f"Discogs answered with status {status}.")


def _broken(status: int, outbound: Outbound, seconds: int | None) -> AttemptFailed:
    error: ProxyError = _failed(
        outbound, "upstream_status", f"Discogs answered with status {status}."
    )
    if seconds is not None and outbound.is_repeatable:
        message = f"{error} Ask again in {seconds} seconds."
        error = UpstreamUnavailable("upstream_status", message, retry_after=seconds)
    return AttemptFailed(f"status_{status}", error=error, retry_after=seconds)


def _unfit(
    answer: Answer, outbound: Outbound, reason: str, what: str
) -> UpstreamError | AttemptFailed:
    error = _failed(outbound, reason, f"Discogs answered with {what}.")
    # A page instead of a refusal is a refusal still, and the next one would be the same.
    return AttemptFailed(reason, error=error) if answer.status // 100 == _SUCCESS else error


def _failed(outbound: Outbound, reason: str, message: str) -> UpstreamError:
    if not outbound.is_repeatable:
        message += f" {UNSURE}"
    return UpstreamError(reason, message)


def _unauthorized(body: bytes) -> ProxyError:
    if _NO_CREDENTIAL.encode() in body:
        message = "Discogs wants the account this belongs to, and the proxy does not hold it."
        return DiscogsAuthRequired("account_required", message)
    message = "Discogs refused the proxy's own token. Whoever runs this proxy has to renew it."
    return UpstreamError("credential_refused", message)


def _too_many(given: int | None) -> AttemptFailed:
    # Discogs was seen to send seconds, or nothing.
    seconds = given or _DEFAULT_RETRY_AFTER
    message = f"Discogs takes no more calls for now; ask again in {seconds} seconds."
    error = RateLimited("discogs_budget_spent", message, retry_after=seconds)
    return AttemptFailed("status_429", error=error, retry_after=given, was_ineffective=True)


def _is_json(body: bytes) -> bool:
    try:
        orjson.loads(body)
    except orjson.JSONDecodeError:
        return False
    return True
