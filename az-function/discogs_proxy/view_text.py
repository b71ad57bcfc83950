"""Texts and addresses that a view makes of an object's properties."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import quote

from discogs_proxy.field_reader import Read, Reader
from discogs_proxy.plain_text import plain
from discogs_proxy.written_out import branches, compiled, indented

_NAME = re.compile(r"\{([^{}]*)\}")
_STEP = re.compile(r"(\[[^][]*\]|\{[^{}]*\})")


class _Unplaceable(Exception):
    """A property is an object, or a list of some, for which no text has a place."""


def text(template: str, readers: Mapping[str, Reader]) -> Read:
    """Compile a text that loses each part in brackets whose property says nothing."""
    head, *rest = _STEP.split(template)
    lines = [f"shown = {head!r}"]
    used: list[Reader] = []
    for place, then in zip(rest[::2], rest[1::2], strict=True):
        name, before, after, otherwise = _step(place, then)
        nothing = "return None" if otherwise is None else f"shown += {otherwise!r}"
        lines.append(f"value = found.get({name!r})")
        reader = readers[name]
        written = _added(before, "written(value)", after)
        as_is = _added(before, "value", after) if reader.kind is str else written
        lines += branches(reader, len(used), [as_is], [written], [nothing])
        used.append(reader)
    lines.append("return shown or None")
    guarded = ["try:", *indented(lines), "except Unplaceable:", " return plain(found)"]
    return compiled(
        guarded, used, {"Unplaceable": _Unplaceable, "plain": plain, "written": _written}
    )


def _added(before: str, value: str, after: str) -> str:
    """Return the code that adds a value to what is shown, and what goes around it."""
    around = (repr(before) if before else "", value, repr(after) if after else "")
    return f"shown += {' + '.join(filter(None, around))}"


def _step(place: str, then: str) -> tuple[str, str, str, str | None]:
    """Return a property's name, what goes around it, and what stands without it."""
    before, name, after = _NAME.split(place)
    if place.startswith("["):
        return name, before[1:], after[:-1] + then, then
    return name, before, after + then, None


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
