"""Discogs' own words for a refusal, as data that may be passed on."""

import re
from collections.abc import Iterator

import orjson

from discogs_proxy.plain_text import cut, tidy

_LONGEST = 500
_MARKUP = re.compile(r"<[a-zA-Z/!?]")


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
