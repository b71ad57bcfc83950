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


class Slot(NamedTuple):
    """The right to send one request."""

    time: float
    """When it was given."""
    rank: int
    """How many requests of ours the window had then, this one included."""
    era: int
    """How many pauses there had been."""
    is_probe: bool = False
    name: str = ""
    """What a shared window knows it by."""


class Budget:
    """The window of one Discogs credential on one address."""

    def __init__(self, limit: int, ceiling: int | None, random: Callable[[], float]) -> None:
        """Start with a limit; Discogs' own word replaces it, but never by one above the ceiling."""
        self.limit = limit
        self._ceiling = ceiling
        self._random = random
        # When our requests counted last, in order: given, or answered once they were.
        self._times: list[float] = []
        # Requests of others in the window, as of then; they are taken to leave it evenly.
        self._foreign, self._foreign_at = 0.0, 0.0
        # When the next bulk request is due, were all of them sent evenly.
        self._bulk_due = 0.0
        # Whether there is a pause, or a probe after it that did not come back yet.
        self._is_paused = False
        # Pauses, each less than a period after the one before.
        self._refusals = 0
        self._era = 0
        self._pause_until, self._probe_until = 0.0, 0.0

    def take(self, now: float, *, is_bulk: bool) -> Slot | float:
        """Return a slot, or the seconds after which to ask for one again."""
        wait = self.forecast(now, 0, is_bulk=is_bulk)
        if wait > 0:
            return wait
        insort(self._times, now)
        if is_bulk:
            self._bulk_due = max(self._bulk_due, now) + self._bulk_gap
        if self._is_paused:
            self._probe_until = now + _PROBE_SECONDS
        return Slot(now, len(self._times), self._era, is_probe=self._is_paused)

    def forecast(self, now: float, ahead: int, *, is_bulk: bool) -> float:
        """Return the seconds until a slot, with so many others to be served before."""
        self._drop(now)
        wait = max(self._pause(now), self._free_at(now, ahead) - now)
        if is_bulk:
            burst = self._capacity // _BULK_BURST
            wait = max(wait, self._bulk_due + (ahead - burst) * self._bulk_gap - now)
        return max(0.0, wait)

    def give_back(self, slot: Slot) -> None:
        """Take back a slot that was not used."""
        self._forget(slot.time)
        if slot.is_probe and slot.era == self._era:
            self._probe_until = 0.0

    def settle(self, slot: Slot, now: float, reading: Reading | None) -> int:
        """Note that a request is over and what Discogs said; return how many calls are left.

        It counted at some moment up to now, so that from now on is when it surely leaves.
        """
        self._drop(now)
        self._forget(slot.time)
        insort(self._times, now)
        if reading is not None:
            self._learn(slot, now, reading)
        if slot.era == self._era:
            self._conclude(slot, now, reading)
        return max(0, int(self._capacity - len(self._times) - self._foreign_left(now)))

    @property
    def _capacity(self) -> int:
        return self.limit - self.limit // _HELD_BACK

    @property
    def _bulk_gap(self) -> float:
        return PERIOD / self._capacity

    def _drop(self, now: float) -> None:
        del self._times[: bisect_left(self._times, now - PERIOD)]

    def _forget(self, time: float) -> None:
        index = bisect_left(self._times, time)
        if self._times[index : index + 1] == [time]:
            del self._times[index]

    def _foreign_left(self, now: float) -> float:
        return self._foreign * max(0.0, 1 - (now - self._foreign_at) / PERIOD)

    def _free_at(self, now: float, ahead: int) -> float:
        """Return when there is room for one more after so many others."""
        rounds, ahead = divmod(ahead, self._capacity)
        room = self._capacity - 1 - ahead
        best = now + PERIOD
        # The more of ours have left the window, the more of the others may still be in it.
        for gone in range(max(0, len(self._times) - room), len(self._times) + 1):
            ours = self._times[gone - 1] + PERIOD if gone else now
            others = self._foreign_below(room - len(self._times) + gone)
            best = min(best, max(now, ours, others))
            if others <= max(now, ours):
                break
        return best + rounds * PERIOD

    def _foreign_below(self, most: int) -> float:
        """Return when no more than so many requests of others are left in the window."""
        if self._foreign <= most:
            return self._foreign_at
        return self._foreign_at + PERIOD * (1 - most / self._foreign)

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
            self._foreign, self._foreign_at = max(0, reading.used - slot.rank), now
        if reading.is_refusal:
            # Whatever it counts, it is full: room comes back bit by bit, or when Discogs says so.
            full = self._capacity - len(self._times)
            self._foreign, self._foreign_at = max(self._foreign_left(now), full), now

    def _conclude(self, slot: Slot, now: float, reading: Reading | None) -> None:
        if slot.is_probe:
            self._probe_until = 0.0
        if reading is None:
            return
        if reading.is_refusal:
            self._begin_pause(now, reading.retry_after or 0)
        elif slot.is_probe:
            self._is_paused = False

    def _begin_pause(self, now: float, asked: float) -> None:
        if now - self._pause_until > PERIOD:
            self._refusals = 0
        own = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2**self._refusals) * (0.9 + 0.2 * self._random())
        self._is_paused = True
        self._refusals += 1
        self._era += 1
        self._pause_until = now + max(own, min(_LONGEST_ASKED, asked))
