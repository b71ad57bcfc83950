"""Count requests as Discogs does, in a window that moves."""

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass

Clock = Callable[[], float]


@dataclass(frozen=True)
class RateLimits:
    """Say how many requests a caller has in one window, with a credential and without."""

    with_credential: int = 60
    without_credential: int = 25
    window_seconds: float = 60.0


UNLIMITED = RateLimits(with_credential=1_000_000_000, without_credential=1_000_000_000)


@dataclass(frozen=True)
class Usage:
    """Tell how far a caller has used up his limit, the present request included."""

    limit: int
    used: int

    @property
    def is_over(self) -> bool:
        """Tell whether the request is one too many."""
        return self.used > self.limit

    def headers(self) -> dict[str, str]:
        """Return the headers that every answer of the API carries."""
        return {
            "x-discogs-ratelimit": str(self.limit),
            "x-discogs-ratelimit-used": str(self.used),
            "x-discogs-ratelimit-remaining": str(max(0, self.limit - self.used)),
        }


class RateWindows:
    """Keep the times of each caller's requests; a refused one is not kept."""

    def __init__(self, limits: RateLimits, clock: Clock) -> None:
        self._limits = limits
        self._clock = clock
        self._times_by_caller: defaultdict[str, deque[float]] = defaultdict(deque)

    def take(self, caller: str, *, has_credential: bool) -> Usage:
        """Count one request of the caller."""
        limits, now = self._limits, self._clock()
        limit = limits.with_credential if has_credential else limits.without_credential
        times = self._times_by_caller[caller]
        while times and times[0] <= now - limits.window_seconds:
            times.popleft()
        usage = Usage(limit, len(times) + 1)
        if not usage.is_over:
            times.append(now)
        return usage
