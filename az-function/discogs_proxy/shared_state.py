"""The state that instances share, and what becomes of it while it cannot be reached.

No call ever waits for the store or fails by it: each decision has fifty milliseconds, and is made
by the instance alone when they are over. What the instance knows is kept up to date all the while.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import TypeVar

from discogs_proxy.budget import Left, Slot
from discogs_proxy.cache import Found, Place, Question
from discogs_proxy.circuit import Ticket
from discogs_proxy.exchange import Answer, Reading
from discogs_proxy.state import BudgetState, CacheState, CircuitState, QuotaState, State

_log = logging.getLogger("discogs_proxy")

PATIENCE_SECONDS = 0.05
_TURN_SECONDS = 0.25
"""How long a decision waits for others to be made when there are many; that is our own doing."""
_TURNS = 8
_CONNECT_SECONDS = 2.0
_FIRST_WAIT, _LONGEST_WAIT = 0.2, 5.0

Result = TypeVar("Result")


class Unreachable(Exception):
    """The store is not there at the moment."""


class Link:
    """Whether the store can be reached; it connects and heals behind everybody's back."""

    def __init__(
        self,
        ping: Callable[[], Awaitable[None]],
        sleep: Callable[[float], Awaitable[None]],
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self._patience_seconds = patience_seconds
        self._ping = ping
        self._sleep = sleep
        self._is_up = False
        self._was_down = False
        self._healing: asyncio.Task[None] | None = None
        self._turns = asyncio.Semaphore(_TURNS)

    async def ask(self, work: Callable[[], Awaitable[Result]]) -> Result:
        """Do something with the store; raise `Unreachable` when that fails or takes too long."""
        if not self._is_up:
            self._heal()
            raise Unreachable
        await self._turn()
        try:
            return await self._do(work)
        finally:
            self._turns.release()

    async def _turn(self) -> None:
        try:
            async with asyncio.timeout(_TURN_SECONDS):
                await self._turns.acquire()
        except TimeoutError as error:
            raise Unreachable from error

    async def _do(self, work: Callable[[], Awaitable[Result]]) -> Result:
        if not self._is_up:
            raise Unreachable
        try:
            async with asyncio.timeout(self._patience_seconds):
                return await work()
        except Exception as error:
            self._note_failure(error)
            raise Unreachable from error

    async def healed(self) -> None:
        """Wait until the store can be reached."""
        if not self._is_up:
            await asyncio.shield(self._heal())

    def _note_failure(self, error: Exception) -> None:
        if self._is_up:
            self._is_up, self._was_down = False, True
            _log.warning("shared_state reachable=false error_type=%s", type(error).__name__)
        self._heal()

    def _heal(self) -> "asyncio.Task[None]":
        if self._healing is None or self._healing.done():
            self._healing = asyncio.create_task(self._connect())
        return self._healing

    async def _connect(self) -> None:
        wait = _FIRST_WAIT
        while not await self._is_reachable():
            await self._sleep(wait)
            wait = min(_LONGEST_WAIT, wait * 2)
        self._is_up = True
        if self._was_down:
            _log.warning("shared_state reachable=true")

    async def _is_reachable(self) -> bool:
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                await self._ping()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is no reason to fail a call
            if not self._was_down:
                self._was_down = True
                _log.warning("shared_state reachable=false error_type=%s", type(error).__name__)
            return False
        return True


class SharedBudget:
    """Discogs' budget over all instances, or of this one while it is on its own."""

    def __init__(self, link: Link, remote: BudgetState, local: BudgetState) -> None:
        self._link = link
        self._remote = remote
        self._local = local
        # What the instance noted for each slot that all of them know of.
        self._noted: dict[str, Slot | float] = {}

    async def take(self, *, is_bulk: bool) -> Slot | float:
        """Return a slot, or the seconds after which to ask for one again."""
        try:
            taken = await self._link.ask(lambda: self._remote.take(is_bulk=is_bulk))
        except Unreachable:
            return await self._local.take(is_bulk=is_bulk)
        if isinstance(taken, Slot):
            self._noted[taken.name] = await self._local.take(is_bulk=is_bulk)
        return taken

    async def forecast(self, ahead: int, *, is_bulk: bool) -> float:
        """Return the seconds until a slot, with so many others to be served before."""
        try:
            return await self._link.ask(lambda: self._remote.forecast(ahead, is_bulk=is_bulk))
        except Unreachable:
            return await self._local.forecast(ahead, is_bulk=is_bulk)

    async def give_back(self, slot: Slot) -> None:
        """Take back a slot that was not used."""
        noted = self._noted.pop(slot.name, None) if slot.name else slot
        if isinstance(noted, Slot):
            await self._local.give_back(noted)
        if slot.name:
            await _if_reachable(self._link, lambda: self._remote.give_back(slot))

    async def settle(self, slot: Slot, reading: Reading | None) -> int:
        """Note that a request is over; return how many calls are left."""
        noted = self._noted.pop(slot.name, None) if slot.name else slot
        left = await self._local.settle(noted, reading) if isinstance(noted, Slot) else 0
        if not slot.name:
            return left
        try:
            return await self._link.ask(lambda: self._remote.settle(slot, reading))
        except Unreachable:
            return left

    def left(self) -> Left | None:
        """Return what the instance noted; the store is not asked for what is only told."""
        return self._local.left()


class SharedCircuit:
    """One circuit for all instances, or that of this one while it is on its own."""

    def __init__(self, link: Link, remote: CircuitState, local: CircuitState) -> None:
        self._link = link
        self._remote = remote
        self._local = local

    async def wait(self) -> float:
        """Return the seconds for which there is no point in asking."""
        try:
            return await self._link.ask(self._remote.wait)
        except Unreachable:
            return await self._local.wait()

    async def enter(self) -> Ticket | None:
        """Return a ticket for one attempt; None while refusing."""
        try:
            return await self._link.ask(self._remote.enter)
        except Unreachable:
            return await self._local.enter()

    async def leave(self, ticket: Ticket, *, went_well: bool | None) -> bool:
        """Take back a ticket; tell whether that opened or closed the circuit."""
        if not ticket.is_shared:
            return await self._local.leave(ticket, went_well=went_well)
        own = await self._local.enter()
        if own is not None:
            await self._local.leave(own, went_well=went_well)
        try:
            return await self._link.ask(lambda: self._remote.leave(ticket, went_well=went_well))
        except Unreachable:
            return False


class SharedCache:
    """Answers that all instances find, or this one while it is on its own."""

    def __init__(self, link: Link, remote: CacheState, local: CacheState) -> None:
        self._link = link
        self._remote = remote
        self._local = local
        # Changes that the store does not know of yet; it may hold what they made wrong.
        self._owed: set[tuple[str, str]] = set()

    async def look(self, question: Question) -> Found:
        """Return where the answer to a question is kept, and what is there."""
        (_, own), kept = await self._local.look(question)
        try:
            await self._pay()
            (_, version), shared = await self._link.ask(lambda: self._remote.look(question))
        except Unreachable:
            return Found((question, f" {own}"), kept)
        return Found((question, f"{version} {own}"), shared)

    async def put(self, place: Place, answer: Answer, age: float) -> None:
        """Keep an answer, here and for all."""
        question, (version, own) = place[0], place[1].split(" ")
        await self._local.put((question, own), answer, age)
        if version:
            shared = question, version
            await _if_reachable(self._link, lambda: self._remote.put(shared, answer, age))

    async def change(self, owner: str, operations: Iterable[str]) -> None:
        """Let no answer of these operations be found any more."""
        names = tuple(operations)
        await self._local.change(owner, names)
        self._owed |= {(owner, name) for name in names}
        with contextlib.suppress(Unreachable):
            await self._pay()

    async def _pay(self) -> None:
        owed: dict[str, set[str]] = {}
        for owner, name in self._owed:
            owed.setdefault(owner, set()).add(name)
        for owner, names in owed.items():
            await self._link.ask(partial(self._remote.change, owner, names))
            self._owed -= {(owner, name) for name in names}


class SharedQuotas:
    """The calls of each client key to all instances, or to this one while it is on its own."""

    def __init__(self, link: Link, remote: QuotaState, local: QuotaState) -> None:
        self._link = link
        self._remote = remote
        self._local = local

    async def spend(self, name: str, quota: int) -> float:
        """Count a call and return 0, or return the seconds until there may be one."""
        own = await self._local.spend(name, quota)
        try:
            return await self._link.ask(lambda: self._remote.spend(name, quota))
        except Unreachable:
            return own


def shared_state(link: Link, remote: State, local: State) -> State:
    """Return the state of an instance that knows of others."""
    return State(
        SharedBudget(link, remote.budget, local.budget),
        SharedCircuit(link, remote.circuit, local.circuit),
        SharedCache(link, remote.cache, local.cache),
        SharedQuotas(link, remote.quotas, local.quotas),
    )


async def _if_reachable(link: Link, work: Callable[[], Awaitable[None]]) -> None:
    with contextlib.suppress(Unreachable):
        await link.ask(work)
