"""Claim when another attempt is made, after which wait, and how giving up ends."""

import random

import httpx
import pytest

from discogs_api.operations import GET_ARTIST
from discogs_proxy.errors import AttemptFailed, DeadlinePassed, UpstreamError
from discogs_proxy.exchange import Outbound
from discogs_proxy.retry import wait_before_retry, with_retry
from tests.proxy.support.operations import MESSAGE, RATE
from tests.proxy.support.rig import WRITES, Waits, envelope, proxy
from tests.proxy.support.upstream import HTML, reply
from tests.proxy.support.virtual_time import run

LOG = ("discogs_proxy", 30)


@pytest.mark.parametrize(
    ("is_repeatable", "attempt", "wait"),
    [
        (True, 1, 0.5),
        (True, 2, 1.0),
        (True, 3, None),
        (True, 4, None),
        (False, 1, None),
        (False, 2, None),
    ],
)
def test_only_what_may_be_repeated_is_and_three_attempts_are_all(is_repeatable, attempt, wait):
    outbound = Outbound("PUT", "/x", is_repeatable=is_repeatable)

    assert wait_before_retry(outbound, attempt, lambda: 1.0) == wait


@pytest.mark.parametrize(("attempt", "bound"), [(1, 0.5), (2, 1.0)])
def test_a_wait_is_anywhere_between_nothing_and_its_bound(attempt, bound):
    draw = random.Random(7).random  # noqa: S311 - a seed makes it repeatable

    waits = [wait_before_retry(Outbound("GET", "/x"), attempt, draw) for _ in range(2000)]

    assert all(wait is not None and 0 <= wait < bound for wait in waits)
    assert min(waits) < bound * 0.01
    assert max(waits) > bound * 0.99
    assert 0.45 * bound < sum(waits) / 2000 < 0.55 * bound


def test_the_second_attempt_may_succeed(caplog):
    caplog.set_level("WARNING", logger="discogs_proxy")
    rig = proxy(httpx.ConnectTimeout("x"), reply({"id": 7}), random=0.5)

    answer = rig.ask(GET_ARTIST)

    assert (answer.status, answer.body) == (200, b'{"id": 7}')
    assert rig.waits.seconds == [0.25]
    assert caplog.record_tuples == [
        (*LOG, "transient_retry attempt=1 backoff_s=0.25 error_type=ConnectTimeout")
    ]


def test_after_the_third_attempt_there_is_no_wait_and_no_fourth(caplog):
    caplog.set_level("WARNING", logger="discogs_proxy")
    rig = proxy(httpx.ReadError("x"), random=0.5)

    answer = rig.ask(GET_ARTIST)

    assert (answer.status, envelope(answer)["error"]) == (502, "upstream_error")
    assert envelope(answer)["reason"] == "unreachable"
    assert len(rig.upstream.requests) == 3
    assert rig.waits.seconds == [0.25, 0.5]
    assert caplog.record_tuples == [
        (*LOG, "transient_retry attempt=1 backoff_s=0.25 error_type=ReadError"),
        (*LOG, "transient_retry attempt=2 backoff_s=0.50 error_type=ReadError"),
    ]


@pytest.mark.parametrize(
    ("last", "status", "error"),
    [
        (httpx.ConnectTimeout("x"), 504, "timeout"),
        (httpx.ReadTimeout("x"), 504, "timeout"),
        (httpx.PoolTimeout("x"), 504, "timeout"),
        (httpx.ConnectError("x"), 502, "upstream_error"),
        (httpx.RemoteProtocolError("x"), 502, "upstream_error"),
    ],
)
def test_the_last_failure_decides_how_it_ends(last, status, error, caplog):
    rig = proxy(httpx.ReadTimeout("x"), httpx.ConnectError("x"), last)

    answer = rig.ask(GET_ARTIST)

    assert (answer.status, envelope(answer)["error"]) == (status, error)
    assert caplog.messages.count("Timeout contacting Discogs") == (status == 504)


@pytest.mark.parametrize(("operation", "attempts"), [(RATE, 3), (MESSAGE, 1)])
def test_a_write_is_repeated_where_its_operation_is_idempotent(operation, attempts):
    rig = proxy(httpx.ReadError("x"), settings=WRITES)

    answer = rig.ask(operation, body=b'{"rating": 3}' if operation is RATE else b'{"message": "x"}')

    assert (answer.status, len(rig.upstream.requests)) == (502, attempts)
    assert {request.content for request in rig.upstream.requests} == {
        b'{"rating":3}' if operation is RATE else b'{"message":"x"}'
    }


@pytest.mark.parametrize(("timed_out", "error"), [(True, DeadlinePassed), (False, UpstreamError)])
def test_a_write_that_counts_twice_is_sent_once_and_its_end_is_open(timed_out, error):
    sent, waits = [], Waits()

    async def fail(outbound):
        sent.append(outbound)
        raise AttemptFailed("ReadTimeout", timed_out=timed_out)

    with pytest.raises(error, match="look before you ask again"):
        run(
            with_retry(fail, sleep=waits, random=lambda: 0.5)(
                Outbound("POST", "/x", is_repeatable=False)
            )
        )

    assert (len(sent), waits.seconds) == (1, [])


@pytest.mark.parametrize("bug", [ValueError("x"), httpx.InvalidURL("x"), RuntimeError("x")])
def test_a_bug_is_not_repeated(bug):
    rig = proxy(bug)

    answer = rig.ask(GET_ARTIST)

    assert (answer.status, len(rig.upstream.requests)) == (500, 1)


@pytest.mark.parametrize("step", [reply(status=404), reply(status=429), HTML, reply(b"")])
def test_a_whole_answer_is_not_asked_for_again(step):
    rig = proxy(step)

    rig.ask(GET_ARTIST)

    assert (len(rig.upstream.requests), rig.waits.seconds) == (1, [])
