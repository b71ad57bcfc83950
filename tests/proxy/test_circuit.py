"""Claim when Discogs is left alone, for how long, and what counts for and against it."""

import asyncio
import random

import httpx
import pytest

from discogs_proxy.circuit import Circuit
from discogs_proxy.circuit_breaking import with_circuit
from discogs_proxy.errors import AttemptFailed, RateLimited, UpstreamUnavailable
from discogs_proxy.exchange import Answer
from discogs_proxy.local_state import LocalCircuit
from discogs_proxy.mirror import Mirror
from tests.proxy.support.operations import STATUS, request
from tests.proxy.support.rig import envelope, inbound, loop_time, proxy
from tests.proxy.support.upstream import HTML, Silence, reply
from tests.proxy.support.virtual_time import run

GOOD, BAD, NOTHING = True, False, None


def circuit(draw=0.5):
    return Circuit(lambda: draw)


def attempt(subject, went_well, now=0.0):
    """Make one attempt that ends at once; tell whether it was let through."""
    ticket = subject.enter(now)
    if ticket is None:
        return False
    subject.leave(ticket, went_well=went_well, now=now)
    return True


def opened(draw=0.5):
    subject = circuit(draw)
    for _ in range(10):
        attempt(subject, BAD)
    return subject


@pytest.mark.parametrize(
    ("outcomes", "is_open"),
    [
        ([False] * 9, False),
        ([False] * 10, True),
        ([True, False] * 5, True),
        ([True] * 6 + [False] * 5, False),
        ([True] * 6 + [False] * 6, True),
        ([False] * 4 + [True] * 100, False),
        ([None] * 100, False),
        ([None] * 100 + [False] * 9, False),
    ],
)
def test_half_of_at_least_ten_failures_open_it(outcomes, is_open):
    subject = circuit()

    for outcome in outcomes:
        attempt(subject, outcome)

    assert (subject.wait(0.0) > 0) is is_open


def test_only_the_last_half_minute_counts():
    subject = circuit()
    for _ in range(9):
        attempt(subject, BAD, now=0.0)

    attempt(subject, BAD, now=30.0)
    assert subject.wait(30.0) == 0
    for _ in range(9):
        attempt(subject, BAD, now=31.0)

    assert subject.wait(31.0) > 0


def test_open_it_refuses_and_says_for_how_long():
    subject = opened()

    assert subject.enter(0.0) is None
    assert subject.wait(0.0) == 15.0
    assert subject.wait(14.0) == 1.0
    assert subject.enter(14.9) is None


def test_then_exactly_one_of_many_is_let_through():
    subject = opened()

    tickets = [subject.enter(15.0) for _ in range(20)]

    assert [ticket is not None for ticket in tickets] == [True] + [False] * 19
    assert tickets[0].is_probe


def test_a_good_probe_closes_it_and_the_past_is_forgotten():
    subject = opened()
    attempt(subject, GOOD, now=15.0)

    assert subject.wait(15.0) == 0
    assert sum(attempt(subject, BAD, now=15.0) for _ in range(20)) == 10
    assert subject.wait(15.0) == 15.0


def test_a_bad_probe_leaves_it_open_for_longer_each_time_up_to_two_minutes():
    subject, now, waits = opened(), 0.0, []

    for _ in range(6):
        waits.append(subject.wait(now))
        now += waits[-1]
        assert attempt(subject, BAD, now)

    assert waits == [15, 30, 60, 120, 120, 120]


def test_the_time_is_drawn_so_that_instances_do_not_come_back_together():
    draw = random.Random(3).random  # noqa: S311 - a seed makes it repeatable

    waits = [opened(draw()).wait(0.0) for _ in range(500)]

    assert 13.5 <= min(waits) < 13.6
    assert 16.4 < max(waits) <= 16.5


def test_a_probe_that_says_nothing_makes_room_for_the_next():
    subject = opened()

    assert attempt(subject, NOTHING, now=15.0)

    assert subject.enter(15.0).is_probe


def test_a_probe_that_is_never_heard_of_again_is_replaced_after_a_minute():
    subject = opened()
    subject.enter(15.0)

    assert subject.enter(74.9) is None
    assert subject.enter(75.0).is_probe


