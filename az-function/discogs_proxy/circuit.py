"""Whether Discogs is asked at all: not while it keeps failing."""

import logging
from asyncio import CancelledError
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from math import ceil

from discogs_proxy.errors import AttemptFailed, UpstreamUnavailable
from discogs_proxy.exchange import Answer, Outbound, Send

_log = logging.getLogger("discogs_proxy")

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
_CLIENT_ERROR = 4


@dataclass(frozen=True, slots=True)
class Ticket:
    """The right to make one attempt; what comes of it counts for the state it was given in."""

    era: int
    is_probe: bool


@dataclass(slots=True)
class Circuit:
    """Closed, it counts; open, it refuses; after a while it lets a single probe decide."""

    random: Callable[[], float]
    _outcomes: deque[tuple[float, bool]] = field(default_factory=deque, init=False)
    _failures: int = field(default=0, init=False)
    _era: int = field(default=0, init=False)
    _trips: int = field(default=0, init=False)
    _until: float = field(default=0.0, init=False)
    _probe_until: float = field(default=0.0, init=False)

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
        self._until = now + seconds * (0.9 + 0.2 * self.random())
        self._outcomes.clear()
        self._failures = 0

    def _forget_before(self, time: float) -> None:
        while self._outcomes and self._outcomes[0][0] <= time:
            self._failures -= not self._outcomes.popleft()[1]


def with_door(send: Send, circuit: Circuit, clock: Callable[[], float]) -> Send:
    """Wrap a send so that nobody queues for a Discogs that is not asked at present."""

    async def through(outbound: Outbound) -> Answer:
        _refuse(circuit.wait(clock()))
        return await send(outbound)

    return through


def with_circuit(send: Send, circuit: Circuit, clock: Callable[[], float]) -> Send:
    """Wrap a send, one attempt, so that its outcome counts, and is not made while others fail."""

    async def guarded(outbound: Outbound) -> Answer:
        ticket = circuit.enter(clock())
        if ticket is None:
            raise _refusal(circuit.wait(clock()))
        went_well: bool | None = None
        try:
            answer = await send(outbound)
            went_well = None if answer.status // 100 == _CLIENT_ERROR else True
        except AttemptFailed as failure:
            went_well = None if _is_refusal(failure) else False
            raise
        except CancelledError:
            # Our own deadline speaks against Discogs; a caller that left says nothing.
            went_well = False if clock() >= outbound.call.ends else None
            raise
        finally:
            if circuit.leave(ticket, went_well=went_well, now=clock()):
                _log.warning("discogs_circuit open_s=%.1f", circuit.wait(clock()))
        return answer

    return guarded


def _is_refusal(failure: AttemptFailed) -> bool:
    return failure.error is not None and failure.error.status == HTTPStatus.TOO_MANY_REQUESTS


def _refuse(wait: float) -> None:
    if wait > 0:
        raise _refusal(wait)


def _refusal(wait: float) -> UpstreamUnavailable:
    seconds = max(1, ceil(wait))
    message = f"Discogs keeps failing and is left alone for now; ask again in {seconds} seconds."
    return UpstreamUnavailable("circuit_open", message, retry_after=seconds)
