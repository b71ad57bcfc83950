"""Names for what an answer says, so that who has it already need not get it again (RFC 9110)."""

import re
from collections.abc import Mapping
from hashlib import blake2b
from http import HTTPStatus

from discogs_proxy.exchange import Answer

_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_ABOUT_A_BODY = ("content-type", "content-disposition")


def tagged(answer: Answer) -> Answer:
    """Give a success with a body its strong tag."""
    if answer.status != HTTPStatus.OK or not answer.body:
        return answer
    return answer.plus(("ETag", f'"{blake2b(answer.body, digest_size=16).hexdigest()}"'))


def told(answer: Answer, asked: Mapping[str, str]) -> Answer:
    """Make the answer a 304 where the caller has just that already."""
    given = asked.get("if-none-match")
    if given is None or not _has(given, answer.header("etag")):
        return answer
    kept = tuple(pair for pair in answer.headers if pair[0].lower() not in _ABOUT_A_BODY)
    return Answer(HTTPStatus.NOT_MODIFIED, kept, b"")


def _has(given: str, tag: str | None) -> bool:
    # Weak comparison, as section 13.1.2 wants it; `*` is for whoever wants anything but a change.
    return tag is not None and (given.strip() == "*" or tag in _TAG.findall(given))
