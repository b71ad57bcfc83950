"""One deadline for everything that happens on behalf of a call."""

import asyncio
from collections.abc import Callable

from discogs_proxy.errors import UNSURE, DeadlinePassed
from discogs_proxy.exchange import Answer, Outbound, Send


def with_deadline(send: Send, seconds: float, clock: Callable[[], float]) -> Send:
    """Wrap a send so that it ends in time, attempts, waits and the body included.

    Everything further in finds the deadline on the call, and need not begin what cannot end; one
    that is there already is kept if it is earlier. The clock is the monotonic one that the event
    loop runs on.
    """

    async def punctual(outbound: Outbound) -> Answer:
        now = clock()
        ends = outbound.call.ends = min(outbound.call.ends, now + seconds)
        try:
            async with asyncio.timeout(ends - now):
                return await send(outbound)
        except TimeoutError as error:
            message = f"Timeout contacting Discogs: no answer within {seconds:g} seconds."
            if outbound.call.attempts and not outbound.is_repeatable:
                raise DeadlinePassed("deadline", f"{message} {UNSURE}") from error
            later = DeadlinePassed.RETRY_AFTER
            raise DeadlinePassed("deadline", message, retry_after=later) from error

    return punctual
