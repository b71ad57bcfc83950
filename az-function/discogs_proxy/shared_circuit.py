"""The circuit as all instances see it, and as one does while the store is away."""

from discogs_proxy.circuit import Ticket
from discogs_proxy.state import CircuitState
from discogs_proxy.store_link import Link, Unreachable


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
