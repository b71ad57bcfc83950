"""Claim how old an answer may be for what."""

from math import inf

import pytest

from discogs_proxy.exchange import Answer
from discogs_proxy.freshness import Freshness, freshness, lifetime
from tests.proxy.support.operations import KEPT, ORDER, PRIVATE, STATUS

FRESH, AGEING, STALE, GONE = Freshness
HOUR = 3600


@pytest.mark.parametrize(
    ("age", "seconds", "expected"),
    [
        (0, 60, FRESH),
        (59.9, 60, FRESH),
        (60, 60, AGEING),
        (119.9, 60, AGEING),
        (120, 60, STALE),
        (6 * HOUR - 0.1, 60, STALE),
        (6 * HOUR, 60, GONE),
        (7199, 7200, FRESH),
        (7499, 7200, AGEING),
        (7500, 7200, STALE),
        (6 * HOUR - 0.1, 6 * HOUR, FRESH),
        (6 * HOUR, 6 * HOUR, GONE),
        (6 * HOUR, 999_999, GONE),
        (inf, 60, GONE),
    ],
)
def test_an_answer_is_given_then_renewed_then_an_emergency_and_after_six_hours_nothing(
    age, seconds, expected
):
    assert freshness(Answer(200, (), b"{}"), age, seconds, inf) is expected


@pytest.mark.parametrize(
    ("age", "seconds", "expected"),
    [(0, 600, FRESH), (59.9, 600, FRESH), (60, 600, GONE), (29, 30, FRESH), (30, 30, GONE)],
)
def test_what_is_not_there_is_known_for_a_minute_and_never_stale(age, seconds, expected):
    assert freshness(Answer(404, (), b"{}"), age, seconds, inf) is expected


@pytest.mark.parametrize("status", [201, 204, 301, 304, 400, 401, 403, 410, 422, 500])
def test_any_other_answer_is_good_for_nothing(status):
    assert freshness(Answer(status, (), b"{}"), 0, 600, inf) is GONE


@pytest.mark.parametrize(
    ("age", "oldest", "expected"),
    [
        (0, 0.0, GONE),
        (9, 10.0, FRESH),
        (10, 10.0, GONE),
        (70, 100.0, AGEING),
        (5000, 6000.0, STALE),
    ],
)
def test_a_caller_may_want_it_younger(age, oldest, expected):
    assert freshness(Answer(200, (), b"{}"), age, 60, oldest) is expected


def test_only_what_is_described_so_and_is_not_private_is_kept():
    assert [lifetime(operation) for operation in (KEPT, STATUS, ORDER, PRIVATE)] == [
        600,
        None,
        None,
        None,
    ]
