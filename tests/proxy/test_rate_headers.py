"""Claim what is read from the headers in which Discogs tells its budget."""

import pytest

from discogs_proxy import rate_headers
from discogs_proxy.exchange import Answer, Reading


def read(limit=None, used=None, remaining=None, status=200, **more):
    names = {"": limit, "-Used": used, "-Remaining": remaining}
    headers = tuple(
        (f"X-Discogs-Ratelimit{end}", text) for end, text in names.items() if text is not None
    )
    return rate_headers.read(Answer(status, (*headers, *more.items()), b""))


@pytest.mark.parametrize(
    ("limit", "used", "remaining", "expected"),
    [
        ("60", "3", "57", Reading(60, 3)),
        (" 60 ", "3", "57", Reading(60, 3)),
        ("60", "3", "50", Reading(60, 10)),
        ("60", "10", "57", Reading(60, 10)),
        ("60", None, "57", Reading(60, 3)),
        ("60", "61", "0", Reading(60, 61)),
        ("60", "3", None, Reading(60, 3)),
        (None, "3", "57", Reading(None, 3)),
        (None, None, "57", Reading(None, None)),
        (None, None, None, Reading(None, None)),
        ("0", "0", "0", Reading(None, 0)),
        ("junk", "-1", "1.5", Reading(None, None)),
        ("9" * 40, "\u0663", "", Reading(None, None)),
    ],
)
def test_what_leaves_less_counts_and_junk_says_nothing(limit, used, remaining, expected):
    assert read(limit, used, remaining) == expected


def test_a_429_is_a_refusal_and_may_say_for_how_long():
    assert read("60", "61", "0", 429) == Reading(60, 61, is_refusal=True)
    assert read(status=429, **{"Retry-After": "9"}).retry_after == 9
    assert read(status=503, **{"Retry-After": "9"}) == Reading(None, None)
