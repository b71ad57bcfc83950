"""How old an answer of Discogs may be, and for what it is still good."""

from enum import Enum
from http import HTTPStatus

from discogs_proxy.exchange import Answer
from discogs_proxy.operation import Operation

OLDEST_SECONDS = 6 * 3600
"""Discogs' terms: nothing shown may be older than six hours."""
_ABSENCE_SECONDS = 60
"""What is not there may be tomorrow, and somebody may be waiting for it."""
_GRACE_SECONDS = 300
KEPT_STATUSES = (HTTPStatus.OK, HTTPStatus.NOT_FOUND)


class Freshness(Enum):
    """What an answer is good for."""

    FRESH = "to be given"
    AGEING = "to be given while a newer one is fetched"
    STALE = "to be given when no newer one can be had"
    GONE = "nothing"


def lifetime(operation: Operation) -> int | None:
    """Return for how many seconds answers may be given again; None: not at all."""
    return None if operation.is_private else operation.cache_seconds


def freshness(answer: Answer, age: float, seconds: int, oldest: float) -> Freshness:
    """Tell what an answer of that age is good for, for a caller that takes none above `oldest`."""
    if age >= min(OLDEST_SECONDS, oldest) or answer.status not in KEPT_STATUSES:
        return Freshness.GONE
    if answer.status == HTTPStatus.NOT_FOUND:
        return Freshness.FRESH if age < min(seconds, _ABSENCE_SECONDS) else Freshness.GONE
    if age < seconds:
        return Freshness.FRESH
    if age < seconds + min(seconds, _GRACE_SECONDS):
        return Freshness.AGEING
    return Freshness.STALE
