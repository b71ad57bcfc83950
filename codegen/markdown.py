"""Text made safe for Markdown: whatever it holds, it is shown as it is and ends nothing."""

import re

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&#]")
_TICKS = re.compile("`+")


def prose(text: str) -> str:
    """Return text as one line in which nothing is a mark."""
    return _SPECIAL.sub(r"\\\g<0>", _line(text))


def code(text: str) -> str:
    """Return text as a code span; in a table, a bar ends a cell even there."""
    line = _line(text).replace("|", r"\|")
    longest = max(map(len, _TICKS.findall(line)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def row(*cells: str) -> str:
    """Return one line of a table."""
    return f"| {' | '.join(cells)} |"


def _line(text: str) -> str:
    return " ".join(text.split())
