"""Claim when another attempt is made, after which wait, and how giving up ends."""

import itertools
import random

import httpx
import pytest

from discogs_proxy.errors import AttemptFailed, DeadlinePassed, UpstreamError
from discogs_proxy.exchange import Answer
from discogs_proxy.retry import Retry, wait_before_retry
from tests.proxy.support.operations import MESSAGE, RATE, STATUS, request
from tests.proxy.support.rig import WRITES, Waits, envelope, loop_time, proxy
from tests.proxy.support.upstream import HTML, Reply, reply
from tests.proxy.support.virtual_time import run

LOG = ("discogs_proxy", 30)
REFUSED = AttemptFailed("ConnectError", was_ineffective=True)
CUT = AttemptFailed("ReadError")


@pytest.mark.parametrize(
    ("is_idempotent", "failure", "attempt", "wait"),
    [
        (True, CUT, 1, 0.5),
        (True, CUT, 2, 1.0),
        (True, CUT, 3, None),
        (True, CUT, 4, None),
        (False, CUT, 1, None),
        (False, CUT, 2, None),
        (False, REFUSED, 1, 0.5),
        (False, REFUSED, 3, None),
        (True, AttemptFailed("status_429", retry_after=7), 1, 7.5),
        (True, AttemptFailed("status_429", retry_after=7), 3, None),
    ],
)
def test_only_what_may_be_repeated_is_and_three_attempts_are_all(
    is_idempotent, failure, attempt, wait
):
    outbound = request("PUT", is_idempotent=is_idempotent)

    assert wait_before_retry(failure, outbound, attempt, lambda: 1.0) == wait


@pytest.mark.parametrize(("attempt", "bound"), [(1, 0.5), (2, 1.0)])
def test_a_wait_is_anywhere_between_nothing_and_its_bound(attempt, bound):
    draw = random.Random(7).random  # noqa: S311 - a seed makes it repeatable

    waits = [wait_before_retry(CUT, request(), attempt, draw) for _ in range(2000)]

    assert all(wait is not None and 0 <= wait < bound for wait in waits)
    assert min(waits) < bound * 0.01
    assert max(waits) > bound * 0.99
    assert 0.45 * bound < sum(waits) / 2000 < 0.55 * bound


def test_the_second_attempt_may_succeed(caplog):
    caplog.set_level("WARNING", logger="discogs_proxy")
    rig = proxy(httpx.ConnectTimeout("x"), reply({"id": 7}), random=0.5)

    answer = rig.ask(STATUS)

    assert (answer.status, answer.body) == (200, b'{"id": 7}')
    assert rig.waits.seconds == [0.25]
    assert caplog.record_tuples == [
        (*LOG, "transient_retry attempt=1 backoff_s=0.25 error_type=ConnectTimeout")
    ]


def test_after_the_third_attempt_there_is_no_wait_and_no_fourth(caplog):
    caplog.set_level("WARNING", logger="discogs_proxy")
    rig = proxy(httpx.ReadError("x"), random=0.5)

    answer = rig.ask(STATUS)

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

    answer = rig.ask(STATUS)

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
        run(Retry(fail, waits, lambda: 0.5, loop_time)(request("POST", is_idempotent=False)))

    assert (len(sent), waits.seconds) == (1, [])


@pytest.mark.parametrize(
    "first",
    [
        httpx.ConnectError("x"),
        httpx.ConnectTimeout("x"),
        reply(b"\n", 429),
        reply(b"\n", 429, retry_after="1"),
    ],
)
def test_a_write_that_counts_twice_is_sent_again_where_discogs_surely_did_nothing(first):
    rig = proxy(first, reply({"id": 7}, 201), settings=WRITES)

    answer = rig.ask(MESSAGE, body=b'{"message": "x"}')

    assert (answer.status, len(rig.upstream.requests)) == (201, 2)


@pytest.mark.parametrize(
    "first", [reply(status=500), reply(status=503, retry_after="1"), HTML, httpx.ReadTimeout("x")]
)
def test_a_write_that_counts_twice_is_not_sent_again_where_nobody_knows(first):
    rig = proxy(first, reply({"id": 7}, 201), settings=WRITES)

    answer = rig.ask(MESSAGE, body=b'{"message": "x"}')

    assert answer.status in {502, 503, 504}
    assert "Whether it did what was asked is not known" in envelope(answer)["message"]
    assert len(rig.upstream.requests) == 1


def test_a_write_that_never_reached_discogs_is_not_said_to_be_of_unknown_end():
    answer = proxy(httpx.ConnectError("x"), settings=WRITES).ask(MESSAGE, body=b'{"message": "x"}')

    assert envelope(answer)["message"].endswith("Try again in a while.")


