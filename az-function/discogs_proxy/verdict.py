"""What an answer of Discogs is worth: passed on, or turned into an error of our own."""

import re
from http import HTTPStatus

import orjson

from discogs_proxy.errors import (
    UNSURE,
    DiscogsAuthRequired,
    ProxyError,
    RateLimited,
    UpstreamError,
)
from discogs_proxy.exchange import Answer, Outbound

_NO_CREDENTIAL = "You must authenticate to access this resource."
_DEFAULT_RETRY_AFTER = 60
_SUCCESS, _CLIENT_ERROR = 2, 4
"""The families of statuses that are answers; a redirect would lead away from Discogs."""
_BODILESS = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)
_READ = ("GET", "HEAD")
_CSV = "text/csv"


def judge(answer: Answer, outbound: Outbound, produces: str | None) -> Answer:
    """Return the answer when it may be passed on; raise the `ProxyError` it amounts to if not.

    `produces` is the media type of the operation's successes, None for one without a body.
    """
    error = _error(answer, outbound)
    if error is not None:
        raise error
    if _is_bare(answer, outbound.method, produces):
        return answer
    media_type = (answer.header("content-type") or "").partition(";")[0].strip().lower()
    if "html" in media_type:
        raise _unfit(outbound, "not_json", "something that is not JSON")
    if produces == _CSV and answer.status // 100 == _SUCCESS:
        if media_type != _CSV:
            raise _unfit(outbound, "not_csv", "something that is not CSV")
    elif outbound.method != "HEAD" and not _is_json(answer.body):
        raise _unfit(outbound, "not_json", "something that is not JSON")
    return answer


def _is_bare(answer: Answer, method: str, produces: str | None) -> bool:
    """Tell whether an answer rightly has no body: there is none to give, or the deed was done."""
    if answer.body or answer.status // 100 == _CLIENT_ERROR:
        return False
    return answer.status in _BODILESS or produces is None or method not in _READ


def _error(answer: Answer, outbound: Outbound) -> ProxyError | None:
    status = answer.status
    if status == HTTPStatus.UNAUTHORIZED:
        return _unauthorized(answer.body)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return _rate_limited(answer.header("retry-after"))
    if status == HTTPStatus.NOT_MODIFIED and outbound.is_conditional:
        return None
    if status // 100 not in (_SUCCESS, _CLIENT_ERROR):
        return _failed(outbound, "upstream_status", f"Discogs answered with status {status}.")
    return None


def _unfit(outbound: Outbound, reason: str, what: str) -> UpstreamError:
    return _failed(outbound, reason, f"Discogs answered with {what}.")


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


def _rate_limited(retry_after: str | None) -> RateLimited:
    # Discogs was seen to send seconds, or nothing; its own window is a minute.
    given = re.fullmatch(r"[0-9]{1,5}", (retry_after or "").strip())
    seconds = max(1, int(given[0])) if given else _DEFAULT_RETRY_AFTER
    message = f"Discogs takes no more calls for now; ask again in {seconds} seconds."
    return RateLimited("discogs_budget_spent", message, retry_after=seconds)


def _is_json(body: bytes) -> bool:
    try:
        orjson.loads(body)
    except orjson.JSONDecodeError:
        return False
    return True
