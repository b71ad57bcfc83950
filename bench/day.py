"""A day of conversations about records, in virtual time: how many questions never reach Discogs."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field

import orjson

from bench.conversations import Question, conversation
from bench.core import Core, core, good, inbound
from bench.virtual_time import run
from discogs_proxy.exchange import Answer, Outbound
from discogs_proxy.operation import Operation

_DAY = 24 * 3600.0
_EVENING = 20 * 3600.0, 2 * 3600.0
"""When most people have time, and by how much they differ."""
_CONVERSATIONS = 60
_PAUSE = (5.0, 90.0)
"""Seconds from one question of a conversation to the next."""


@dataclass(frozen=True, slots=True)
class Day:
    """What came of it, by kind of question."""

    asked: Counter[str]
    """Calls to the proxy."""
    sent: Counter[str]
    """Requests to Discogs on their behalf."""
    renewed: int
    """Requests to Discogs behind everybody's back, for answers that got old."""
    outdated: int
    """Answers that did not show a write which was over when they were asked for."""

    @property
    def saved(self) -> float:
        """The part of all calls that cost Discogs nothing."""
        return 1 - (self.sent.total() + self.renewed) / self.asked.total()


@dataclass(slots=True)
class _Discogs:
    """Knows everything, counts its requests, and tells how often what was asked for changed."""

    requests: int = 0
    changes: Counter[str] = field(default_factory=Counter)

    async def send(self, outbound: Outbound) -> Answer:
        """Answer after a moment."""
        self.requests += 1
        await asyncio.sleep(0.3)
        subject = _subject(outbound.operation)
        self.changes[subject] += outbound.method != "GET"
        body = {"target": outbound.target, "changes": self.changes[subject]}
        return good(orjson.dumps(body))


@dataclass(slots=True)
class _Listener:
    """Asks the questions of the day, one conversation beside the other."""

    proxy: Core
    discogs: _Discogs
    asked: Counter[str] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    outdated: int = 0

    async def talk(self, begin: float, questions: list[Question], draw: random.Random) -> None:
        """Go through a conversation."""
        await asyncio.sleep(begin)
        for question in questions:
            await self._ask(question)
            await asyncio.sleep(draw.uniform(*_PAUSE))

    async def _ask(self, question: Question) -> None:
        changes = self.discogs.changes[_subject(question.operation)]
        request = inbound(question.operation, question.values, question.query)
        answer = await self.proxy.answer(question.operation, request)
        if answer.status != 200:  # noqa: PLR2004 - what it says
            raise RuntimeError(f"{question.operation.name} was answered with {answer.status}")
        if question.kind == "own":
            self.outdated += orjson.loads(answer.body)["changes"] < changes
        self.asked[question.kind] += 1
        self.sent[question.kind] += int(answer.header("x-attempts") or 0)


def measure(seed: int = 1) -> Day:
    """Let a day pass."""
    return run(_day(random.Random(seed)))  # noqa: S311 - nobody has to guess it


def report() -> None:
    """Print what came of it."""
    day = measure()
    kinds = ("first", "follow-up", "repeat", "page", "own", "write")
    print(f"A day of {_CONVERSATIONS} conversations, made up, in virtual time: calls by kind")
    print(
        f"{'':<12}"
        + "".join(f"{kind:>11}" for kind in kinds)
        + f"{'renewed':>9}{'all':>6}{'saved':>7}{'too old':>9}   aim"
    )
    rows = (("to proxy", day.asked, 0, ""), ("to Discogs", day.sent, day.renewed, "saved"))
    for name, calls, renewed, last in rows:
        line = f"{name:<12}" + "".join(f"{calls[kind]:>11}" for kind in kinds)
        line += f"{renewed:>9}{calls.total() + renewed:>6}"
        print(line + (f"{day.saved:>7.0%}{day.outdated:>9}   none too old" if last else ""))


async def _day(draw: random.Random) -> Day:
    discogs = _Discogs()
    proxy = core(discogs.send, asyncio.get_running_loop().time, draw.random)
    listener = _Listener(proxy, discogs)
    async with asyncio.TaskGroup() as group:
        for _ in range(_CONVERSATIONS):
            questions = conversation(draw)
            begin = min(_DAY, max(0.0, draw.gauss(*_EVENING)))
            group.create_task(listener.talk(begin, questions, draw))
    renewed = discogs.requests - listener.sent.total()
    return Day(listener.asked, listener.sent, renewed, listener.outdated)


def _subject(operation: Operation) -> str:
    return "wants" if "/wants" in operation.path else "collection"
