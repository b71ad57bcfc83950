"""Whether Discogs is asked at all: not while it keeps failing."""

from collections import deque
from collections.abc import Callable
from typing import NamedTuple

RATIO = 0.5
"""The share of attempts that have to fail…"""
FEWEST = 10
"""… of at least so many …"""
WINDOW_SECONDS = 30.0
"""… in so much time."""
OPEN_SECONDS = 15.0
LONGEST_SECONDS = 120.0
PROBE_SECONDS = 60.0
"""After which a probe that nobody heard of again counts as lost."""


class Ticket(NamedTuple):
    """The right to make one attempt; what comes of it counts for the state it was given in."""

    era: int
    is_probe: bool
    is_shared: bool = False
    """Whether other instances know of it."""


class Circuit:
    """Closed, it counts; open, it refuses; after a while it lets a single probe decide."""

    def __init__(self, random: Callable[[], float]) -> None:
        self._random = random
        self._outcomes: deque[tuple[float, bool]] = deque()
        self._failures = 0
        self._era = 0
        self._trips = 0
        self._until = 0.0
        self._probe_until = 0.0

    def wait(self, now: float) -> float:
        """Return the seconds for which there is no point in asking, 0 when there is."""
        if self._trips == 0:
            return 0.0
        return max(0.0, self._until - now, self._probe_until - now)

    def enter(self, now: float) -> Ticket | None:
        """Return a ticket; None while refusing, a probe's being under way included."""
        if self.wait(now) > 0:
            return None
        if self._trips:
            self._probe_until = now + PROBE_SECONDS
        return Ticket(self._era, is_probe=self._trips > 0)

    def leave(self, ticket: Ticket, *, went_well: bool | None, now: float) -> bool:
        """Take back a ticket, None for an attempt that says nothing; tell whether that changed all.

        What was begun before the last change says nothing about the time after it.
        """
        if ticket.era != self._era:
            return False
        if ticket.is_probe:
            self._probe_until = 0.0
            return self._decide(went_well, now)
        if went_well is None:
            return False
        self._outcomes.append((now, went_well))
        self._failures += not went_well
        self._forget_before(now - WINDOW_SECONDS)
        if len(self._outcomes) < FEWEST or self._failures < RATIO * len(self._outcomes):
            return False
        self._trip(now)
        return True

    def _decide(self, went_well: bool | None, now: float) -> bool:  # noqa: FBT001 - see leave
        if went_well is None:
            return False
        if went_well:
            self._era += 1
            self._trips = 0
        else:
            self._trip(now)
        return True

    def _trip(self, now: float) -> None:
        self._era += 1
        seconds = min(LONGEST_SECONDS, OPEN_SECONDS * 2**self._trips)
        self._trips += 1
        self._until = now + seconds * (0.9 + 0.2 * self._random())
        self._outcomes.clear()
        self._failures = 0

    def _forget_before(self, time: float) -> None:
        while self._outcomes and self._outcomes[0][0] <= time:
            self._failures -= not self._outcomes.popleft()[1]
