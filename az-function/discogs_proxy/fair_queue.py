"""Who is next: people before machines that page through lists, and nobody twice in a row."""

from collections import OrderedDict, deque
from collections.abc import Iterator
from typing import Generic, TypeVar

INTERACTIVE_TURNS = 3
"""Turns that interactive calls have for each one of bulk calls while both wait."""

Item = TypeVar("Item")


class _Lane(Generic[Item]):
    """Callers that take turns, each first come, first served."""

    def __init__(self) -> None:
        self.callers: OrderedDict[str, deque[Item]] = OrderedDict()
        self.length = 0

    def push(self, caller: str, item: Item) -> None:
        self.callers.setdefault(caller, deque()).append(item)
        self.length += 1

    def pop(self) -> Item:
        caller, items = self.callers.popitem(last=False)
        item = items.popleft()
        if items:
            self.callers[caller] = items
        self.length -= 1
        return item

    def discard(self, caller: str, item: Item) -> None:
        items = self.callers.get(caller, deque())
        if item in items:
            items.remove(item)
            self.length -= 1
            if not items:
                del self.callers[caller]

    def ahead(self, caller: str) -> int:
        turns = len(self.callers.get(caller, ()))
        others = (items for name, items in self.callers.items() if name != caller)
        return turns + sum(min(len(items), turns + 1) for items in others)


class FairQueue(Generic[Item]):
    """Two lanes that share the turns, and lose none while only one of them has somebody."""

    def __init__(self) -> None:
        self._interactive: _Lane[Item] = _Lane()
        self._bulk: _Lane[Item] = _Lane()
        # Turns of interactive calls since the last one of a bulk call.
        self._turns = 0

    def __len__(self) -> int:
        return self._interactive.length + self._bulk.length

    def push(self, item: Item, caller: str, *, is_bulk: bool) -> None:
        """Put an item at the end of its caller's."""
        self._lane(is_bulk=is_bulk).push(caller, item)

    def pop(self, *, is_bulk: bool) -> Item | None:
        """Take the next item of a lane; None when it is empty."""
        lane = self._lane(is_bulk=is_bulk)
        if not lane.length:
            return None
        self._turns = 0 if is_bulk else min(INTERACTIVE_TURNS, self._turns + 1)
        return lane.pop()

    def discard(self, item: Item, caller: str, *, is_bulk: bool) -> None:
        """Take an item out, if it is in."""
        self._lane(is_bulk=is_bulk).discard(caller, item)

    def turns(self) -> Iterator[bool]:
        """Yield which lanes have somebody, whether bulk, the one whose turn it is first."""
        waiting = [is_bulk for is_bulk in (False, True) if self._lane(is_bulk=is_bulk).length]
        yield from reversed(waiting) if self._turns >= INTERACTIVE_TURNS else waiting

    def ahead(self, caller: str, *, is_bulk: bool) -> int:
        """Return about how many items would be served before a new one."""
        place = self._lane(is_bulk=is_bulk).ahead(caller)
        if is_bulk:
            return place + min(self._interactive.length, INTERACTIVE_TURNS * (place + 1))
        return place + min(self._bulk.length, (self._turns + place) // INTERACTIVE_TURNS)

    def _lane(self, *, is_bulk: bool) -> _Lane[Item]:
        return self._bulk if is_bulk else self._interactive
