"""Claim that Redis decides as the instance alone would, and all instances as one."""

import asyncio
import itertools
import random

import pytest

from discogs_proxy.budget import Budget, Slot
from discogs_proxy.cache import Question
from discogs_proxy.circuit import Circuit
from discogs_proxy.exchange import Answer, Reading
from discogs_proxy.quota import Quotas
from discogs_proxy.redis_budget import RedisBudget
from discogs_proxy.redis_cache import RedisCache
from discogs_proxy.redis_circuit import RedisCircuit
from discogs_proxy.redis_quotas import RedisQuotas
from discogs_proxy.redis_store import Store, connect
from discogs_proxy.settings import Settings

ONE = Question("owner", "get", "/things/1")
ANSWER = Answer(200, (("Content-Type", "application/json"), ("Link", "<x>")), b'{"a":\n1}')


class Clock:
    now = 10_000.0

    def __call__(self):
        return self.now


class Instance:
    """One instance's view of the state in Redis; its clock is the server's unless one is given."""

    def __init__(self, server, now=None, owner="owner", **environment):
        settings = Settings.from_environment({"DISCOGS_TOKEN": "t", **environment})
        numbers = itertools.count()
        self.client = connect(server.url)
        self.store = Store(
            self.client, owner, lambda: f"{id(self)}-{next(numbers)}", lambda: 0.5, now
        )
        self.budget = RedisBudget(self.store, settings)
        self.circuit = RedisCircuit(self.store)
        self.cache = RedisCache(self.store)
        self.quotas = RedisQuotas(self.store)


def with_instances(scenario, *instances):
    async def go():
        try:
            return await scenario(*instances)
        finally:
            for instance in instances:
                await instance.store.close()

    return asyncio.run(go())


def script(seed, count=400):
    """Make up a story: how much time passes, what is done, and what Discogs says."""
    draw = random.Random(seed)  # noqa: S311 - a seed makes it repeatable
    for _ in range(count):
        step = draw.choices(("take", "settle", "give back", "forecast"), (10, 8, 1, 1))[0]
        refused = draw.random() < 0.05
        reading = Reading(
            draw.choice((None, 60, 60, 60, 50, 240)),
            draw.choice((None, draw.randrange(70))),
            is_refusal=refused,
            retry_after=draw.choice((None, 7, 900)) if refused else None,
        )
        yield (
            draw.choice((0.0, 0.125, 0.5, 2.0, 11.0)),
            step,
            draw.random(),
            draw.choice((reading, reading, None)),
            draw.random() < 0.3,
        )


class Both:
    """The budget of an instance alone and the one in Redis, which have to agree on each step."""

    def __init__(self, clock, alone, shared):
        self.clock = clock
        self.alone = alone
        self.shared = shared
        self.slots = []

    async def take(self, is_bulk):
        ours = self.alone.take(self.clock.now, is_bulk=is_bulk)
        theirs = await self.shared.take(is_bulk=is_bulk)
        if isinstance(ours, Slot):
            assert ours[:3] == theirs[:3]
            self.slots.append((ours, theirs))
        else:
            assert theirs == pytest.approx(ours, abs=1e-4)

    async def forecast(self, ahead, is_bulk):
        ours = self.alone.forecast(self.clock.now, ahead, is_bulk=is_bulk)
        theirs = await self.shared.forecast(ahead, is_bulk=is_bulk)
        assert theirs == pytest.approx(ours, abs=1e-4)

    async def settle(self, pair, reading):
        left = self.alone.settle(pair[0], self.clock.now, reading)
        assert await self.shared.settle(pair[1], reading) == left

    async def give_back(self, pair):
        self.alone.give_back(pair[0])
        await self.shared.give_back(pair[1])


@pytest.mark.parametrize("seed", range(12))
def test_redis_and_the_instance_alone_decide_alike_about_the_budget(redis_server, seed):
    clock = Clock()
    instance = Instance(redis_server, clock, RATE_LIMIT_PER_MINUTE="120")
    both = Both(clock, Budget(60, 120, lambda: 0.5), instance.budget)

    async def compare(_instance):
        for passed, step, part, reading, is_bulk in script(seed):
            clock.now += passed
            if step == "take":
                await both.take(is_bulk)
            elif step == "forecast":
                await both.forecast(int(part * 200), is_bulk)
            elif both.slots:
                pair = both.slots.pop(int(part * len(both.slots)))
                await (both.settle(pair, reading) if step == "settle" else both.give_back(pair))

    with_instances(compare, instance)


@pytest.mark.parametrize("seed", range(8))
def test_redis_and_the_instance_alone_decide_alike_about_the_circuit(redis_server, seed):
    draw = random.Random(seed)  # noqa: S311 - a seed makes it repeatable
    clock, alone = Clock(), Circuit(lambda: 0.5)

    async def compare(instance):
        tickets = []
        for _ in range(400):
            clock.now += draw.choice((0.0, 0.25, 1.0, 9.0))
            assert await instance.circuit.wait() == pytest.approx(alone.wait(clock.now), abs=1e-4)
            if draw.random() < 0.6:
                ours, theirs = alone.enter(clock.now), await instance.circuit.enter()
                assert (ours is None) == (theirs is None)
                if ours:
                    assert ours[:2] == theirs[:2]
                    tickets.append((ours, theirs))
            elif tickets:
                ours, theirs = tickets.pop(draw.randrange(len(tickets)))
                went_well = draw.choices((False, True, None), (6, 3, 1))[0]
                changed = alone.leave(ours, went_well=went_well, now=clock.now)
                assert await instance.circuit.leave(theirs, went_well=went_well) == changed

    with_instances(compare, Instance(redis_server, clock))