@pytest.mark.parametrize("bug", [ValueError("x"), httpx.InvalidURL("x"), RuntimeError("x")])
def test_a_bug_is_not_repeated(bug):
    rig = proxy(bug)

    answer = rig.ask(STATUS)

    assert (answer.status, len(rig.upstream.requests)) == (500, 1)


@pytest.mark.parametrize(
    "step",
    [
        reply(),
        reply(status=400),
        reply(status=401),
        reply(status=403),
        reply(b"<html>", 403, content_type="text/html"),
        reply(status=404),
        reply(status=422),
        reply(status=501),
        reply(status=505),
        reply(status=302),
        Reply(chunks=(b" " * 1024 * 1024,) * 9),
    ],
)
def test_what_would_be_the_same_again_is_not_asked_for_again(step):
    rig = proxy(step)

    rig.ask(STATUS)

    assert (len(rig.upstream.requests), rig.waits.seconds) == (1, [])


TRANSIENT = {
    "429": (reply(b"\n", 429), "status_429"),
    "500": (reply({"message": "Query time exceeded."}, 500), "status_500"),
    "502": (reply(b"<html>", 502, content_type="text/html"), "status_502"),
    "503": (reply(b"", 503), "status_503"),
    "504": (reply(b"", 504), "status_504"),
    "520": (reply(b"<html>", 520, content_type="text/html"), "status_520"),
    "530": (reply(b"<html>", 530, content_type="text/html"), "status_530"),
    "page": (HTML, "not_json"),
    "empty": (reply(b""), "not_json"),
    "cut": (reply(b'{"id": 1, "na'), "not_json"),
    "NaN": (reply(b'{"id": NaN}'), "not_json"),
}


@pytest.mark.parametrize("name", TRANSIENT)
def test_what_may_be_gone_a_moment_later_is_asked_for_again(name, caplog):
    caplog.set_level("WARNING", logger="discogs_proxy")
    step, error_type = TRANSIENT[name]
    rig = proxy(step, reply({"id": 7}), random=0.5)

    answer = rig.ask(STATUS)

    assert (answer.status, answer.body, len(rig.upstream.requests)) == (200, b'{"id": 7}', 2)
    assert caplog.record_tuples == [
        (*LOG, f"transient_retry attempt=1 backoff_s=0.25 error_type={error_type}")
    ]


@pytest.mark.parametrize("name", TRANSIENT)
def test_what_stays_is_asked_for_three_times(name):
    rig = proxy(TRANSIENT[name][0])

    answer = rig.ask(STATUS)

    assert (answer.status, len(rig.upstream.requests)) == (429 if name == "429" else 502, 3)


@pytest.mark.parametrize("status", [429, 503])
def test_the_wait_that_discogs_asks_for_is_kept_when_it_fits(status):
    rig = proxy(reply(b"\n", status, retry_after="7"), reply({"id": 7}), random=0.5)

    answer = rig.ask(STATUS)

    assert (answer.status, rig.waits.seconds) == (200, [7.25])


@pytest.mark.parametrize(
    ("status", "error"), [(429, "rate_limited"), (503, "upstream_unavailable")]
)
@pytest.mark.parametrize("seconds", [40, 300])
def test_a_wait_that_does_not_fit_is_answered_at_once_and_told(status, error, seconds):
    rig = proxy(reply(b"\n", status, retry_after=str(seconds)))

    answer = rig.ask(STATUS)

    assert (answer.status, envelope(answer)["error"]) == (status, error)
    assert answer.header("retry-after") == str(seconds)
    assert envelope(answer)["retry_after"] == seconds
    assert (len(rig.upstream.requests), rig.waits.seconds) == (1, [])


def attempts(outcomes, calls):
    """Return how many attempts that many calls make, and how many of the calls succeed."""
    made = []

    async def attempt(_outbound):
        made.append(1)
        if not next(outcomes):
            raise CUT
        return Answer(200, (), b"{}")

    async def ask():
        try:
            return (await send(request())).status
        except UpstreamError:
            return None

    async def ask_all():
        return [await ask() for _ in range(calls)]

    send = Retry(attempt, Waits(), lambda: 0.0, loop_time)
    return run(ask_all()).count(200), len(made)


def test_in_a_total_outage_sixty_calls_make_sixty_three_attempts():
    assert attempts(itertools.repeat(0), 60) == (0, 63)


def test_retries_stay_a_fifth_of_what_succeeds():
    succeeded, made = attempts(itertools.cycle((0, 1)), 200)

    assert 0.19 * succeeded <= made - 200 <= 3 + 0.2 * succeeded


def test_an_answer_needs_no_budget():
    async def answer(_outbound):
        return Answer(200, (), b"{}")

    send = Retry(answer, Waits(), lambda: 0.5, loop_time)

    assert [run(send(request())).status for _ in range(50)] == [200] * 50
