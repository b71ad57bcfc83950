"""The calls of each client key to all instances, or to one while the store is away."""

from discogs_proxy.state import QuotaState
from discogs_proxy.store_link import Link, Unreachable


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
