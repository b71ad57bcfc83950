"""The way to the store that instances share: who asks for a decision never waits long for it."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

_log = logging.getLogger("discogs_proxy")

PATIENCE_SECONDS = 0.05
_TURN_SECONDS = 0.25
"""How long a decision waits for others to be made when there are many; that is our own doing."""
_TURNS = 8
_CONNECT_SECONDS = 2.0
_FIRST_WAIT, _LONGEST_WAIT = 0.2, 5.0

Result = TypeVar("Result")


class Unreachable(Exception):
    """The store is not there at the moment."""


class Link:
    """Whether the store can be reached; it connects and heals behind everybody's back."""

    def __init__(
        self,
        ping: Callable[[], Awaitable[None]],
        sleep: Callable[[float], Awaitable[None]],
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self._patience_seconds = patience_seconds
        self._ping = ping
        self._sleep = sleep
        self._is_up = False
        self._was_down = False
        self._healing: asyncio.Task[None] | None = None
        self._turns = asyncio.Semaphore(_TURNS)

    async def tell(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do something with the store, if it is there."""
        with contextlib.suppress(Unreachable):
            await self.ask(work)

    async def ask(self, work: Callable[[], Awaitable[Result]]) -> Result:
        """Do something with the store; raise `Unreachable` when that fails or takes too long."""
        if not self._is_up:
            self._heal()
            raise Unreachable
        await self._turn()
        try:
            return await self._do(work)
        finally:
            self._turns.release()

    async def _turn(self) -> None:
        try:
            async with asyncio.timeout(_TURN_SECONDS):
                await self._turns.acquire()
        except TimeoutError as error:
            raise Unreachable from error

    async def _do(self, work: Callable[[], Awaitable[Result]]) -> Result:
        if not self._is_up:
            raise Unreachable
        try:
            async with asyncio.timeout(self._patience_seconds):
                return await work()
        except Exception as error:
            self._note_failure(error)
            raise Unreachable from error

    def _note_failure(self, error: Exception) -> None:
        if self._is_up:
            self._is_up, self._was_down = False, True
            _log.warning("shared_state reachable=false error_type=%s", type(error).__name__)
        self._heal()

    def _heal(self) -> None:
        if self._healing is None or self._healing.done():
            self._healing = asyncio.create_task(self._connect())

    async def _connect(self) -> None:
        wait = _FIRST_WAIT
        while not await self._is_reachable():
            await self._sleep(wait)
            wait = min(_LONGEST_WAIT, wait * 2)
        self._is_up = True
        if self._was_down:
            _log.warning("shared_state reachable=true")

    async def _is_reachable(self) -> bool:
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                await self._ping()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is no reason to fail a call
            if not self._was_down:
                self._was_down = True
                _log.warning("shared_state reachable=false error_type=%s", type(error).__name__)
            return False
        return True
