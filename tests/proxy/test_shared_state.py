"""Claim that a store that is slow, full, wiped, dead or back again is no caller's concern."""

import asyncio
import itertools
import json
import time

import pytest

from discogs_proxy import shared_state
from discogs_proxy.budget import Slot
from discogs_proxy.cache import Question
from discogs_proxy.chain import chain, owner
from discogs_proxy.exchange import Answer, Reading
from discogs_proxy.gateway import Gateway
from discogs_proxy.local_state import local_state
from discogs_proxy.mirror import Mirror
from discogs_proxy.network import Network
from discogs_proxy.redis_state import open_state
from discogs_proxy.redis_store import Store, connect
from discogs_proxy.settings import Settings
from discogs_proxy.state import State
from discogs_proxy.store_link import Link, Unreachable
from tests.proxy.support.operations import CHANGE, KEPT, STATUS
from tests.proxy.support.redis_server import reached
from tests.proxy.support.rig import ENVIRONMENT, KEY, KEYED, TOKEN, WRITES, inbound, loop_time
from tests.proxy.support.upstream import Reply, Upstream, reply
from tests.proxy.support.virtual_time import run

PASSWORD = "canary-redis-password"
ONE = Question("owner", "get", "/things/1")
ANSWER = Answer(200, (), b"{}")
DOWN = "shared_state reachable=false error_type="
UP = "shared_state reachable=true"


class Proxy:
    """An instance of the proxy with its state in Redis, in front of a scripted Discogs."""

    def __init__(self, server, *steps, patience=10.0, **environment):
        settings = Settings.from_environment({**ENVIRONMENT, **WRITES, **environment})
        self.upstream = Upstream(steps or [reply()])
        numbers = itertools.count()
        self.client = connect(server.url)
        self.store = Store(
            self.client, owner(settings), lambda: f"{id(self)}-{next(numbers)}", lambda: 0.5
        )
        self.link = Link(self.store.ping, asyncio.sleep, patience)
        own = local_state(settings, time.monotonic, lambda: 0.5)
        self.state = open_state(self.store, settings, self.link, own)
        network = Network(settings.discogs_base_url, settings.user_agent, self.upstream)
        send = chain(
            network.send,
            settings,
            self.state,
            clock=time.monotonic,
            sleep=asyncio.sleep,
            random=lambda: 0.0,
        )
        self.gateway = Gateway(settings, send, time.monotonic, lambda: "n" * 32, self.state.quotas)

    async def ask(self, operation=STATUS, **changes):
        return await self.gateway.answer(Mirror(operation), inbound(operation, **changes))

    async def ask_often(self, count):
        return [answer.status for answer in [await self.ask() for _ in range(count)]]


def with_proxies(scenario, *proxies):
    async def go():
        try:
            for proxy in proxies:
                await reached(proxy.link)
            return await scenario(*proxies)
        finally:
            for proxy in proxies:
                await proxy.store.close()

    return asyncio.run(go())


def said(caplog):
    """Return what was said about the store, and prove that its password was not."""
    assert PASSWORD not in caplog.text
    return [message for message in caplog.messages if message.startswith("shared_state")]


def test_two_instances_share_budget_and_answers(redis_server):
    async def share(one, other):
        first = await one.ask(KEPT)
        second = await other.ask(KEPT)
        await other.ask(CHANGE, body=b"")
        third = await one.ask(KEPT)
        return [answer.header("x-cache") for answer in (first, second, third)]

    proxies = Proxy(redis_server), Proxy(redis_server)

    assert with_proxies(share, *proxies) == ["MISS", "HIT", "MISS"]


def test_two_instances_send_no_more_than_one_may(redis_server):
    async def spend(one, other):
        calls = [proxy.ask() for proxy in (one, other) for _ in range(40)]
        return sorted(answer.status for answer in await asyncio.gather(*calls))

    proxies = Proxy(redis_server), Proxy(redis_server)

    assert with_proxies(spend, *proxies) == [200] * 59 + [429] * 21


def test_what_is_left_is_told_from_what_the_instance_noted_without_asking_the_store(redis_server):
    async def spend(proxy):
        await proxy.ask_often(5)
        redis_server.kill()
        return proxy.state.budget.left()

    assert with_proxies(spend, Proxy(redis_server)) == (60, 54)


