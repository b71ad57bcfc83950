"""How many calls a client key may make in a minute."""

from collections import deque

PERIOD = 60.0


class Quotas:
    """An exact window for each key, by its name."""

    def __init__(self) -> None:
        self._times: dict[str, deque[float]] = {}

    def spend(self, name: str, quota: int, now: float) -> float:
        """Count a call and return 0, or return the seconds until there may be one."""
        times = self._times.setdefault(name, deque())
        while times and times[0] <= now - PERIOD:
            times.popleft()
        if len(times) >= quota:
            return times[0] + PERIOD - now
        times.append(now)
        return 0.0
