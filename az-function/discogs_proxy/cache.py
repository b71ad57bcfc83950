"""Answers kept in memory, within a bound of bytes, each for whoever may see it."""

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

from discogs_proxy.exchange import Answer
from discogs_proxy.recent import Recent

_OVERHEAD = 600
"""Bytes that an entry costs beside what is in it."""


class Question(NamedTuple):
    """What was asked, and with whose credential."""

    owner: str
    """A digest of the credential."""
    operation: str
    target: str
    """Path and query in one order, and what else Discogs was told."""


Place: TypeAlias = tuple[Question, str]
"""Where the answer to a question is kept, until something changes the answer."""


class Kept(NamedTuple):
    """An answer, and how many seconds ago it was Discogs' own."""

    answer: Answer
    age: float


class Found(NamedTuple):
    """Where the answer to a question is kept, and what is there."""

    place: Place
    kept: Kept | None


class Cache:
    """The answers used last, as many as fit."""

    def __init__(self, most_bytes: int, clock: Callable[[], float]) -> None:
        """Ages are by the clock, a monotonic one: a wall clock may jump, and age with it."""
        self._clock = clock
        self._entries: Recent[Place, tuple[Answer, float]] = Recent(most_bytes)
        # How often the answers of an operation changed, by owner and operation.
        self._changes: dict[tuple[str, str], int] = {}

    def look(self, question: Question) -> Found:
        """Return where the answer is kept from now on, and what is there."""
        place = question, str(self._changes.get((question.owner, question.operation), 0))
        found = self._entries.get(place)
        if found is None:
            return Found(place, None)
        answer, since = found
        return Found(place, Kept(answer, self._clock() - since))

    def put(self, place: Place, answer: Answer, age: float) -> None:
        """Keep an answer, and let go of those not used for the longest time."""
        size = answer.size + len(place[0].target) + _OVERHEAD
        self._entries.put(place, (answer, self._clock() - age), size)

    def change(self, owner: str, operations: Iterable[str]) -> None:
        """Let no answer of these operations be found any more, those under way included."""
        for operation in operations:
            self._changes[owner, operation] = self._changes.get((owner, operation), 0) + 1
