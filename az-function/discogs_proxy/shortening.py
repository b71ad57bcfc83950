"""What is too large made smaller, whatever it is: the last resort, which loses something."""

from collections.abc import Callable

from discogs_proxy.plain_text import MARK, cut

DEEPEST = 50
"""Levels of objects and lists; what writes JSON takes no more than some 250."""
# Characters of a text, and members of an object or a list; tried in turn.
_STEPS = ((10_000, 1_000), (2_000, 200), (500, 50), (100, 10), (20, 3))


def shortened(value: object, room: int, size: Callable[[object], int]) -> object:
    """Return as much of a value as fits into the room: shorter texts, fewer members."""
    for longest, most in _STEPS:
        shorter = bounded(value, longest, most)
        if size(shorter) <= room:
            return shorter
    return {} if isinstance(value, dict) else MARK


def bounded(
    value: object, longest: int | None = None, most: int | None = None, levels: int = DEEPEST
) -> object:
    """Return a value of which no text is longer, no object or list has more and none is deeper."""
    if isinstance(value, str):
        return value if longest is None else cut(value, longest)
    if not isinstance(value, dict | list):
        return value
    if not levels:
        return MARK
    if isinstance(value, list):
        return [bounded(item, longest, most, levels - 1) for item in value[:most]]
    members = [pair for pair in value.items() if longest is None or len(pair[0]) <= longest]
    return {name: bounded(item, longest, most, levels - 1) for name, item in members[:most]}
