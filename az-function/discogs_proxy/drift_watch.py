"""Some answers of Discogs held against the description, when their callers have them already."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Protocol

from discogs_proxy import trace
from discogs_proxy.exchange import Answer, Outbound, Send

_log = logging.getLogger("discogs_proxy")

LATER = 0.5
"""Seconds after which the answer is on its way to the caller."""
_MOST_WAITING = 4
_LARGEST = 512 * 1024
"""Bytes; the largest recorded has three quarters of it."""
_JSON = "application/json"


class Report(Protocol):
    """What compares and tells; see `drift_report.Report`."""

    @property
    def is_due(self) -> bool:
        """Whether something is to be told by now."""

    def look(self, operation: str, body: bytes) -> None:
        """Compare one answer, and tell what is due."""


class DriftWatch:
    """A send of which some answers are looked at later; nothing that goes wrong there matters."""

    def __init__(
        self,
        send: Send,
        open_report: Callable[[], Report],
        share: float,
        random: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        """Wrap a send; look at that share of the answers, by chance."""
        self._send = send
        self._open_report = open_report
        self._share = share
        self._random = random
        self._sleep = sleep
        self._report: Report | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._has_failed = False

    async def __call__(self, outbound: Outbound) -> Answer:
        """Send, and perhaps look at the answer afterwards."""
        answer = await self._send(outbound)
        # A sample that would have to wait behind others is dropped: there will be more.
        if len(self._tasks) < _MOST_WAITING and _is_fit(outbound, answer) and self._is_wanted():
            task = asyncio.create_task(self._look(outbound.operation.name, answer.body))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return answer

    def _is_wanted(self) -> bool:
        # There is no timer: what is due is told with the next answer.
        return self._random() < self._share or (self._report is not None and self._report.is_due)

    async def _look(self, operation: str, body: bytes) -> None:
        await self._sleep(LATER)
        try:
            self._report = self._report or self._open_report()
            self._report.look(operation, body)
        except Exception as error:  # noqa: BLE001 - nobody's answer may depend on it
            if not self._has_failed:
                places = trace.places(error)
                _log.error("discogs_drift failed error_type=%s at=%s", type(error).__name__, places)
            self._has_failed = True


def _is_fit(outbound: Outbound, answer: Answer) -> bool:
    """Tell whether an answer is one of those that the description describes whole."""
    is_success = HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES
    is_json = outbound.operation.produces == _JSON
    return is_success and is_json and 0 < len(answer.body) <= _LARGEST
