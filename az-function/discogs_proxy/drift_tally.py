"""What was found in the answers of each operation since it was last told."""

from collections import Counter
from collections.abc import Iterator
from math import inf
from typing import Any

from discogs_proxy.drift import Comparison, Difference

INTERVAL = 600.0
"""Seconds between two lines about one operation."""
_MOST_DIFFERENCES = 30
"""Of one operation; what else is found is only known to be more."""


class Tally:
    """Counts by operation; how many operations there are, and so how much there is, is known."""

    def __init__(self) -> None:
        self._counts: dict[str, _Counts] = {}
        self.due_at = inf
        """When there is something to tell, on the clock of who asks."""

    def add(self, operation: str, comparison: Comparison) -> None:
        """Count one answer of an operation."""
        counts = self._counts.setdefault(operation, _Counts())
        counts.add(comparison)
        if counts.seen:
            self.due_at = min(self.due_at, counts.told_at + INTERVAL)

    def due(self, now: float) -> Iterator[dict[str, Any]]:
        """Yield what is to be told about each operation that differs, and count anew.

        What is new is due at once, what goes on once in the interval.
        """
        for operation, counts in self._counts.items():
            if counts.seen and now >= counts.told_at + INTERVAL:
                yield counts.line(operation)
                self._counts[operation] = _Counts(told_at=now)
        waiting = (c.told_at + INTERVAL for c in self._counts.values() if c.seen)
        self.due_at = min(waiting, default=inf)


class _Counts:
    def __init__(self, told_at: float = -inf) -> None:
        self.told_at = told_at
        self.seen: Counter[Difference] = Counter()
        self._sampled = self._cut = 0
        self._has_more = False

    def add(self, comparison: Comparison) -> None:
        self._sampled += 1
        self._cut += not comparison.is_whole
        for difference in sorted(comparison.differences):
            if difference in self.seen or len(self.seen) < _MOST_DIFFERENCES:
                self.seen[difference] += 1
            else:
                self._has_more = True

    def line(self, operation: str) -> dict[str, Any]:
        """Return the facts; `seen` is the number of answers that a difference was in."""
        return {
            "event": "discogs_drift",
            "operation": operation,
            "sampled": self._sampled,
            "cut": self._cut,
            "has_more": self._has_more,
            "differences": [
                {"what": what, "path": path, **({"kind": kind} if kind else {}), "seen": seen}
                for (what, path, kind), seen in sorted(self.seen.items())
            ],
        }
