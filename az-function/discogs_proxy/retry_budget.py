"""How many retries the traffic bears, so that they never become the storm themselves."""

SHARE = 0.2
"""Retries that each success pays for."""
_FLOOR = 3.0
"""What a quiet proxy may spend, regained in `_REGAINED_SECONDS`."""
_CAP = 20.0
_REGAINED_SECONDS = 60.0


class RetryBudget:
    """Retries earned by calls that succeeded, and a few by time alone."""

    def __init__(self) -> None:
        self._saved = _FLOOR
        self._seen: float | None = None

    def earn(self) -> None:
        """Note a success."""
        self._saved = min(_CAP, self._saved + SHARE)

    def spend(self, now: float) -> bool:
        """Take one retry, if there is one."""
        self._regain(now)
        if self._saved < 1:
            return False
        self._saved -= 1
        return True

    def _regain(self, now: float) -> None:
        passed = 0.0 if self._seen is None else now - self._seen
        self._seen = now
        if self._saved < _FLOOR:
            self._saved = min(_FLOOR, self._saved + _FLOOR * passed / _REGAINED_SECONDS)
