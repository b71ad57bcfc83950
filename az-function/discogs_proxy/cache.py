"""Answers kept in memory, within a bound of bytes, each for whoever may see it."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from discogs_proxy.exchange import Answer

_OVERHEAD = 600
"""Bytes that an entry costs beside what is in it."""
_LARGEST_SHARE = 8
"""No entry may take more than this part of the whole."""


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, and with whose credential."""

    owner: str
    """A digest of the credential."""
    operation: str
    target: str
    """Path and query in one order, and what else Discogs was told."""


Place: TypeAlias = tuple[Question, int]
"""Where the answer to a question is kept, until something changes the answer."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer, and how many seconds ago it was Discogs' own."""

    answer: Answer
    age: float


@dataclass(slots=True)
class Cache:
    """The answers used last, as many as fit."""

    most_bytes: int
    clock: Callable[[], float]
    """Monotonic: a wall clock may jump, and age with it."""
    _entries: OrderedDict[Place, tuple[Answer, float]] = field(
        default_factory=OrderedDict, init=False
    )
    _bytes: int = field(default=0, init=False)
    _changes: dict[tuple[str, str], int] = field(default_factory=dict, init=False)
    """How often the answers of an operation changed, by owner and operation."""

    def place(self, question: Question) -> Place:
        """Return where the answer is kept from now on."""
        return question, self._changes.get((question.owner, question.operation), 0)

    def get(self, place: Place) -> Kept | None:
        """Return what is kept there."""
        found = self._entries.get(place)
        if found is None:
            return None
        self._entries.move_to_end(place)
        answer, since = found
        return Kept(answer, self.clock() - since)

    def put(self, place: Place, answer: Answer, age: float) -> None:
        """Keep an answer, and let go of those not used for the longest time."""
        self._remove(place)
        size = _size(place, answer)
        if size > self.most_bytes // _LARGEST_SHARE:
            return
        self._entries[place] = answer, self.clock() - age
        self._bytes += size
        while self._bytes > self.most_bytes:
            self._remove(next(iter(self._entries)))

    def change(self, owner: str, operations: Iterable[str]) -> None:
        """Let no answer of these operations be found any more, those under way included."""
        for operation in operations:
            self._changes[owner, operation] = self._changes.get((owner, operation), 0) + 1

    def _remove(self, place: Place) -> None:
        found = self._entries.pop(place, None)
        if found is not None:
            self._bytes -= _size(place, found[0])


def _size(place: Place, answer: Answer) -> int:
    headers = sum(len(name) + len(value) for name, value in answer.headers)
    return len(answer.body) + headers + len(place[0].target) + _OVERHEAD
