"""What Discogs says about its budget with each answer."""

import re
from http import HTTPStatus

from discogs_proxy import retry_after
from discogs_proxy.exchange import Answer, Reading

_NUMBER = re.compile(r"[0-9]{1,12}")


def read(answer: Answer) -> Reading:
    """Read the headers of an answer; what is missing or junk says nothing.

    Of used and remaining, which are averages and lag, the one that leaves less counts.
    """
    limit = _number(answer, "x-discogs-ratelimit")
    used = _number(answer, "x-discogs-ratelimit-used")
    remaining = _number(answer, "x-discogs-ratelimit-remaining")
    if limit is not None and remaining is not None:
        used = max(used or 0, limit - remaining)
    is_refusal = answer.status == HTTPStatus.TOO_MANY_REQUESTS
    wait = retry_after.seconds(answer) if is_refusal else None
    return Reading(limit or None, used, is_refusal=is_refusal, retry_after=wait)


def _number(answer: Answer, name: str) -> int | None:
    text = answer.header(name)
    return int(text) if text is not None and _NUMBER.fullmatch(text.strip()) else None
