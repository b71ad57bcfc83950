"""Discogs' budget as all instances see it, and as one does while the store is away."""

from discogs_proxy.budget import Left, Slot
from discogs_proxy.exchange import Reading
from discogs_proxy.state import BudgetState
from discogs_proxy.store_link import Link, Unreachable


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
            await self._link.tell(lambda: self._remote.give_back(slot))

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
