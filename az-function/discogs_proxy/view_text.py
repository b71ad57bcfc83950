"""Texts and addresses that a view makes of an object's properties."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from discogs_proxy.field_reader import Read, Reader
from discogs_proxy.plain_text import plain

_NAME = re.compile(r"\{([^{}]*)\}")
_STEP = re.compile(r"(\[[^][]*\]|\{[^{}]*\})")


class _Unplaceable(Exception):
    """A property is an object, or a list of some, for which no text has a place."""


def text(template: str, readers: Mapping[str, Reader]) -> Read:
    """Compile a text that loses each part in brackets whose property says nothing."""
    head, *rest = _STEP.split(template)
    steps = [_step(*pair, readers) for pair in zip(rest[::2], rest[1::2], strict=True)]

    def show(found: dict[str, Any], surprises: list[str]) -> object:
        shown = head
        for name, (read, kind, noise, longest), before, after, otherwise in steps:
            value = found.get(name)
            if value is not None and (
                type(value) is not kind
                or kind is not str
                or not (0 < len(value) <= longest and value.isprintable())
                or (noise is not None and value in noise)
            ):
                value = read(value, surprises)
                if value is not None and type(value) is not str:
                    try:
                        value = _written(value)
                    except _Unplaceable:
                        return plain(found)
            if value is not None:
                shown = f"{shown}{before}{value}{after}"
            elif otherwise is None:
                return None
            else:
                shown += otherwise
        return shown or None

    return show


def _step(
    place: str, then: str, readers: Mapping[str, Reader]
) -> tuple[str, Reader, str, str, str | None]:
    """Return a property's name, its reader, what goes around it, and what stands without it."""
    before, name, after = _NAME.split(place)
    if place.startswith("["):
        return name, readers[name], before[1:], after[:-1] + then, then
    return name, readers[name], before, after + then, None


def address(template: str) -> Callable[[Mapping[str, object]], str | None]:
    """Compile an address; what is placed in it names something and cannot leave its place."""
    needed = tuple(_NAME.findall(template))
    pattern = _NAME.sub("%s", template.replace("%", "%%"))

    def fill(values: Mapping[str, object]) -> str | None:
        placed = tuple(_quoted(values.get(name)) for name in needed)
        return pattern % placed if all(placed) else None

    return fill


def _written(value: object) -> str:
    """Write what a text has a place for; raise `_Unplaceable` where it has none."""
    if type(value) is str:
        return value
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
    return str(value)


def _quoted(value: object) -> str:
    """Return a value as a segment of a path; nothing for one that names nothing."""
    if type(value) is int:
        return str(value) if value else ""
    if type(value) is not str or value in {".", ".."}:
        return ""
    return value if value.isascii() and value.isalnum() else quote(value, safe="")
