"""What Discogs refuses, told in its own words as data that may be passed on."""

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus

import orjson

from discogs_proxy.errors import DiscogsRefused
from discogs_proxy.exchange import Answer
from discogs_proxy.plain_text import cut, tidy

_REASONS: Mapping[int, str] = {403: "forbidden", 404: "not_found", 422: "invalid"}
_OUTSIDE = re.compile(r"Page \d+ is outside of valid range")
_NO_PAGE = "no_such_page"
_LONGEST = 500
_MARKUP = re.compile(r"<[a-zA-Z/!?]")


def require_success(answer: Answer) -> None:
    """Raise `DiscogsRefused` for an answer that is none of the successes."""
    status = answer.status
    if status < HTTPStatus.BAD_REQUEST:
        return
    message = words(answer.body, status)
    reason = _NO_PAGE if _OUTSIDE.match(message) else _REASONS.get(status, f"status_{status}")
    raise DiscogsRefused(status, reason, message)


def words(body: bytes, status: int) -> str:
    """Return what a refusal says, in one bounded line; of markup and other forms only the status.

    What nobody sees is left out.
    """
    text = " ".join(tidy(" ".join(_sentences(body))).split())
    if not text or _MARKUP.search(text):
        return f"Discogs refused with status {status}."
    return cut(text, _LONGEST)


def _sentences(body: bytes) -> Iterator[str]:
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError:
        return
    if not isinstance(content, dict):
        return
    if isinstance(content.get("message"), str):
        yield content["message"]
    details = content.get("detail")
    for detail in details if isinstance(details, list) else ():
        if isinstance(detail, dict) and isinstance(detail.get("msg"), str):
            place = detail.get("loc")
            names = ".".join(map(str, place)) if isinstance(place, list) else ""
            yield f"{names}: {detail['msg']}." if names else f"{detail['msg']}."
