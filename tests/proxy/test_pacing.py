"""Claim who waits for Discogs' budget, for how long, and who is told at once not to."""

import asyncio
from collections import Counter
from dataclasses import replace

import httpx
import pytest

from discogs_api.operations import SEARCH
from discogs_proxy.budget import Budget
from discogs_proxy.errors import RateLimited
from discogs_proxy.exchange import Answer, Call
from discogs_proxy.local_state import LocalBudget
from discogs_proxy.mirror import Mirror
from discogs_proxy.pacing import MOST_WAITING, Pacing, with_meter
from tests.proxy.support.operations import STATUS, request
from tests.proxy.support.rig import envelope, inbound, loop_time, proxy
from tests.proxy.support.upstream import Reply, Silence, reply
from tests.proxy.support.virtual_time import run


class Discogs:
    """Answer after a while and remember who was sent when."""

    def __init__(self, seconds=0.0, headers=()):
        self.seconds = seconds
        self.headers = headers
        self.sent = []

    async def __call__(self, outbound):
        self.sent.append((outbound.call.caller, outbound.is_bulk, loop_time()))
        await asyncio.sleep(self.seconds)
        return Answer(200, self.headers, b"{}")

    @property
    def callers(self):
        return [caller for caller, _, _ in self.sent]


def paced(discogs, limit=60):
    return Pacing(
        with_meter(discogs, loop_time),
        LocalBudget(Budget(limit, None, lambda: 0.5), loop_time),
        loop_time,
    )


async def ask(send, caller="", *, is_bulk=False, seconds=40.0):
    """Ask once; return the status, the seconds it took and those it asks to wait."""
    started = loop_time()
    call = Call(ends=started + seconds, caller=caller)
    try:
        answer = await send(replace(request(), call=call, is_bulk=is_bulk))
    except RateLimited as refusal:
        return refusal.status, round(loop_time() - started, 1), refusal.retry_after
    return answer.status, round(loop_time() - started, 1), None


def test_what_the_budget_holds_goes_at_once_and_the_rest_is_told_when_to_come_back():
    discogs = Discogs()

    async def ask_all():
        send = paced(discogs)
        return Counter(await asyncio.gather(*(ask(send) for _ in range(70))))

    assert run(ask_all()) == {(200, 0.0, None): 59, (429, 0.0, 60): 11}
    assert len(discogs.sent) == 59


def test_who_can_be_served_in_time_waits_and_is():
    discogs = Discogs()

    async def ask_late():
        send = paced(discogs)
        await asyncio.gather(*(ask(send) for _ in range(59)))
        await asyncio.sleep(30)
        return await asyncio.gather(*(ask(send) for _ in range(59)))

    assert run(ask_late()) == [(200, 30.0, None)] * 59


@pytest.mark.parametrize(("seconds", "status"), [(31.0, 429), (33.0, 200)])
def test_a_slot_that_leaves_no_time_for_the_attempt_is_not_waited_for(seconds, status):
    async def ask_late():
        send = paced(Discogs())
        await asyncio.gather(*(ask(send) for _ in range(59)))
        await asyncio.sleep(30)
        return await ask(send, seconds=seconds)

    assert run(ask_late())[:2] == (status, 0.0 if status == 429 else 30.0)


def test_who_finds_the_budget_spent_by_others_is_refused_at_once():
    discogs = Discogs(headers=(("X-Discogs-Ratelimit-Used", "1"),))

    async def ask_while_others_do():
        send = paced(discogs)
        await ask(send)
        await asyncio.sleep(2)
        discogs.headers = (("X-Discogs-Ratelimit-Used", "60"),)
        await ask(send)
        return await ask(send, seconds=20.0)

    status, took, later = run(ask_while_others_do())

    assert (status, took) == (429, 0.0)
    assert 50 < later <= 60


def test_a_wait_that_gets_longer_than_it_seemed_ends_before_the_deadline():
    discogs = Discogs(seconds=1.0)

    async def ask_while_one_is_under_way():
        send = paced(discogs, limit=1)
        first = asyncio.create_task(ask(send))
        await asyncio.sleep(0.5)
        late = await ask(send, seconds=62.0)
        await first
        return late

    status, took, later = run(ask_while_one_is_under_way())

    assert (status, took) == (429, 60.0)
    assert later >= 1


def test_an_interactive_call_does_not_wait_behind_all_pages():
    discogs = Discogs()

    async def page_and_ask():
        send = paced(discogs)
        pages = [asyncio.create_task(ask(send, "robot", is_bulk=True)) for _ in range(40)]
        await asyncio.sleep(5)
        asked = await asyncio.gather(*(ask(send, "person") for _ in range(10)))
        await asyncio.gather(*pages)
        return asked

    assert run(page_and_ask()) == [(200, 0.0, None)] * 10
    assert discogs.callers.count("robot") == 40


def test_when_all_is_spent_people_get_three_turns_of_four():
    discogs = Discogs()

    async def page_and_ask():
        send = paced(discogs, limit=20)
        await asyncio.gather(*(ask(send) for _ in range(20)))
        calls = [ask(send, "robot", is_bulk=True, seconds=600) for _ in range(10)]
        calls += [ask(send, "person", seconds=600) for _ in range(10)]
        await asyncio.gather(*calls)

    run(page_and_ask())

    assert discogs.callers[20:28] == ["person"] * 3 + ["robot"] + ["person"] * 3 + ["robot"]


def test_callers_share_what_there_is_however_much_each_asks():
    discogs = Discogs()

    async def crowd():
        send = paced(discogs, limit=10)
        await asyncio.gather(*(ask(send, "first") for _ in range(10)))
        greedy = [ask(send, "greedy", seconds=100) for _ in range(10)]
        await asyncio.gather(*greedy, *(ask(send, "modest", seconds=100) for _ in range(3)))

    run(crowd())

    assert discogs.callers[10:16] == ["greedy", "modest"] * 3


