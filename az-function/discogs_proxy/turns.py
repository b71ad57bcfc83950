"""Calls about the same thing one after the other, within one instance."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from discogs_proxy.errors import DeadlinePassed


class Turns:
    """A turn for each thing; a thing that nobody is at costs nothing."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def at(self, thing: str, seconds: float) -> AsyncIterator[None]:
        """Wait for the turn at a thing; raise `DeadlinePassed` when it does not come in time."""
        lock = self._locks.get(thing)
        if lock is None:
            lock = self._locks[thing] = asyncio.Lock()
        try:
            async with asyncio.timeout(seconds):
                await lock.acquire()
        except TimeoutError as error:
            message = "An earlier call for the same is still at work; this one did nothing."
            later = DeadlinePassed.RETRY_AFTER
            raise DeadlinePassed("deadline", message, retry_after=later) from error
        try:
            yield
        finally:
            lock.release()
