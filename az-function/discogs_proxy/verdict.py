"""What an answer of Discogs is worth: passed on, or turned into an error of our own."""

import re
from http import HTTPStatus

import orjson

from discogs_proxy.errors import DiscogsAuthRequired, ProxyError, RateLimited, UpstreamError
from discogs_proxy.exchange import Answer

_NO_CREDENTIAL = "You must authenticate to access this resource."
_DEFAULT_RETRY_AFTER = 60
_PASSED_ON = (2, 4)
"""The families of statuses that are answers; a redirect would lead away from Discogs."""


def judge(answer: Answer, method: str) -> Answer:
    """Return the answer when it may be passed on; raise the `ProxyError` it amounts to if not."""
    error = _error(answer)
    if error is not None:
        raise error
    if answer.status == HTTPStatus.NO_CONTENT and not answer.body:
        return answer
    if "html" in (answer.header("content-type") or "").lower():
        raise _not_json()
    if method != "HEAD":
        _require_json(answer.body)
    return answer


def _error(answer: Answer) -> ProxyError | None:
    status = answer.status
    if status == HTTPStatus.UNAUTHORIZED:
        return _unauthorized(answer.body)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return _rate_limited(answer.header("retry-after"))
    if status // 100 not in _PASSED_ON:
        return UpstreamError("upstream_status", f"Discogs answered with status {status}.")
    return None


def _unauthorized(body: bytes) -> ProxyError:
    if _NO_CREDENTIAL.encode() in body:
        message = "Discogs wants the account this belongs to, and the proxy does not hold it."
        return DiscogsAuthRequired("account_required", message)
    message = "Discogs refused the proxy's own token. Whoever runs this proxy has to renew it."
    return UpstreamError("credential_refused", message)


def _rate_limited(retry_after: str | None) -> RateLimited:
    # Discogs was seen to send seconds, or nothing; its own window is a minute.
    given = re.fullmatch(r"[0-9]{1,5}", (retry_after or "").strip())
    seconds = max(1, int(given[0])) if given else _DEFAULT_RETRY_AFTER
    message = f"Discogs takes no more calls for now; ask again in {seconds} seconds."
    return RateLimited("discogs_budget_spent", message, retry_after=seconds)


def _require_json(body: bytes) -> None:
    try:
        orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise _not_json() from error


def _not_json() -> UpstreamError:
    return UpstreamError("not_json", "Discogs answered with something that is not JSON.")
