"""How many calls Discogs still takes, and when: 60 in any 60 seconds, by source address.

Everything here is a decision about a moment that is passed in; nothing waits.
"""

from collections.abc import Callable
from typing import NamedTuple

from discogs_proxy.exchange import Reading
from discogs_proxy.window import PERIOD, Window

_HELD_BACK = 60
"""One call in so many is not used, for counters that lag."""
_BULK_BURST = 4
"""Bulk calls may take a quarter of the budget at once, and go evenly from there."""
_CROWDED = 2
"""Beside others on the address a half may be taken at once, and the rest goes one by one …"""
_GAP_SHARE = 0.5
"""… at up to twice the even pace: so that there is Discogs' word on each before the next."""
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
        self._window = Window()
        self._given_at = -PERIOD
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
        self._window.begin(now)
        self._given_at = now
        if is_bulk:
            self._bulk_due = max(self._bulk_due, now) + self._even_gap
        if self._is_paused:
            self._probe_until = now + _PROBE_SECONDS
        return Slot(now, self._era, is_probe=self._is_paused)

    def forecast(self, now: float, ahead: int, *, is_bulk: bool) -> float:
        """Return the seconds until a slot, with so many others to be served before."""
        self._window.drop(now)
        free = self._window.free_at(now, ahead, self._capacity)
        wait = max(self._pause(now), free - now, self._gap(ahead) - now)
        if is_bulk:
            burst = self._capacity // _BULK_BURST
            wait = max(wait, self._bulk_due + (ahead - burst) * self._even_gap - now)
        return max(0.0, wait)

    def give_back(self, slot: Slot) -> None:
        """Take back a slot that was not used."""
        self._window.forget(slot.time)
        if slot.is_probe and slot.era == self._era:
            self._probe_until = 0.0

    def settle(self, slot: Slot, now: float, reading: Reading | None) -> int:
        """Note that a request is over and what Discogs said; return how many calls are left."""
        self._window.drop(now)
        self._window.forget(slot.time)
        if reading is None or not reading.is_refusal:
            self._window.end(now)
        if reading is not None:
            self._learn(slot, now, reading)
        if slot.era == self._era:
            self._conclude(slot, now, reading)
        return self._room

    def left(self, now: float) -> Left:
        """Return how many calls are left."""
        self._window.drop(now)
        return Left(self.limit, 0 if self._pause(now) else self._room)

    @property
    def _room(self) -> int:
        return max(0, self._capacity - self._window.ours - self._window.others)

    @property
    def _capacity(self) -> int:
        return self.limit - self.limit // _HELD_BACK

    @property
    def _even_gap(self) -> float:
        return PERIOD / self._capacity

    def _gap(self, ahead: int) -> float:
        """Return when the next may go after so many others, where it may not go at once."""
        window = self._window
        is_crowded = (window.ours + window.others) * _CROWDED >= self._capacity
        if not window.others or not is_crowded:
            return 0.0
        return self._given_at + (1 + ahead) * self._even_gap * _GAP_SHARE

    def _pause(self, now: float) -> float:
        if not self._is_paused:
            return 0.0
        if now < self._pause_until:
            return self._pause_until - now
        return max(0.0, min(_LOOK_AGAIN, self._probe_until - now))

    def _learn(self, slot: Slot, now: float, reading: Reading) -> None:
        if reading.limit is not None:
            self.limit = min(reading.limit, self._ceiling or reading.limit)
        self._window.hear(slot.time, now, reading.used, self._capacity)
        if reading.is_refusal and not self._is_spent(reading):
            # Whatever it counts, it is full: room comes back bit by bit, or when Discogs says so.
            self._window.fill(now, self._capacity)

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
