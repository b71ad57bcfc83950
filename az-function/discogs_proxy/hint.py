"""What a model should do about a failure: in a word for its program, in a sentence for itself."""

from collections.abc import Mapping

from discogs_proxy.errors import UNSURE, DiscogsAuthRequired, DiscogsRefused, ProxyError

Hints = Mapping[int, str]
"""An operation's own words, by status."""

_CORRECT = "Correct what the message names and call again; Discogs was not asked."
_OPERATOR = "Tell the user that whoever runs this gateway has to mend it; calling again is no use."
_LATER = "Call again {when}; if that fails too, tell the user that Discogs is not reachable now."
_LOOK = "Do not repeat it: read what is there now, and tell the user if it is not what was asked."
_BY_ERROR: Mapping[str, str] = {
    "invalid_request": _CORRECT,
    "payload_too_large": _CORRECT,
    "unsupported_media_type": _CORRECT,
    "unauthorized": "Tell the user that the API key of this connection is missing or wrong.",
    "writes_disabled": "Tell the user that changes are switched off here; reading works.",
    "discogs_auth_required": (
        "Only the owner's account sees this: ask for public data, or tell the user so."
    ),
    "not_found": "Call one of the operations that are described.",
    "method_not_allowed": "Call one of the operations that are described.",
    "rate_limited": "Slow down: call again {when}, and ask for fewer things at a time.",
    "internal_error": "Tell the user that the gateway failed, and the trace_id of this answer.",
    "secrets_unresolved": _OPERATOR,
    "upstream_error": _LATER,
    "upstream_unavailable": _LATER,
    "timeout": _LATER,
    "discogs_refused": "The message says why: change the call by it, or tell the user.",
}
_BY_REASON: Mapping[str, str] = {
    "credential_refused": _OPERATOR,
    "key_only_reads": "Tell the user that this API key may only read; nothing was changed.",
    "forbidden": "The owner keeps this private: tell the user, and do not call again.",
    "not_found": "Discogs has nothing there: search for the right id or name first.",
    "invalid": "Correct the value that the message names and call again.",
    "no_such_page": "There is no such page: the message says which pages there are.",
}
_TRANSIENT = frozenset({"rate_limited", "upstream_error", "upstream_unavailable", "timeout"})


def advice(error: ProxyError, hints: Hints) -> dict[str, str | bool]:
    """Return whether the same call may succeed later, and what to do now."""
    return {"retryable": _is_retryable(error), "hint": _sentence(error, hints)}


def _is_retryable(error: ProxyError) -> bool:
    if error.reason == "credential_refused" or UNSURE in error.message:
        return False
    return error.error in _TRANSIENT


def _sentence(error: ProxyError, hints: Hints) -> str:
    if _is_for_the_operation(error) and error.status in hints:
        return hints[error.status]
    if UNSURE in error.message:
        return _LOOK
    sentence = _BY_REASON.get(error.reason, _BY_ERROR[error.error])
    seconds = error.retry_after
    return sentence.format(when="in a minute" if seconds is None else f"after {seconds} seconds")


def _is_for_the_operation(error: ProxyError) -> bool:
    """Tell whether Discogs refused it, which an operation has its own words for."""
    if error.reason == "no_such_page":
        return False
    return isinstance(error, DiscogsRefused | DiscogsAuthRequired)
