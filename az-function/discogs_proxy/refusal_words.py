"""Discogs' own words for a refusal, as data that may be passed on."""

import re
from collections.abc import Iterator

import orjson

_LONGEST = 500
_MARKUP = re.compile(r"<[a-zA-Z/!?]")
_INVISIBLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")


def words(body: bytes, status: int) -> str:
    """Return what a refusal says, in one bounded line; of markup and other forms only the status.

    Control characters and those that change how text is read are blanks.
    """
    text = _INVISIBLE.sub(" ", " ".join(_sentences(body))).strip()
    if not text or _MARKUP.search(text):
        return f"Discogs refused with status {status}."
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


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
