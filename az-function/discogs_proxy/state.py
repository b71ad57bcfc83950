"""What instances of the proxy have to know of each other, behind one interface each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from discogs_proxy.budget import Left, Slot
from discogs_proxy.cache import Found, Place, Question
from discogs_proxy.circuit import Ticket
from discogs_proxy.exchange import Answer, Reading


class BudgetState(Protocol):
    """Discogs' budget; see `budget.Budget`."""

    async def take(self, *, is_bulk: bool) -> Slot | float:
        """Return a slot, or the seconds after which to ask for one again."""

    async def forecast(self, ahead: int, *, is_bulk: bool) -> float:
        """Return the seconds until a slot, with so many others to be served before."""

    async def give_back(self, slot: Slot) -> None:
        """Take back a slot that was not used."""

    async def settle(self, slot: Slot, reading: Reading | None) -> int:
        """Note that a request is over; return how many calls are left."""

    def left(self) -> Left | None:
        """Return what is left as far as this instance knows by itself; nobody is asked."""


class CircuitState(Protocol):
    """Whether Discogs is asked at all; see `circuit.Circuit`."""

    async def wait(self) -> float:
        """Return the seconds for which there is no point in asking."""

    async def enter(self) -> Ticket | None:
        """Return a ticket for one attempt; None while refusing."""

    async def leave(self, ticket: Ticket, *, went_well: bool | None) -> bool:
        """Take back a ticket; tell whether that opened or closed the circuit."""


class CacheState(Protocol):
    """Answers that were kept; see `cache.Cache`."""

    async def look(self, question: Question) -> Found:
        """Return where the answer to a question is kept, and what is there."""

    async def put(self, place: Place, answer: Answer, age: float) -> None:
        """Keep an answer."""

    async def change(self, owner: str, operations: Iterable[str]) -> None:
        """Let no answer of these operations be found any more."""


class QuotaState(Protocol):
    """Calls of each client key; see `quota.Quotas`."""

    async def spend(self, name: str, quota: int) -> float:
        """Count a call and return 0, or return the seconds until there may be one."""


@dataclass(frozen=True)
class State:
    """All of it."""

    budget: BudgetState
    circuit: CircuitState
    cache: CacheState
    quotas: QuotaState
