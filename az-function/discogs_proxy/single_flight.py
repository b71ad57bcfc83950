"""One piece of work for all who want the same at the same time."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from typing import Generic, TypeVar

Result = TypeVar("Result")


class _Flight(Generic[Result]):
    def __init__(self, task: asyncio.Task[Result]) -> None:
        self.task = task
        self.waiting = 0


class SingleFlight(Generic[Result]):
    """Work under way, by what it is for.

    The work belongs to nobody: who leaves leaves the others alone, and the last one ends it. A
    failure goes to all who wait and is not kept.
    """

    def __init__(self) -> None:
        self._flights: dict[Hashable, _Flight[Result]] = {}

    def __contains__(self, key: Hashable) -> bool:
        return key in self._flights

    async def join(
        self, key: Hashable, work: Callable[[], Coroutine[object, object, Result]]
    ) -> Result:
        """Wait for the work under that key, begun with this call if it is not under way."""
        flight = self._flights.get(key) or self._begin(key, work)
        flight.waiting += 1
        try:
            return await asyncio.shield(flight.task)
        finally:
            flight.waiting -= 1
            if not flight.waiting and not flight.task.done():
                self._forget(key, flight)
                flight.task.cancel()

    def detach(self, key: Hashable, work: Callable[[], Coroutine[object, object, Result]]) -> None:
        """Let the work go on, or begin, though nobody waits for it."""
        flight = self._flights.get(key) or self._begin(key, work)
        flight.waiting += 1

    def _begin(
        self, key: Hashable, work: Callable[[], Coroutine[object, object, Result]]
    ) -> _Flight[Result]:
        flight = _Flight(asyncio.create_task(work()))
        self._flights[key] = flight

        def end(task: asyncio.Task[Result]) -> None:
            self._forget(key, flight)
            if not task.cancelled():
                task.exception()  # looked at, or asyncio complains when nobody waited

        flight.task.add_done_callback(end)
        return flight

    def _forget(self, key: Hashable, flight: _Flight[Result]) -> None:
        if self._flights.get(key) is flight:
            del self._flights[key]
