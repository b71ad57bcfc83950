"""Who sent what in the last minute: our own requests exactly, those of others from Discogs' count.

Discogs counts by source address: whoever else sends from ours counts too. What its count holds
beyond ours is theirs.
"""

from bisect import bisect_left, insort

PERIOD = 60.0
_ON_THE_WAY = 1.0
"""Seconds within which a request that was sent is usually answered."""
_UNCOUNTED = 2
"""Requests of ours in the window that Discogs may not count: on the way, or just gone."""
_MOST_NOTICED = 1000
"""Requests of others that are kept count of, whatever Discogs says."""


class Window:
    """The requests of a minute that moves."""

    def __init__(self) -> None:
        # In order: when those under way were let go, when those that are over were answered …
        self._under_way: list[float] = []
        self._over: list[float] = []
        # … and about when others on the address sent theirs, as far as was noticed.
        self._others: list[float] = []
        self._heard_at = -PERIOD

    @property
    def ours(self) -> int:
        """How many are ours."""
        return len(self._under_way) + len(self._over)

    @property
    def others(self) -> int:
        """How many are somebody else's, as far as is known."""
        return len(self._others)

    def drop(self, now: float) -> None:
        """Let go of what left the window."""
        for times in (self._under_way, self._over, self._others):
            del times[: bisect_left(times, now - PERIOD)]

    def begin(self, now: float) -> None:
        """Note that a request is let go."""
        insort(self._under_way, now)

    def forget(self, begun: float) -> None:
        """Take back one that was let go and does not count."""
        index = bisect_left(self._under_way, begun)
        if self._under_way[index : index + 1] == [begun]:
            del self._under_way[index]

    def end(self, now: float) -> None:
        """Note an answer: it counted at some moment up to now, and from now on surely leaves."""
        insort(self._over, now)

    def hear(self, begun: float, now: float, used: int | None, capacity: int) -> None:
        """Learn from Discogs' count in the answer to a request that was let go at that time."""
        if used is not None:
            # It counted at most all that are in the window, and surely those that were over when
            # this one was let go and are not about to leave.
            leaving = bisect_left(self._over, now - PERIOD + _ON_THE_WAY)
            most = max(0, used - max(0, bisect_left(self._over, begun) - leaving) - 1)
            least = used - self.ours
            if least > 0 or self._others:
                least = min(most, least + _UNCOUNTED)
            self._suppose(now, min(least, capacity), most, now - self._heard_at)
        self._heard_at = now

    def fill(self, now: float, capacity: int) -> None:
        """Take the rest for somebody else's, coming back bit by bit, since Discogs is full."""
        rest = capacity - self.ours
        self._suppose(now, rest, rest, PERIOD)

    def free_at(self, now: float, ahead: int, capacity: int) -> float:
        """Return when there is room for one more after so many others."""
        rounds, ahead = divmod(ahead, capacity)
        too_many = self.ours + self.others + ahead + 1 - capacity
        if too_many <= 0:
            return now + rounds * PERIOD
        counted = sorted((*self._under_way, *self._over, *self._others))
        free = counted[min(too_many, len(counted)) - 1] + PERIOD
        return max(now, free) + rounds * PERIOD

    def _suppose(self, now: float, least: int, most: int, seconds: float) -> None:
        """Note how many requests are of others; those not noticed before came in these seconds."""
        seconds = min(PERIOD, max(0.0, seconds))
        missing = min(least, _MOST_NOTICED) - self.others
        for number in range(missing):
            insort(self._others, now - seconds * (number + 0.5) / missing)
        del self._others[: max(0, self.others - max(least, most))]
