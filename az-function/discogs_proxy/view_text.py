"""Texts and addresses that a view makes of an object's properties."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias
from urllib.parse import quote

from discogs_proxy.field_reader import Read
from discogs_proxy.plain_text import plain

_PART = re.compile(r"\[([^\[\]]*)\]|[^\[\]]+")
_NAME = re.compile(r"\{([^{}]*)\}")
_Piece: TypeAlias = tuple[str, str, Read]
"""A placeholder: the text before it, the property's name, and how it is read."""


class _Unplaceable(Exception):
    """A property is an object, or a list of some, for which no text has a place."""


def text(template: str, readers: Mapping[str, Read]) -> Read:
    """Compile a text that loses each part in brackets of which a property says nothing."""
    parts = [_part(match, readers) for match in _PART.finditer(template)]

    def show(found: dict[str, Any], surprises: list[str]) -> object:
        shown = ""
        try:
            for is_optional, pieces, end in parts:
                filled = _filled(found, pieces, surprises)
                if filled is not None:
                    shown += filled + end
                elif not is_optional:
                    return None
        except _Unplaceable:
            return plain(found)
        return shown or None

    return show


def address(template: str) -> Callable[[Mapping[str, object]], str | None]:
    """Compile an address; what is placed in it names something and cannot leave its place."""
    needed = tuple(_NAME.findall(template))
    pattern = _NAME.sub("%s", template.replace("%", "%%"))

    def fill(values: Mapping[str, object]) -> str | None:
        placed = tuple(_quoted(values.get(name)) for name in needed)
        return pattern % placed if all(placed) else None

    return fill


def _part(match: re.Match[str], readers: Mapping[str, Read]) -> tuple[bool, list[_Piece], str]:
    is_optional = match[1] is not None
    *spans, end = _NAME.split(match[1] if is_optional else match[0])
    names = zip(spans[::2], spans[1::2], strict=True)
    return is_optional, [(before, name, readers[name]) for before, name in names], end


def _filled(found: Mapping[str, Any], pieces: Sequence[_Piece], surprises: list[str]) -> str | None:
    filled = ""
    for before, name, read in pieces:
        value = found.get(name)
        if value is not None:
            value = read(value, surprises)
        if type(value) is not str:
            value = _written(value)
            if not value:
                return None
        filled += before + value
    return filled


def _written(value: object) -> str:
    """Write what a text has a place for; raise `_Unplaceable` where it has none."""
    if type(value) is list:
        try:
            return ", ".join(value)
        except TypeError:
            return ", ".join(map(_written, value))
    if type(value) is float:
        return f"{value:.2f}"  # Discogs reckons prices to many decimals
    if type(value) is bool:
        return "yes" if value else "no"
    if type(value) is dict:
        raise _Unplaceable
    return "" if value is None else str(value)


def _quoted(value: object) -> str:
    """Return a value as a segment of a path; nothing for one that names nothing."""
    if type(value) is int:
        return str(value) if value else ""
    if type(value) is not str or value in {".", ".."}:
        return ""
    return value if value.isascii() and value.isalnum() else quote(value, safe="")
