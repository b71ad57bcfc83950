"""One deadline for everything that happens on behalf of a call."""

import asyncio
import logging

from discogs_proxy.errors import UNSURE, DeadlinePassed
from discogs_proxy.exchange import Answer, Outbound, Send

_log = logging.getLogger("discogs_proxy")


def with_deadline(send: Send, seconds: float) -> Send:
    """Wrap a send so that it ends in time, attempts, waits and the body included."""

    async def punctual(outbound: Outbound) -> Answer:
        try:
            async with asyncio.timeout(seconds):
                return await send(outbound)
        except TimeoutError as error:
            _log.warning("Timeout contacting Discogs")
            message = f"Timeout contacting Discogs: no answer within {seconds:g} seconds."
            if not outbound.is_repeatable:
                message += f" {UNSURE}"
            raise DeadlinePassed("deadline", message) from error

    return punctual
