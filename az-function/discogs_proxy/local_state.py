"""The state of one instance on its own: decisions in memory, on the monotonic clock."""

from collections.abc import Callable, Iterable

from discogs_proxy.budget import Budget, Left, Slot
from discogs_proxy.cache import Cache, Found, Place, Question
from discogs_proxy.circuit import Circuit, Ticket
from discogs_proxy.exchange import Answer, Reading
from discogs_proxy.quota import Quotas
from discogs_proxy.settings import Settings
from discogs_proxy.state import State

Clock = Callable[[], float]


def local_state(settings: Settings, clock: Clock, random: Callable[[], float]) -> State:
    """Return the state of an instance that knows of no other."""
    return State(
        LocalBudget(Budget(settings.first_rate_limit, settings.rate_limit, random), clock),
        LocalCircuit(Circuit(random), clock),
        LocalCache(Cache(settings.kept_bytes, clock)),
        LocalQuotas(Quotas(), clock),
    )


class LocalBudget:
    """Discogs' budget, as far as one instance sees it."""

    def __init__(self, budget: Budget, clock: Clock) -> None:
        self._budget = budget
        self._clock = clock

    async def take(self, *, is_bulk: bool) -> Slot | float:
        """Return a slot, or the seconds after which to ask for one again."""
        return self._budget.take(self._clock(), is_bulk=is_bulk)

    async def forecast(self, ahead: int, *, is_bulk: bool) -> float:
        """Return the seconds until a slot, with so many others to be served before."""
        return self._budget.forecast(self._clock(), ahead, is_bulk=is_bulk)

    async def give_back(self, slot: Slot) -> None:
        """Take back a slot that was not used."""
        self._budget.give_back(slot)

    async def settle(self, slot: Slot, reading: Reading | None) -> int:
        """Note that a request is over; return how many calls are left."""
        return self._budget.settle(slot, self._clock(), reading)

    def left(self) -> Left:
        """Return what is left."""
        return self._budget.left(self._clock())


class LocalCircuit:
    """The circuit of one instance."""

    def __init__(self, circuit: Circuit, clock: Clock) -> None:
        self._circuit = circuit
        self._clock = clock

    async def wait(self) -> float:
        """Return the seconds for which there is no point in asking."""
        return self._circuit.wait(self._clock())

    async def enter(self) -> Ticket | None:
        """Return a ticket for one attempt; None while refusing."""
        return self._circuit.enter(self._clock())

    async def leave(self, ticket: Ticket, *, went_well: bool | None) -> bool:
        """Take back a ticket; tell whether that opened or closed the circuit."""
        return self._circuit.leave(ticket, went_well=went_well, now=self._clock())


class LocalCache:
    """The memory of one instance."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    async def look(self, question: Question) -> Found:
        """Return where the answer to a question is kept, and what is there."""
        return self._cache.look(question)

    async def put(self, place: Place, answer: Answer, age: float) -> None:
        """Keep an answer."""
        self._cache.put(place, answer, age)

    async def change(self, owner: str, operations: Iterable[str]) -> None:
        """Let no answer of these operations be found any more."""
        self._cache.change(owner, operations)


class LocalQuotas:
    """The calls of each client key to one instance."""

    def __init__(self, quotas: Quotas, clock: Clock) -> None:
        self._quotas = quotas
        self._clock = clock

    async def spend(self, name: str, quota: int) -> float:
        """Count a call and return 0, or return the seconds until there may be one."""
        return self._quotas.spend(name, quota, self._clock())
