"""The log line about answers that are not as described; loaded with the first one looked at."""

import logging
from collections.abc import Callable, Mapping

import orjson

from discogs_proxy.drift import compare
from discogs_proxy.drift_tally import Tally
from discogs_proxy.shape import Shape
from discogs_proxy.telemetry import SILENT, Telemetry

_log = logging.getLogger("discogs_proxy")

_MOST_VALUES = 20_000
"""In one answer; the largest recorded has a third of it."""
_NO_JSON = object()


class Report:
    """Compares answers with their shapes, and tells now and then what it found."""

    def __init__(
        self,
        shapes: Mapping[str, Shape],
        clock: Callable[[], float],
        telemetry: Telemetry = SILENT,
    ) -> None:
        """Intervals are by the clock, a monotonic one."""
        self._shapes = shapes
        self._clock = clock
        self._telemetry = telemetry
        self._tally = Tally()

    @property
    def is_due(self) -> bool:
        """Whether something is to be told by now."""
        return self._clock() >= self._tally.due_at

    def look(self, operation: str, body: bytes) -> None:
        """Compare one answer, and tell what is due."""
        shape = self._shapes.get(operation)
        content = _json(body)
        if shape is not None and content is not _NO_JSON:
            self._tally.add(operation, compare(content, shape, _MOST_VALUES))
        for line in self._tally.due(self._clock()):
            _log.warning("discogs_drift: %s", orjson.dumps(line).decode())
            self._telemetry.drift(line)


def _json(body: bytes) -> object:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return _NO_JSON  # what that means for the caller is not for here to say