def test_redis_and_the_instance_alone_decide_alike_about_quotas(redis_server):
    draw = random.Random(1)  # noqa: S311 - a seed makes it repeatable
    clock, alone = Clock(), Quotas()

    async def compare(instance):
        for _ in range(400):
            clock.now += draw.choice((0.0, 0.25, 4.0))
            name = draw.choice("ab")
            expected = alone.spend(name, 9, clock.now)
            assert await instance.quotas.spend(name, 9) == pytest.approx(expected, abs=1e-4)

    with_instances(compare, Instance(redis_server, clock))


def test_many_instances_together_send_no_more_than_one_alone(redis_server):
    async def take_some(instance):
        return [await instance.budget.take(is_bulk=False) for _ in range(30)]

    async def take_all(*instances):
        return [*itertools.chain(*await asyncio.gather(*map(take_some, instances)))]

    taken = with_instances(take_all, *(Instance(redis_server) for _ in range(4)))

    assert sum(isinstance(each, Slot) for each in taken) == 59
    assert all(59 < each <= 60 for each in taken if isinstance(each, float))


def test_what_one_instance_hears_from_discogs_all_of_them_know(redis_server):
    async def hear(one, other):
        slot = await one.budget.take(is_bulk=False)
        await one.budget.settle(slot, Reading(60, 9, is_refusal=True))
        return await other.budget.take(is_bulk=False)

    assert 1.5 < with_instances(hear, Instance(redis_server), Instance(redis_server)) <= 2.1


def test_one_instance_s_failures_open_the_circuit_of_all_and_one_probe_is_for_all(redis_server):
    clock = Clock()

    async def fail(one, other):
        for _ in range(10):
            await one.circuit.leave(await one.circuit.enter(), went_well=False)
        refused = await other.circuit.enter()
        clock.now += 15
        return refused, await one.circuit.enter(), await other.circuit.enter()

    instances = (Instance(redis_server, clock), Instance(redis_server, clock))
    refused, probe, late = with_instances(fail, *instances)

    assert (refused, probe.is_probe, late) == (None, True, None)


def test_an_answer_that_one_instance_keeps_the_others_find_with_its_age(redis_server):
    clock = Clock()

    async def keep(one, other):
        await one.cache.put((await one.cache.look(ONE)).place, ANSWER, 2.5)
        clock.now += 10
        return (await other.cache.look(ONE)).kept

    kept = with_instances(keep, Instance(redis_server, clock), Instance(redis_server, clock))

    assert kept.answer == ANSWER
    assert kept.age == pytest.approx(12.5)


@pytest.mark.parametrize(
    "other",
    [
        ONE._replace(owner="other"),
        ONE._replace(operation="list"),
        ONE._replace(target="/things/2"),
    ],
)
def test_nothing_is_found_for_another_credential_operation_or_target(redis_server, other):
    async def keep(instance):
        await instance.cache.put((await instance.cache.look(ONE)).place, ANSWER, 0)
        return (await instance.cache.look(other)).kept

    assert with_instances(keep, Instance(redis_server)) is None


def test_a_change_at_one_instance_is_one_at_all_answers_under_way_included(redis_server):
    async def change(one, other):
        place = (await other.cache.look(ONE)).place
        await one.cache.change("owner", ["get", "list"])
        await other.cache.put(place, ANSWER, 0)
        return (await other.cache.look(ONE)).kept

    assert with_instances(change, Instance(redis_server), Instance(redis_server)) is None


def test_answers_of_a_version_that_was_lost_are_not_found_again(redis_server):
    async def lose(instance):
        await instance.cache.put((await instance.cache.look(ONE)).place, ANSWER, 0)
        await instance.client.delete(f"{instance.store.base}:answers:owner:versions")
        return (await instance.cache.look(ONE)).kept

    assert with_instances(lose, Instance(redis_server)) is None


@pytest.mark.parametrize("answer", [Answer(200, (), b"x" * (1024 * 1024 + 1)), ANSWER])
def test_what_is_too_large_or_too_old_takes_no_place(redis_server, answer):
    async def keep(instance):
        place = (await instance.cache.look(ONE)).place
        await instance.cache.put(place, answer, 6 * 3600 if answer is ANSWER else 0)
        return (await instance.cache.look(ONE)).kept

    assert with_instances(keep, Instance(redis_server)) is None


def test_everything_in_redis_ends_by_itself(redis_server):
    async def use(instance):
        slot = await instance.budget.take(is_bulk=True)
        await instance.budget.settle(slot, Reading(60, 60, is_refusal=True))
        for _ in range(11):
            ticket = await instance.circuit.enter()
            if ticket:
                await instance.circuit.leave(ticket, went_well=False)
        await instance.quotas.spend("name", 5)
        await instance.cache.put((await instance.cache.look(ONE)).place, ANSWER, 0)
        await instance.store.ping()
        keys = await instance.client.keys("*")
        return {key: await instance.client.ttl(key) for key in keys}

    lives = with_instances(use, Instance(redis_server))

    assert len(lives) >= 6
    assert all(0 < seconds <= 86400 for seconds in lives.values())
    assert max(s for key, s in lives.items() if b"get" in key) <= 6 * 3600


def test_each_decision_is_one_command(redis_server):
    async def count(instance):
        slot = await instance.budget.take(is_bulk=False)
        await instance.budget.settle(slot, None)
        before = (await instance.client.info("stats"))["total_commands_processed"]
        await instance.budget.take(is_bulk=False)
        after = (await instance.client.info("stats"))["total_commands_processed"]
        evalsha = (await instance.client.info("commandstats"))["cmdstat_evalsha"]["calls"]
        return before, after, evalsha

    _, _, evalsha = with_instances(count, Instance(redis_server))

    assert evalsha == 4
