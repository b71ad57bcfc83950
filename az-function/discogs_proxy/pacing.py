"""Discogs' budget, taken before each request; who has to wait for it waits in a fair queue."""

import asyncio
import contextlib
from collections.abc import Callable
from math import ceil

from discogs_proxy import rate_headers
from discogs_proxy.budget import Slot
from discogs_proxy.errors import RateLimited
from discogs_proxy.exchange import Answer, Outbound, Send
from discogs_proxy.fair_queue import FairQueue
from discogs_proxy.state import BudgetState

MOST_WAITING = 256
_ROOM_SECONDS = 2.0
"""What an attempt needs of the deadline; a slot that comes later is of no use."""

_Waiter = asyncio.Future[Slot]


def with_meter(send: Send, clock: Callable[[], float]) -> Send:
    """Wrap a send, all else outside, so that what leaves and what Discogs says of it is noted."""

    async def metered(outbound: Outbound) -> Answer:
        call = outbound.call
        call.attempts += 1
        call.sent_at = clock()
        try:
            answer = await send(outbound)
        finally:
            call.count_until(clock())
            call.sent_at = None
        call.bytes_in += len(answer.body)
        call.reading = rate_headers.read(answer)
        return answer

    return metered


class Pacing:
    """A send that waits until there is budget, or refuses what could not be sent in time."""

    def __init__(self, send: Send, budget: BudgetState, clock: Callable[[], float]) -> None:
        """Wrap a send; the clock is the monotonic one that the event loop runs on."""
        self._send = send
        self._budget = budget
        self._clock = clock
        self._queue: FairQueue[_Waiter] = FairQueue()
        self._pump: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()

    async def __call__(self, outbound: Outbound) -> Answer:
        """Send within the budget; raise `RateLimited` when there is none in time."""
        call = outbound.call
        slot = await self._slot(outbound)
        sent, call.reading = call.attempts, None
        try:
            return await self._send(outbound)
        finally:
            if call.attempts == sent:
                await self._budget.give_back(slot)
            else:
                call.budget_remaining = await self._budget.settle(slot, call.reading)
            self._changed.set()

    async def _slot(self, outbound: Outbound) -> Slot:
        now = self._clock()
        if not self._queue:
            taken = await self._budget.take(is_bulk=outbound.is_bulk)
            if isinstance(taken, Slot):
                return taken
        time_left = outbound.call.ends - now - _ROOM_SECONDS
        if len(self._queue) >= MOST_WAITING or await self._forecast(outbound) > time_left:
            raise await self._refusal(outbound)
        try:
            async with asyncio.timeout(time_left):
                return await self._turn(outbound)
        except TimeoutError:
            raise await self._refusal(outbound) from None
        finally:
            outbound.call.queued_seconds += self._clock() - now

    async def _turn(self, outbound: Outbound) -> Slot:
        waiter: _Waiter = asyncio.get_running_loop().create_future()
        self._queue.push(waiter, outbound.call.caller, is_bulk=outbound.is_bulk)
        self._start()
        try:
            return await waiter
        except asyncio.CancelledError:
            # The slot may have come at the very moment in which the caller left.
            if waiter.done() and not waiter.cancelled():
                await self._budget.give_back(waiter.result())
                self._changed.set()
            raise
        finally:
            self._queue.discard(waiter, outbound.call.caller, is_bulk=outbound.is_bulk)

    async def _forecast(self, outbound: Outbound) -> float:
        ahead = self._queue.ahead(outbound.call.caller, is_bulk=outbound.is_bulk)
        return await self._budget.forecast(ahead, is_bulk=outbound.is_bulk)

    async def _refusal(self, outbound: Outbound) -> RateLimited:
        seconds = max(1, ceil(await self._forecast(outbound)))
        message = f"Discogs' budget is spent; ask again in {seconds} seconds."
        return RateLimited("budget_spent", message, retry_after=seconds)

    def _start(self) -> None:
        if self._pump is None or self._pump.done():
            self._changed = asyncio.Event()
            self._pump = asyncio.create_task(self._serve())
        self._changed.set()

    async def _serve(self) -> None:
        """Give out slots as they come, until nobody waits."""
        while self._queue:
            self._changed.clear()
            wait = await self._give()
            if wait is not None:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(wait):
                        await self._changed.wait()

    async def _give(self) -> float | None:
        """Give one slot to whose turn it is, or return the seconds until there may be one."""
        waits = []
        for is_bulk in self._queue.turns():
            taken = await self._budget.take(is_bulk=is_bulk)
            if isinstance(taken, Slot):
                await self._hand_over(taken, is_bulk=is_bulk)
                return None
            waits.append(taken)
        return min(waits, default=None)

    async def _hand_over(self, slot: Slot, *, is_bulk: bool) -> None:
        waiter = self._queue.pop(is_bulk=is_bulk)
        if waiter is None or waiter.done():
            await self._budget.give_back(slot)
        else:
            waiter.set_result(slot)
