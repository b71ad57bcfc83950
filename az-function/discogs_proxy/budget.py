"""How many calls Discogs still takes: an exact window over our own, corrected by what it says.

Discogs counts 60 calls in any 60 seconds, by source address: whoever else sends from ours counts
too. Everything here is a decision about a moment that is passed in; nothing waits.
"""

from bisect import bisect_left, insort
from collections.abc import Callable
from typing import NamedTuple

from discogs_proxy.exchange import Reading

PERIOD = 60.0
_HELD_BACK = 60
"""One call in so many is not used, for counters that lag."""
_BULK_BURST = 4
"""Bulk calls may take a quarter of the budget at once, and go evenly from there."""
_FIRST_PAUSE = 2.0
_LONGEST_PAUSE = 60.0
_LONGEST_ASKED = 300.0
"""However long Discogs asks to be left alone: one probe in five minutes does no harm."""
_PROBE_SECONDS = 60.0
"""After which a probe that nobody heard of again counts as lost."""
_LOOK_AGAIN = 0.5
_UNCOUNTED = 3
"""Requests of ours in the window that Discogs may not count: on the way, or just gone."""
_MOST_NOTICED = 1000
"""Requests of others that are kept count of, whatever Discogs says."""
_SILENCE, _SCOUT_SECONDS = 3.0, 2.0
_ON_THE_WAY = 1.0
"""Seconds within which a request that was sent is usually answered."""


class Slot(NamedTuple):
    """The right to send one request."""

    time: float
    """When it was given."""
    era: int
    """How many pauses there had been."""
    is_probe: bool = False
    name: str = ""
    """What a shared window knows it by."""


class Left(NamedTuple):
    """How many calls a minute Discogs takes, and how many of them are left now."""

    limit: int
    remaining: int


