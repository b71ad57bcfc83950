"""One piece of work for all who want the same at the same time."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Result = TypeVar("Result")


@dataclass(slots=True)
class _Flight(Generic[Result]):
    task: asyncio.Task[Result]
    waiting: int = 0


@dataclass(slots=True)
class SingleFlight(Generic[Result]):
    """Work under way, by what it is for.

    The work belongs to nobody: who leaves leaves the others alone, and the last one ends it. A
    failure goes to all who wait and is not kept.
    """

    _flights: dict[Hashable, _Flight[Result]] = field(default_factory=dict, init=False)

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
