"""What a model is told of Discogs' budget, so that it slows down before it has to."""

_FEW_SHARE = 4
"""From this part of the limit on, calls are few."""
_NOBODY_KNOWS = "Ask for what is needed, one thing after the other."
_NONE = "No call is left in this minute: wait a minute before the next one."
_FEW = "Few calls are left in this minute: ask only for what is needed, with pauses."
_ENOUGH = "There is room for further calls."


def budget(limit: int | None, remaining: int | None) -> dict[str, str | int]:
    """Return the calls a minute, those left in this one, and what to make of it."""
    known = {"limit": limit, "remaining": remaining}
    numbers = {name: number for name, number in known.items() if number is not None}
    return {**numbers, "advice": _advice(limit, remaining)}


def _advice(limit: int | None, remaining: int | None) -> str:
    if remaining is None:
        return _NOBODY_KNOWS
    if remaining == 0:
        return _NONE
    return _FEW if remaining * _FEW_SHARE <= (limit or 0) else _ENOUGH