class Budget:
    """The window of one Discogs credential on one address."""

    def __init__(self, limit: int, ceiling: int | None, random: Callable[[], float]) -> None:
        """Start with a limit; Discogs' own word replaces it, but never by one above the ceiling."""
        self.limit = limit
        self._ceiling = ceiling
        self._random = random
        # When our requests counted last, in order: given, or answered once they were.
        self._times: list[float] = []
        # About when others on the address sent theirs, in order, as far as was noticed.
        self._others: list[float] = []
        self._heard_at = -PERIOD
        # After a silence one request is sent to hear how things are, and the others wait for it.
        self._scout_until = 0.0
        # When the next bulk request is due, were all of them sent evenly.
        self._bulk_due = 0.0
        # Whether there is a pause, or a probe after it that did not come back yet.
        self._is_paused = False
        # Pauses, each less than a period after the one before.
        self._refusals = 0
        # Whether the last answer was a refusal for which there was no pause.
        self._is_warned = False
        self._era = 0
        self._pause_until, self._probe_until = 0.0, 0.0

    def take(self, now: float, *, is_bulk: bool) -> Slot | float:
        """Return a slot, or the seconds after which to ask for one again."""
        wait = self.forecast(now, 0, is_bulk=is_bulk)
        if wait > 0:
            return wait
        insort(self._times, now)
        if self._others and now - self._heard_at > _SILENCE:
            self._scout_until = now + _SCOUT_SECONDS
        if is_bulk:
            self._bulk_due = max(self._bulk_due, now) + self._bulk_gap
        if self._is_paused:
            self._probe_until = now + _PROBE_SECONDS
        return Slot(now, self._era, is_probe=self._is_paused)

    def forecast(self, now: float, ahead: int, *, is_bulk: bool) -> float:
        """Return the seconds until a slot, with so many others to be served before."""
        self._drop(now)
        scout = min(_LOOK_AGAIN, self._scout_until - now)
        wait = max(self._pause(now), scout, self._free_at(now, ahead) - now)
        if is_bulk:
            burst = self._capacity // _BULK_BURST
            wait = max(wait, self._bulk_due + (ahead - burst) * self._bulk_gap - now)
        return max(0.0, wait)

    def give_back(self, slot: Slot) -> None:
        """Take back a slot that was not used."""
        self._forget(slot.time)
        self._scout_until = 0.0
        if slot.is_probe and slot.era == self._era:
            self._probe_until = 0.0

    def settle(self, slot: Slot, now: float, reading: Reading | None) -> int:
        """Note that a request is over and what Discogs said; return how many calls are left.

        It counted at some moment up to now, so that from now on is when it surely leaves.
        """
        self._drop(now)
        self._forget(slot.time)
        self._scout_until = 0.0
        if reading is None or not reading.is_refusal:
            insort(self._times, now)
        if reading is not None:
            self._learn(slot, now, reading)
        if slot.era == self._era:
            self._conclude(slot, now, reading)
        return self._room

    def left(self, now: float) -> Left:
        """Return how many calls are left."""
        self._drop(now)
        return Left(self.limit, 0 if self._pause(now) else self._room)

    @property
    def _room(self) -> int:
        return max(0, self._capacity - len(self._times) - len(self._others))

    @property
    def _capacity(self) -> int:
        return self.limit - self.limit // _HELD_BACK

    @property
    def _bulk_gap(self) -> float:
        return PERIOD / self._capacity

    def _drop(self, now: float) -> None:
        for times in (self._times, self._others):
            del times[: bisect_left(times, now - PERIOD)]

    def _forget(self, time: float) -> None:
        index = bisect_left(self._times, time)
        if self._times[index : index + 1] == [time]:
            del self._times[index]

    def _free_at(self, now: float, ahead: int) -> float:
        """Return when there is room for one more after so many others."""
        rounds, ahead = divmod(ahead, self._capacity)
        too_many = len(self._times) + len(self._others) + ahead + 1 - self._capacity
        if too_many <= 0:
            return now + rounds * PERIOD
        counted = sorted(self._times + self._others)
        free = counted[min(too_many, len(counted)) - 1] + PERIOD
        return max(now, free) + rounds * PERIOD

    def _pause(self, now: float) -> float:
        if not self._is_paused:
            return 0.0
        if now < self._pause_until:
            return self._pause_until - now
        return max(0.0, min(_LOOK_AGAIN, self._probe_until - now))

    def _learn(self, slot: Slot, now: float, reading: Reading) -> None:
        if reading.limit is not None:
            self.limit = min(reading.limit, self._ceiling or reading.limit)
        if reading.used is not None:
            # Discogs counted at most all that are in the window, and surely those that were over
            # when this one was sent and are not about to leave.
            ended = bisect_left(self._times, slot.time - _ON_THE_WAY)
            leaving = bisect_left(self._times, now - PERIOD + _ON_THE_WAY)
            most = max(0, reading.used - max(0, ended - leaving) - 1)
            least = reading.used - len(self._times)
            if least > 0 or self._others:
                least = min(most, least + _UNCOUNTED)
            self._suppose(now, least, most, min(PERIOD, max(0.0, now - self._heard_at)))
        if reading.is_refusal and not self._is_spent(reading):
            # Whatever it counts, it is full: room comes back bit by bit, or when Discogs says so.
            full = self._capacity - len(self._times)
            self._suppose(now, full, full, PERIOD)
        self._heard_at = now

    def _suppose(self, now: float, least: int, most: int, seconds: float) -> None:
        """Note how many requests are of others; those not noticed before came in these seconds."""
        missing = min(least, self._capacity, _MOST_NOTICED) - len(self._others)
        for number in range(missing):
            insort(self._others, now - seconds * (number + 0.5) / missing)
        del self._others[: max(0, len(self._others) - max(least, most))]

    def _conclude(self, slot: Slot, now: float, reading: Reading | None) -> None:
        if slot.is_probe:
            self._probe_until = 0.0
        if reading is None:
            return
        if not reading.is_refusal:
            self._is_warned = False
            if slot.is_probe:
                self._is_paused = False
        elif self._is_warned or slot.is_probe or reading.retry_after or not self._is_spent(reading):
            self._begin_pause(now, reading.retry_after or 0)
        else:
            # Somebody else was quicker, and by how much is learnt: the next slot is a better one.
            self._is_warned = True

    def _is_spent(self, reading: Reading) -> bool:
        """Tell whether Discogs' own count explains a refusal."""
        return reading.used is not None and reading.used >= self.limit

    def _begin_pause(self, now: float, asked: float) -> None:
        if now - self._pause_until > PERIOD:
            self._refusals = 0
        own = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2**self._refusals) * (0.9 + 0.2 * self._random())
        self._is_paused = True
        self._refusals += 1
        self._era += 1
        self._pause_until = now + max(own, min(_LONGEST_ASKED, asked))