def test_a_caller_that_leaves_the_queue_leaves_its_turn_to_the_next():
    discogs = Discogs()

    async def leave():
        send = paced(discogs, limit=1)
        await ask(send)
        tasks = [asyncio.create_task(ask(send, str(n), seconds=300)) for n in range(4)]
        await asyncio.sleep(30)
        tasks[0].cancel()
        tasks[2].cancel()
        done = await asyncio.gather(*tasks, return_exceptions=True)
        return [one if isinstance(one, tuple) else "left" for one in done]

    assert run(leave()) == ["left", (200, 60.0, None), "left", (200, 120.0, None)]


def test_a_slot_that_comes_as_its_caller_leaves_is_not_lost():
    discogs = Discogs()

    async def leave_at_the_very_moment():
        send = paced(discogs, limit=1)
        await ask(send)
        first = asyncio.create_task(ask(send, "first", seconds=300))
        second = asyncio.create_task(ask(send, "second", seconds=300))
        asyncio.get_running_loop().call_at(loop_time() + 60, first.cancel)
        await asyncio.wait([first])
        return await second

    assert run(leave_at_the_very_moment())[:2] == (200, 60.0)


def test_a_caller_cancelled_before_it_was_sent_takes_nothing_from_the_budget():
    async def wait(_outbound):
        await asyncio.sleep(100)

    async def leave():
        budget = Budget(60, None, lambda: 0.5)
        send = Pacing(wait, LocalBudget(budget, loop_time), loop_time)
        tasks = [asyncio.create_task(ask(send)) for _ in range(59)]
        await asyncio.sleep(1)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        return budget.forecast(loop_time(), 58, is_bulk=False)

    assert run(leave()) == 0


def test_no_more_than_so_many_wait():
    async def crowd():
        send = paced(Discogs(), limit=1000)
        calls = (ask(send, seconds=1000) for _ in range(984 + MOST_WAITING + 5))
        return Counter(status for status, _, _ in await asyncio.gather(*calls))

    assert run(crowd()) == {200: 984 + MOST_WAITING, 429: 5}


def test_the_log_and_the_answer_tell_how_long_it_waited_and_what_is_left(caplog):
    caplog.set_level("INFO")
    rig = proxy(settings={"RATE_LIMIT_PER_MINUTE": "1"})

    async def ask_twice():
        await rig.gateway.answer(Mirror(STATUS), inbound(STATUS))
        await asyncio.sleep(50)
        return await rig.gateway.answer(Mirror(STATUS), inbound(STATUS))

    answer = run(ask_twice())

    assert (answer.status, answer.header("x-queue-ms")) == (200, "10000")
    assert '"queue_ms":10000,"budget_remaining":0' in caplog.messages[-1]


def test_a_call_that_cannot_be_sent_in_time_is_a_429_at_once_that_says_when():
    rig = proxy(settings={"RATE_LIMIT_PER_MINUTE": "1"})
    rig.ask(STATUS)

    answer = rig.ask(STATUS)

    content = envelope(answer)
    assert (answer.status, content["error"], content["reason"]) == (
        429,
        "rate_limited",
        "budget_spent",
    )
    assert answer.header("retry-after") == "60"
    assert content["message"] == "Discogs' budget is spent; ask again in 60 seconds."
    assert answer.header("x-attempts") is None
    assert len(rig.upstream.requests) == 1


def test_each_attempt_takes_its_part_of_the_budget():
    rig = proxy(httpx.ReadError("x"), settings={"RATE_LIMIT_PER_MINUTE": "4"})
    rig.ask(STATUS)

    answer = rig.ask(STATUS)

    assert (answer.status, len(rig.upstream.requests)) == (429, 4)


def test_a_refusal_with_budget_left_is_waited_out_by_everybody_and_one_goes_first():
    refusal = reply(b"\n", 429, x_discogs_ratelimit="60", x_discogs_ratelimit_used="9")
    rig = proxy(refusal, reply(), random=0.5)

    async def ask_all():
        first = asyncio.create_task(rig.gateway.answer(Mirror(STATUS), inbound(STATUS)))
        await asyncio.sleep(0.1)
        others = [rig.gateway.answer(Mirror(STATUS), inbound(STATUS)) for _ in range(9)]
        return [answer.status for answer in await asyncio.gather(first, *others)]

    assert run(ask_all()) == [200] * 10
    assert len(rig.upstream.requests) == 11


@pytest.mark.parametrize(
    ("query", "is_bulk"), [("q=x", False), ("q=x&page=1", False), ("q=x&page=2", True)]
)
def test_further_pages_are_bulk(query, is_bulk):
    seen = []

    async def look(outbound):
        seen.append(outbound.is_bulk)
        return Answer(200, (), b"{}")

    proxy(send=look).ask(SEARCH, query)

    assert seen == [is_bulk]


@pytest.mark.parametrize("step", [Silence(), Reply(chunks=(b"{", Silence()))])
def test_a_cancelled_call_frees_its_place_and_keeps_what_it_spent(step):
    rig = proxy(step, settings={"RATE_LIMIT_PER_MINUTE": "1"})

    async def leave():
        task = asyncio.create_task(rig.gateway.answer(Mirror(STATUS), inbound(STATUS)))
        await asyncio.sleep(1)
        task.cancel()
        await asyncio.wait([task])
        return await rig.gateway.answer(Mirror(STATUS), inbound(STATUS))

    assert run(leave()).status == 429
    assert len(rig.upstream.requests) == 1
