"""The state in Redis: one round trip for each decision, made there and by the server's clock.

Whatever goes wrong is raised; `shared_state` knows what to do then. Loaded only where it is used.
"""

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

import orjson
from redis.asyncio import Redis
from redis.commands.core import AsyncScript

from discogs_proxy import redis_scripts
from discogs_proxy.budget import Left, Slot
from discogs_proxy.cache import Found, Kept, Place, Question
from discogs_proxy.circuit import Ticket
from discogs_proxy.exchange import Answer, Reading
from discogs_proxy.freshness import OLDEST_SECONDS
from discogs_proxy.settings import Settings
from discogs_proxy.shared_state import Link, shared_state
from discogs_proxy.state import State

CONNECTIONS = 8
_LARGEST = 1024 * 1024
"""Bytes of an answer that is worth a place for everybody."""


def connect(url: str) -> "Redis":
    """Return a client; it connects when it is first used."""
    return Redis.from_url(url, max_connections=CONNECTIONS, socket_connect_timeout=2)


def open_state(store: "Store", settings: Settings, link: Link, local: State) -> State:
    """Return the state in Redis, and the instance's own for when that cannot be reached."""
    remote = State(
        RedisBudget(store, settings), RedisCircuit(store), RedisCache(store), RedisQuotas(store)
    )
    return shared_state(link, remote, local)


class Store:
    """The scripts of one proxy on one Redis, under a name that all its instances share."""

    def __init__(
        self,
        client: "Redis",
        owner: str,
        new_id: Callable[[], str],
        random: Callable[[], float],
        now: Callable[[], float] | None = None,
    ) -> None:
        """Take the server's time, unless `now` says another."""
        self._client = client
        # In one slot of a cluster, or no script could reach all of it.
        self.base = f"{{discogs:{owner}}}"
        self.new_id = new_id
        self._random = random
        self._now = now

    def script(self, text: str) -> AsyncScript:
        """Register a script."""
        return self._client.register_script(text)

    def now(self) -> str:
        """Return the time for a script, empty for the server's."""
        return "" if self._now is None else repr(self._now())

    def jitter(self) -> float:
        """Return by how much a pause is longer or shorter than it should be."""
        return 0.9 + 0.2 * self._random()

    async def ping(self) -> None:
        """Connect, if need be, and see whether anything can be written."""
        await self._client.set(f"{self.base}:probe", 1, ex=60)

    async def close(self) -> None:
        """Close the connection."""
        await self._client.aclose()


class RedisBudget:
    """Discogs' budget over all instances."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._script = store.script(redis_scripts.BUDGET)
        self._keys = [f"{store.base}:{part}" for part in ("times", "budget", "others")]
        self._first_limit = settings.first_rate_limit
        self._ceiling = settings.rate_limit

    async def take(self, *, is_bulk: bool) -> Slot | float:
        """Return a slot, or the seconds after which to ask for one again."""
        name = self._store.new_id()
        found = await self._ask("take", name, int(is_bulk))
        if len(found) == 1:
            return float(found[0])
        time, era, is_probe = found
        return Slot(float(time), int(era), is_probe=bool(is_probe), name=name)

    async def forecast(self, ahead: int, *, is_bulk: bool) -> float:
        """Return the seconds until a slot, with so many others to be served before."""
        return float(await self._ask("forecast", ahead, int(is_bulk)))

    async def give_back(self, slot: Slot) -> None:
        """Take back a slot that was not used."""
        await self._ask("give_back", slot.name, slot.era, int(slot.is_probe))

    async def settle(self, slot: Slot, reading: Reading | None) -> int:
        """Note that a request is over; return how many calls are left."""
        said = reading or Reading(None, None)
        return int(
            await self._ask(
                *("settle", slot.name, slot.era, int(slot.is_probe), repr(slot.time)),
                *(_text(said.limit), _text(said.used), int(reading is not None)),
                *(int(said.is_refusal), said.retry_after or 0, _text(self._ceiling)),
                self._store.jitter(),
            )
        )

    def left(self) -> Left | None:
        """Return nothing: what is left is in the store alone."""

    async def _ask(self, operation: str, *rest: str | float) -> Any:  # noqa: ANN401
        arguments = (operation, self._store.now(), self._first_limit, *rest)
        return await self._script(keys=self._keys, args=arguments)


class RedisCircuit:
    """One circuit for all instances."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._script = store.script(redis_scripts.CIRCUIT)
        self._keys = [f"{store.base}:outcomes", f"{store.base}:circuit"]

    async def wait(self) -> float:
        """Return the seconds for which there is no point in asking."""
        return float(await self._ask("wait"))

    async def enter(self) -> Ticket | None:
        """Return a ticket for one attempt; None while refusing."""
        found = await self._ask("enter")
        if not found:
            return None
        return Ticket(int(found[0]), is_probe=bool(found[1]), is_shared=True)

    async def leave(self, ticket: Ticket, *, went_well: bool | None) -> bool:
        """Take back a ticket; tell whether that opened or closed the circuit."""
        outcome = "" if went_well is None else int(went_well)
        rest = (ticket.era, int(ticket.is_probe), outcome)
        found = await self._ask("leave", *rest, self._store.new_id(), self._store.jitter())
        return bool(found)

    async def _ask(self, operation: str, *rest: str | float) -> Any:  # noqa: ANN401
        return await self._script(keys=self._keys, args=(operation, self._store.now(), *rest))


class RedisQuotas:
    """The calls of each client key to all instances."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._script = store.script(redis_scripts.QUOTA)

    async def spend(self, name: str, quota: int) -> float:
        """Count a call and return 0, or return the seconds until there may be one."""
        arguments = ("spend", self._store.now(), quota, self._store.new_id())
        return float(await self._script(keys=[f"{self._store.base}:quota:{name}"], args=arguments))


class RedisCache:
    """Answers that all instances find."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._script = store.script(redis_scripts.CACHE)

    async def look(self, question: Question) -> Found:
        """Return where the answer to a question is kept, and what is there."""
        rest = (question.operation, _digest(question))
        version, now, value = await self._ask(question.owner, "look", *rest)
        place = question, version.decode()
        return Found(place, None if value is None else _read(value, float(now)))

    async def put(self, place: Place, answer: Answer, age: float) -> None:
        """Keep an answer."""
        question, version = place
        if len(answer.body) > _LARGEST or age >= OLDEST_SECONDS:
            return
        value = orjson.dumps([answer.status, answer.headers]) + b"\n" + answer.body
        rest = (question.operation, _digest(question), version, value, age, OLDEST_SECONDS - age)
        await self._ask(question.owner, "put", *rest)

    async def change(self, owner: str, operations: Iterable[str]) -> None:
        """Let no answer of these operations be found any more."""
        await self._ask(owner, "change", *operations)

    async def _ask(self, owner: str, operation: str, *rest: str | float | bytes) -> Any:  # noqa: ANN401
        base = f"{self._store.base}:answers:{owner}"
        keys = [f"{base}:versions", base]
        return await self._script(keys=keys, args=(operation, self._store.now(), *rest))


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


def _digest(question: Question) -> str:
    return sha256(question.target.encode()).hexdigest()


def _read(value: bytes, now: float) -> Kept:
    since, described, body = value.split(b"\n", 2)
    status, headers = orjson.loads(described)
    pairs = tuple((name, text) for name, text in headers)
    return Kept(Answer(status, pairs, body), now - float(since))
