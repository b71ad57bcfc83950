"""Instances that share one budget with a stranger on their address: real pacing, virtual time."""

import asyncio
import random
from bisect import bisect_right
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from bench.virtual_time import run
from discogs_proxy.budget import Budget
from discogs_proxy.errors import RateLimited
from discogs_proxy.exchange import Answer, Call, Outbound, Send
from discogs_proxy.local_state import LocalBudget
from discogs_proxy.operation import Operation
from discogs_proxy.pacing import Pacing, with_meter

LIMIT, PERIOD = 60, 60.0
INSTANCES = (1, 4, 16)
SEEDS = range(1, 11)
_MINUTES = 30
STRANGER_A_MINUTE = 12.0
_OFFERED_A_MINUTE = 100.0
_BURST = 8
_DEADLINE = 40.0
_OPERATION = Operation("get", "thing", "GET", "/things", (), "", None)


@dataclass(frozen=True, slots=True)
class Simulated:
    """What came of half an hour of more calls than Discogs takes."""

    instances: int
    is_shared: bool
    used: float
    """The part of Discogs' budget that was used, by us and by the stranger."""
    own_refusals: int
    """429s though what we had heard before proved that there was no room."""
    refusals: int
    """429s of any cause."""
    served: int
    median: float
    worst_of_hundred: float
    """Seconds that 99 of 100 served calls took at most."""


@dataclass(slots=True)
class _Discogs:
    """Counts as Discogs does, exactly and over everybody."""

    draw: random.Random
    stranger_a_minute: float
    ours: list[float] = field(default_factory=list)
    stranger: list[float] = field(default_factory=list)
    let_go: int = 0
    """Requests of ours on their way, or there."""
    reached: int = 0
    """Requests of ours that were there."""
    heard: float = 0.0
    """The moment up to which answers that we had told of the stranger."""
    refusals: int = 0
    own_refusals: int = 0

    async def send(self, _outbound: Outbound) -> Answer:
        """Count a request of ours at some moment on its way, and answer."""
        heard = self.heard
        self.let_go += 1
        await asyncio.sleep(self.draw.uniform(0.02, 0.4))
        now = _now()
        self.reached += 1
        reached, strangers = self.reached, _since(self.stranger, now - PERIOD)
        used = _since(self.ours, now - PERIOD) + strangers
        is_refused = used >= LIMIT
        if is_refused:
            known = [time for time in self.stranger if now - PERIOD < time <= heard]
            self.own_refusals += _since(self.ours, now - PERIOD) + len(known) >= LIMIT
            self.refusals += 1
        else:
            self.ours.append(now)
            used += 1
        await asyncio.sleep(self.draw.uniform(0.02, 0.4))
        # Behind so many requests of ours that may be in the count, as many of his hide.
        hidden = min(strangers, self.let_go - reached)
        self.heard = max(self.heard, now if not hidden else self._seen(now, hidden))
        headers = (("X-Discogs-Ratelimit", str(LIMIT)), ("X-Discogs-Ratelimit-Used", str(used)))
        return Answer(429 if is_refused else 200, headers, b"{}")

    def _seen(self, now: float, hidden: int) -> float:
        """Return when the last of the stranger's requests came that was there and not hidden."""
        before = self.stranger[: bisect_right(self.stranger, now)]
        return before[-hidden - 1] if len(before) > hidden else 0.0

    async def be_strange(self, end: float) -> None:
        """Send calls from the same address, now and then some at once."""
        while self.stranger_a_minute and _now() < end:
            count = self.draw.randrange(1, 4)
            await asyncio.sleep(self.draw.expovariate(self.stranger_a_minute / PERIOD / 2))
            now = _now()
            for _ in range(count):
                if _since(self.ours, now - PERIOD) + _since(self.stranger, now - PERIOD) < LIMIT:
                    self.stranger.append(now)

    def used(self, start: float, end: float) -> float:
        """Return the part of the budget that was used between two moments."""
        counted = sum(start < time <= end for time in (*self.ours, *self.stranger))
        return counted / (LIMIT * (end - start) / PERIOD)


def measure(seeds: Sequence[int] = SEEDS) -> Iterator[list[Simulated]]:
    """Simulate with and without shared state, each several times with another stranger."""
    for is_shared in (True, False):
        for instances in INSTANCES:
            if is_shared or instances > 1:
                yield [simulate(instances, is_shared=is_shared, seed=seed) for seed in seeds]


def report() -> None:
    """Print what came of it."""
    print(f"Half an hour of too many calls beside a stranger on the address, {len(SEEDS)} times")
    print(
        f"{'instances':>9}{'state':>8}{'used, median':>14}{'least':>7}{'429s':>6}{'our doing':>11}"
        f"{'served':>8}{'p50 s':>7}{'p99 s':>7}   aim"
    )
    for row in measure():
        state = "shared" if row[0].is_shared else "own"
        used = [each.used for each in row]
        print(
            f"{row[0].instances:>9}{state:>8}{median(used):>14.1%}{min(used):>7.1%}"
            f"{sum(each.refusals for each in row):>6}{sum(each.own_refusals for each in row):>11}"
            f"{sum(each.served for each in row):>8}{median(each.median for each in row):>7.1f}"
            f"{max(each.worst_of_hundred for each in row):>7.1f}"
            f"   {'≥ 95 %, none of our doing' if row[0].is_shared else ''}"
        )


def simulate(
    instances: int,
    *,
    is_shared: bool,
    seed: int = 1,
    stranger_a_minute: float = STRANGER_A_MINUTE,
) -> Simulated:
    """Let so many instances work side by side for half an hour."""
    discogs = _Discogs(random.Random(seed), stranger_a_minute)  # noqa: S311
    return run(_simulate(instances, discogs, is_shared=is_shared))


async def _simulate(instances: int, discogs: _Discogs, *, is_shared: bool) -> Simulated:
    draw, took = discogs.draw, list[float]()
    budgets = [LocalBudget(Budget(LIMIT, None, draw.random), _now) for _ in range(instances)]
    sends: list[Send] = [
        Pacing(with_meter(discogs.send, _now), budgets[0 if is_shared else number], _now)
        for number in range(instances)
    ]
    start = _now() + 2 * PERIOD
    end = start + _MINUTES * PERIOD
    stranger = asyncio.create_task(discogs.be_strange(end))
    await _offer(lambda: _call(draw.choice(sends), took), draw, end)
    await stranger
    took.sort()
    return Simulated(
        instances,
        is_shared,
        discogs.used(start, end),
        discogs.own_refusals,
        discogs.refusals,
        len(took),
        took[len(took) // 2],
        took[int(len(took) * 0.99)],
    )


async def _offer(call: Callable[[], Awaitable[None]], draw: random.Random, end: float) -> None:
    async with asyncio.TaskGroup() as group:
        while _now() < end:
            await asyncio.sleep(draw.expovariate(_OFFERED_A_MINUTE / _BURST / PERIOD))
            for _ in range(draw.randrange(1, 2 * _BURST)):
                group.create_task(_told(call))


async def _told(call: Callable[[], Awaitable[None]]) -> None:
    await call()


async def _call(send: Send, took: list[float]) -> None:
    started = _now()
    outbound = Outbound(_OPERATION, "GET", "/things", call=Call(ends=started + _DEADLINE))
    try:
        answer = await send(replace(outbound))
    except RateLimited:
        return
    if answer.status == 200:  # noqa: PLR2004 - what it says
        took.append(_now() - started)


def _since(times: list[float], moment: float) -> int:
    return len(times) - bisect_right(times, moment)


def _now() -> float:
    return asyncio.get_running_loop().time()
