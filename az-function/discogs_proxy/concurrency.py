"""How many calls are with Discogs at a time; the others wait their turn."""

import asyncio

from discogs_proxy.exchange import Answer, Outbound, Send


def with_concurrency(send: Send, calls: int) -> Send:
    """Wrap a send so that no more than so many run side by side, first come, first served.

    The HTTP client's own queue is not used for this: a caller that leaves it at the wrong moment
    leaves a dead connection behind, and each of those would take a place for good.
    """
    places = asyncio.Semaphore(calls)

    async def bounded(outbound: Outbound) -> Answer:
        async with places:
            return await send(outbound)

    return bounded