@pytest.mark.parametrize("went_well", [True, False])
def test_an_attempt_from_before_decides_nothing_about_now(went_well):
    subject = circuit()
    late = subject.enter(0.0)
    for _ in range(10):
        attempt(subject, BAD)
    probe = subject.enter(15.0)

    assert not subject.leave(late, went_well=went_well, now=15.0)
    assert subject.enter(15.0) is None

    assert subject.leave(probe, went_well=True, now=15.0)
    assert not subject.leave(late, went_well=went_well, now=15.0)
    assert subject.wait(15.0) == 0


FAILURES = {
    "refused": httpx.ConnectError("x"),
    "reset": httpx.ReadError("x"),
    "late": httpx.ReadTimeout("x"),
    "500": reply(status=500),
    "503": reply(status=503),
    "page": HTML,
}
NEUTRAL = {
    "404": reply(status=404),
    "422": reply(status=422),
    "403 page": reply(b"<html>", 403, content_type="text/html"),
    "401": reply(status=401),
    "redirect": reply(b"", 302),
}


@pytest.mark.parametrize("name", FAILURES)
def test_failures_open_it_and_callers_learn_at_once_when_to_come_back(name, caplog):
    rig = proxy(FAILURES[name])

    while (answer := rig.ask(STATUS)).status != 503:
        assert answer.status in {502, 504}

    content = envelope(answer)
    assert (content["error"], content["reason"]) == ("upstream_unavailable", "circuit_open")
    assert answer.header("retry-after") == str(content["retry_after"])
    assert 1 <= content["retry_after"] <= 15
    assert len(rig.upstream.requests) == 10
    assert "discogs_circuit open_s=15.0" in caplog.messages


def test_silence_until_our_own_deadline_opens_it():
    rig = proxy(Silence())

    async def ask():
        return await rig.gateway.answer(Mirror(STATUS), inbound(STATUS))

    async def ask_all():
        return await asyncio.gather(*(ask() for _ in range(12)))

    assert {answer.status for answer in run(ask_all())} == {504}
    assert envelope(rig.ask(STATUS))["reason"] == "circuit_open"


@pytest.mark.parametrize("name", NEUTRAL)
def test_refusals_and_answers_about_the_call_never_open_it(name):
    rig = proxy(NEUTRAL[name])

    answers = [rig.ask(STATUS) for _ in range(30)]

    assert len({answer.status for answer in answers}) == 1
    assert len(rig.upstream.requests) == 30


def test_a_full_budget_never_opens_it():
    subject = circuit()

    async def refuse(_outbound):
        raise AttemptFailed("status_429", error=RateLimited("x", "x"), was_ineffective=True)

    async def ask_often():
        send = with_circuit(refuse, LocalCircuit(subject, loop_time), loop_time)
        for _ in range(30):
            with pytest.raises(AttemptFailed):
                await send(request())
        return subject.wait(loop_time())

    assert run(ask_often()) == 0


def test_callers_that_leave_never_open_it():
    rig = proxy(Silence())

    async def leave():
        task = asyncio.create_task(rig.gateway.answer(Mirror(STATUS), inbound(STATUS)))
        await asyncio.sleep(1)
        task.cancel()
        await asyncio.wait([task])

    async def leave_often():
        for _ in range(30):
            await leave()

    run(leave_often())

    assert len(rig.upstream.requests) == 30


def test_it_works_again_once_discogs_does():
    rig = proxy(*[httpx.ConnectError("x")] * 10, reply({"id": 7}))

    async def ask():
        return (await rig.gateway.answer(Mirror(STATUS), inbound(STATUS))).status

    async def storm_and_after():
        storm = [await ask() for _ in range(12)]
        await asyncio.sleep(15)
        return storm[-1], [await ask() for _ in range(3)]

    assert run(storm_and_after()) == (503, [200] * 3)
    assert len(rig.upstream.requests) == 13


def test_of_many_waiting_callers_one_is_the_probe_and_the_others_are_told_to_wait():
    subject, sent = opened(), []

    async def answer(_outbound):
        sent.append(1)
        await asyncio.sleep(1)
        return Answer(200, (), b"{}")

    async def ask(send):
        try:
            return (await send(request())).status
        except UpstreamUnavailable:
            return None

    async def ask_all():
        send = with_circuit(answer, LocalCircuit(subject, lambda: 15.0), lambda: 15.0)
        return await asyncio.gather(*(ask(send) for _ in range(20)))

    assert sorted(run(ask_all()), key=str) == [200] + [None] * 19
    assert len(sent) == 1