def test_a_quota_is_one_for_all_instances(redis_server):
    async def spend(one, other):
        headers = {"x-api-key": "k"}
        return [(await proxy.ask(headers=headers)).status for proxy in (one, other, one, other)]

    keys = {"X_API_KEY": "a:k:read:3"}
    proxies = Proxy(redis_server, **keys), Proxy(redis_server, **keys)

    assert with_proxies(spend, *proxies) == [200, 200, 200, 429]


def test_killed_under_load_and_started_again_it_is_missed_by_no_caller(redis_server, caplog):
    async def kill(proxy):
        before = await proxy.ask_often(10)
        redis_server.kill()
        meanwhile = await proxy.ask_often(20)
        redis_server.start()
        await reached(proxy.link)
        after = await proxy.ask_often(5)
        return before + meanwhile + after, await proxy.client.keys("*budget")

    proxy = Proxy(redis_server)
    statuses, keys = with_proxies(kill, proxy)

    assert (statuses, len(keys)) == ([200] * 35, 1)
    (down, up) = said(caplog)
    assert down.startswith(DOWN)
    assert up == UP


def test_frozen_it_costs_a_call_fifty_milliseconds_once_and_nobody_fails(redis_server, caplog):
    async def freeze(proxy):
        await proxy.ask()
        redis_server.freeze()
        seconds = []
        for _ in range(5):
            started = time.monotonic()
            assert (await proxy.ask()).status == 200
            seconds.append(time.monotonic() - started)
        redis_server.thaw()
        await reached(proxy.link)
        return seconds, (await proxy.ask()).status

    seconds, status = with_proxies(freeze, Proxy(redis_server, patience=0.05))

    assert status == 200
    assert sorted(seconds)[2] < 0.05
    assert said(caplog) == [f"{DOWN}TimeoutError", UP]


def test_wiped_it_goes_on(redis_server, caplog):
    async def wipe(proxy):
        first = await proxy.ask(KEPT)
        await proxy.client.flushall()
        await proxy.client.script_flush()
        return first, await proxy.ask(KEPT), await proxy.ask(KEPT)

    answers = with_proxies(wipe, Proxy(redis_server))

    assert [answer.header("x-cache") for answer in answers] == ["MISS", "MISS", "HIT"]
    assert said(caplog) == []


def test_full_it_is_done_without_and_that_is_said_once(redis_server, caplog):
    async def fill(proxy):
        await proxy.ask()
        await proxy.client.config_set("maxmemory", 1)
        meanwhile = await proxy.ask_often(5)
        await proxy.client.config_set("maxmemory", 0)
        await reached(proxy.link)
        return meanwhile + await proxy.ask_often(5)

    assert with_proxies(fill, Proxy(redis_server)) == [200] * 10
    assert [message.split(" ")[1] for message in said(caplog)] == [
        "reachable=false",
        "reachable=true",
    ]


def test_never_there_it_is_missed_by_nobody_and_said_once(redis_server, caplog):
    redis_server.kill()

    async def ask(proxy):
        statuses = await proxy.ask_often(10)
        await asyncio.sleep(0)
        return statuses

    async def go():
        proxy = Proxy(redis_server)
        statuses = await ask(proxy)
        proxy.link._healing.cancel()  # noqa: SLF001 - it would try for ever
        return statuses

    assert asyncio.run(go()) == [200] * 10
    assert len(said(caplog)) <= 1


def test_a_change_while_it_is_away_is_told_as_soon_as_it_is_back(redis_server):
    async def change(one, other):
        await one.ask(KEPT)
        redis_server.freeze()
        await one.ask(CHANGE, body=b"")
        redis_server.thaw()
        await reached(one.link)
        await one.ask(STATUS)
        return await one.ask(KEPT), await other.ask(KEPT)

    one, other = with_proxies(
        change, Proxy(redis_server, patience=0.05), Proxy(redis_server, patience=0.05)
    )

    assert (one.header("x-cache"), other.header("x-cache")) == ("MISS", "HIT")


def test_no_secret_is_in_what_the_store_holds(redis_server):
    async def look(proxy):
        await proxy.ask(KEPT)
        await proxy.ask(KEPT, headers={**KEYED, "cache-control": "no-cache"})
        keys = await proxy.client.keys("*")
        dumped = [await proxy.client.dump(key) for key in keys]
        return b"".join([*keys, *dumped])

    held = with_proxies(look, Proxy(redis_server))

    assert b"answers" in held
    for secret in (TOKEN, KEY, PASSWORD):
        assert secret.encode() not in held


