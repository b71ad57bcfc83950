"""Texts and addresses that a view makes of an object's properties."""

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias
from urllib.parse import quote

Fill: TypeAlias = Callable[[Mapping[str, object]], str | None]
"""Takes properties and gives a text, or None where one that it needs says nothing."""

_PART = re.compile(r"\[([^\[\]]*)\]|[^\[\]]+")
_NAME = re.compile(r"\{([^{}]*)\}")


def filled(template: str) -> Fill:
    """Compile a template with parts in brackets, each of which is left out where it lacks a value.

    Every value that is given says something and is placeable.
    """
    parts = [_part(match) for match in _PART.finditer(template)]

    def fill(values: Mapping[str, object]) -> str | None:
        text = ""
        for pattern, needed, is_optional in parts:
            if all(name in values for name in needed):
                text += pattern % tuple(_written(values[name]) for name in needed)
            elif not is_optional:
                return None
        return text or None

    return fill


def address(template: str) -> Fill:
    """Compile an address; what is placed in it cannot leave its place."""
    needed = tuple(_NAME.findall(template))
    pattern = _pattern(template)

    def fill(values: Mapping[str, object]) -> str | None:
        placed = tuple(_quoted(values.get(name)) for name in needed)
        return pattern % placed if all(placed) else None

    return fill


def is_placeable(value: object) -> bool:
    """Tell whether a value can stand in a text: a text, a number, a truth, or a list of those."""
    if isinstance(value, list):
        return not any(isinstance(item, (list, dict)) for item in value)
    return not isinstance(value, dict)


def _part(match: re.Match[str]) -> tuple[str, tuple[str, ...], bool]:
    is_optional = match[1] is not None
    text = match[1] if is_optional else match[0]
    return _pattern(text), tuple(_NAME.findall(text)), is_optional


def _pattern(template: str) -> str:
    return _NAME.sub("%s", template.replace("%", "%%"))


def _written(value: object) -> str:
    if type(value) is str:
        return value
    if type(value) is float:
        return f"{value:.2f}"  # Discogs reckons prices to many decimals
    if type(value) is bool:
        return "yes" if value else "no"
    if type(value) is list:
        return ", ".join(map(_written, value))
    return str(value)


def _quoted(value: object) -> str:
    """Return a value as a segment of a path; nothing for one that names nothing."""
    if type(value) is int:
        return str(value) if value else ""
    if type(value) is not str or value in {".", ".."}:
        return ""
    return value if value.isascii() and value.isalnum() else quote(value, safe="")
