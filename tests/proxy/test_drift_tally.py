"""Claim when drift is told, what is counted until then, and that it is bounded."""

from math import inf

import orjson
import pytest

from discogs_proxy.drift import Comparison, Difference
from discogs_proxy.drift_tally import INTERVAL, Tally

FOO = Difference("unknown", "foo")
YEAR = Difference("changed", "year", "string")
NONE = Comparison(frozenset(), is_whole=True)


def found(*differences, is_whole=True):
    return Comparison(frozenset(differences), is_whole=is_whole)


@pytest.fixture
def tally():
    return Tally()


def due(tally, now):
    return list(tally.due(now))


def test_nothing_is_told_of_answers_that_are_as_described(tally):
    tally.add("get_release", NONE)

    assert due(tally, 1e9) == []
    assert tally.due_at == inf


def test_what_is_new_is_told_at_once(tally):
    tally.add("get_release", NONE)
    tally.add("get_release", found(FOO, YEAR))

    assert tally.due_at == -inf
    assert due(tally, 0.0) == [
        {
            "event": "discogs_drift",
            "operation": "get_release",
            "sampled": 2,
            "cut": 0,
            "has_more": False,
            "differences": [
                {"what": "changed", "path": "year", "kind": "string", "seen": 1},
                {"what": "unknown", "path": "foo", "seen": 1},
            ],
        }
    ]
    assert tally.due_at == inf


def test_what_goes_on_is_counted_and_told_once_in_the_interval(tally):
    tally.add("get_release", found(FOO))
    assert len(due(tally, 100.0)) == 1

    for _ in range(5):
        tally.add("get_release", found(FOO))
        assert due(tally, 100.0 + INTERVAL - 1) == []
    tally.add("get_release", NONE)
    assert tally.due_at == 100.0 + INTERVAL

    (line,) = due(tally, 100.0 + INTERVAL)
    assert (line["sampled"], line["differences"][0]["seen"]) == (6, 5)
    assert due(tally, 1e9) == []


def test_each_operation_has_a_line_of_its_own(tally):
    tally.add("get_release", found(FOO))
    due(tally, 100.0)
    tally.add("get_release", found(FOO))
    tally.add("search", found(YEAR))

    assert [line["operation"] for line in due(tally, 101.0)] == ["search"]
    assert [line["operation"] for line in due(tally, 100.0 + INTERVAL)] == ["get_release"]


def test_answers_that_were_not_looked_at_to_the_end_are_counted(tally):
    tally.add("search", found(FOO, is_whole=False))

    assert due(tally, 0.0)[0]["cut"] == 1


def test_however_much_differs_a_line_stays_short(tally):
    for number in range(1000):
        path = f"results[].{'x' * 200}_{number}"
        tally.add("search", found(Difference("unknown", path), Difference("missing", path)))

    (line,) = due(tally, 0.0)

    assert len(line["differences"]) == 30
    assert line["has_more"] is True
    assert len(orjson.dumps(line)) < 16_384