class Remote:
    """A store whose every decision is to fail, or to take its time."""

    def __init__(self, failure=None):
        self.failure = failure
        self.asked = []

    def __getattr__(self, name):
        async def decide(*arguments, **_options):
            self.asked.append((name, arguments))
            if self.failure is None:
                await asyncio.sleep(3600)
            raise self.failure

        return decide


def alone(failure):
    """Return a state whose store fails like this, and the store."""
    settings = Settings.from_environment({"DISCOGS_TOKEN": "t"})
    remote, own = Remote(failure), local_state(settings, loop_time, lambda: 0.5)

    async def ping():
        return None

    link = Link(ping, asyncio.sleep)
    shared = shared_state.shared_state(link, State(remote, remote, remote, remote), own)
    return shared, remote, link


FAILURES = [None, OSError("x"), RuntimeError("x"), TimeoutError(), ValueError("x")]


@pytest.mark.parametrize("failure", FAILURES)
def test_whatever_goes_wrong_the_instance_decides_and_within_fifty_milliseconds(failure):
    state, _, link = alone(failure)

    async def decide():
        started = loop_time()
        found = []
        for work in (
            lambda: state.budget.take(is_bulk=False),
            lambda: state.budget.forecast(3, is_bulk=True),
            state.circuit.wait,
            state.circuit.enter,
            lambda: state.cache.look(ONE),
            lambda: state.quotas.spend("a", 1),
            lambda: state.quotas.spend("a", 1),
        ):
            await reached(link)
            found.append(await work())
        slot, ticket, place = found[0], found[3], found[4].place
        await reached(link)
        left = await state.budget.settle(slot, Reading(60, 1))
        await state.circuit.leave(ticket, went_well=True)
        await state.cache.put(place, ANSWER, 0.0)
        kept = (await state.cache.look(ONE)).kept
        await state.cache.change("owner", ["get"])
        return found, left, kept, (await state.cache.look(ONE)).kept, loop_time() - started

    (slot, forecast, wait, ticket, _, first, second), left, kept, gone, seconds = run(decide())

    assert isinstance(slot, Slot)
    assert (forecast, wait, ticket.is_shared, first) == (0, 0, False, 0)
    assert 59.9 < second <= 60
    assert (left, kept.answer, gone) == (58, ANSWER, None)
    assert seconds <= 12 * 0.05


def test_while_it_is_down_nobody_asks_it():
    state, remote, link = alone(OSError("x"))

    async def decide():
        await reached(link)
        for _ in range(10):
            await state.circuit.wait()

    run(decide())

    assert len(remote.asked) == 1


def test_it_is_looked_for_less_and_less_often_and_found_again(caplog):
    times = []

    async def ping():
        times.append(loop_time())
        if len(times) < 9:
            raise OSError("x")

    async def look():
        link = Link(ping, asyncio.sleep)
        with pytest.raises(Unreachable):
            await link.ask(ping)
        await reached(link)
        return await link.ask(ping)

    run(look())

    gaps = [round(b - a, 3) for a, b in itertools.pairwise(times[:9])]
    assert gaps == [0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0, 5.0]
    assert said(caplog) == [f"{DOWN}OSError", UP]


def test_an_address_that_keeps_silent_is_given_up_in_two_seconds():
    async def ping():
        began.append(loop_time())
        if len(began) == 1:
            await asyncio.sleep(3600)

    began = []

    async def look():
        await reached(Link(ping, asyncio.sleep))

    run(look())

    assert round(began[1] - began[0], 3) == 2.2


def test_a_call_that_leaves_while_the_store_is_asked_leaves_it_up(caplog):
    state, _, link = alone(None)

    async def leave():
        await reached(link)
        task = asyncio.create_task(state.circuit.wait())
        await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.wait([task])

    run(leave())

    assert said(caplog) == []


def test_without_an_address_nothing_of_it_is_loaded():
    import subprocess
    import sys

    code = "import sys, function_app; print('redis' in sys.modules, 'asyncio' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["False", "True"]


def test_the_log_line_of_a_call_says_nothing_of_the_store(redis_server, caplog):
    caplog.set_level("INFO")

    async def ask(proxy):
        return await proxy.ask()

    with_proxies(ask, Proxy(redis_server, Reply()))

    line = json.loads(caplog.messages[-1].removeprefix("discogs_proxy: "))
    assert line["status"] == 200
    assert PASSWORD not in caplog.text
