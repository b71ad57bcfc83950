"""Keep numbered things in memory, and never too many of them."""

from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar

MOST_ADDED = 1000


class Owned(Protocol):
    """A thing that has a number and belongs to a user."""

    @property
    def id(self) -> int:
        """Return the number, which nothing else of its kind has."""

    @property
    def owner(self) -> str:
        """Return the canonical name of the user."""


Kind = TypeVar("Kind", bound=Owned)


class Shelf(Generic[Kind]):
    """Hold the things of one kind in the order of their numbers.

    What callers add is bounded: one more than that, and their oldest is forgotten. Seeds stay.
    """

    def __init__(self, seeds: Iterable[Kind] = (), most: int = MOST_ADDED) -> None:
        self._things = {each.id: each for each in seeds}
        self._added: dict[int, None] = {}
        self._highest = max(self._things, default=0)
        self._most = most

    def new_id(self) -> int:
        """Return a number above all that were ever given."""
        self._highest += 1
        return self._highest

    def put(self, thing: Kind) -> None:
        """Add a thing, or let it take the place of the one with its number."""
        if thing.id not in self._things:
            self._added[thing.id] = None
        self._things[thing.id] = thing
        if len(self._added) > self._most:
            self.remove(next(iter(self._added)))

    def remove(self, thing_id: int) -> None:
        """Forget a thing."""
        self._things.pop(thing_id, None)
        self._added.pop(thing_id, None)

    def get(self, thing_id: int) -> Kind | None:
        """Return the thing with this number, if there is one."""
        return self._things.get(thing_id)

    def of(self, owner: str) -> list[Kind]:
        """Return the things of one user."""
        return [each for each in self._things.values() if each.owner == owner]
