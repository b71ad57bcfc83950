"""What is shown of one property's value: compiled from its field, called for each answer."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from discogs_proxy.plain_text import LONGEST, MARK, cut, plain, tidy
from discogs_proxy.view import Field

Read: TypeAlias = Callable[[Any, list[str]], object]
"""Takes a value that is not null and gives what is shown of it, None where that is nothing.
A value of another type than described is shown whole, and its path put into the list."""

_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}
_ANY = tuple(_TYPES)


def reader(field: Field, path: str, show: Read | None) -> Read:
    """Compile a field; `show` gives its object, or each object of its list, where a view says how."""
    items = _by_type(field.items or _ANY, field, show or _whole, _whole)
    read_item = _dispatched(items, path, field.items)
    rows = _texts(field, read_item) if field.items == ("string",) else _rows(read_item)
    return _dispatched(
        _by_type(field.kinds or _ANY, field, show or _whole, rows), path, field.kinds
    )


def quick(field: Field) -> tuple[type | None, frozenset[object], int]:
    """Return the one type that values of a field have, which of them say nothing, and their length.

    A value of that type that is not among those, and no text to be cut or tidied, is shown as it is.
    """
    types = _types(field.kinds)
    if len(types) != 1 or types[0] in (list, dict):
        return None, frozenset(), 0
    return types[0], _noise(field, types[0]), _longest(field)


def _by_type(kinds: tuple[str, ...], field: Field, show: Read, rows: Read) -> dict[type, Read]:
    readers: Mapping[type, Read] = {str: _text(field), list: rows, dict: show}
    return {kind: readers.get(kind) or _scalar(_noise(field, kind)) for kind in _types(kinds)}


def _types(kinds: tuple[str, ...]) -> list[type]:
    return [kind for name in kinds for kind in _TYPES[name]]


def _dispatched(readers: Mapping[type, Read], path: str, kinds: tuple[str, ...]) -> Read:
    find = readers.get
    takes_whole = "integer" in kinds and "number" not in kinds

    def read(value: Any, surprises: list[str]) -> object:  # noqa: ANN401 - any JSON
        known = find(type(value))
        if known is not None:
            return known(value, surprises)
        if value is None or value in ("", [], {}):
            return None
        if not (takes_whole and type(value) is float and value.is_integer()):
            surprises.append(path)
        return plain(value)

    return read


def _whole(value: Any, _: list[str]) -> object:  # noqa: ANN401 - a list or an object
    return plain(value) if value else None


def _scalar(noise: frozenset[object]) -> Read:
    return lambda value, _: None if value in noise else value


def _text(field: Field) -> Read:
    noise, longest = _noise(field, str), _longest(field)

    def read(value: str, _: list[str]) -> object:
        text = value if value.isprintable() else tidy(value)
        return None if text in noise else cut(text, longest)

    return read


def _rows(read: Read) -> Read:
    def read_all(value: list[object], surprises: list[str]) -> object:
        shown = [seen for item in value if (seen := read(item, surprises)) is not None]
        return shown or None

    return read_all


def _texts(field: Field, read: Read) -> Read:
    """Read a list of texts, each text once: a company with three roles is named three times."""
    most = _longest(field)

    def read_all(value: list[object], surprises: list[str]) -> object:
        if any(type(item) is not str for item in value):
            return [seen for item in value if (seen := read(item, surprises)) is not None] or None
        shown = list(dict.fromkeys(seen for item in value if (seen := read(item, surprises))))
        return (shown if len(shown) <= most else [*shown[:most], MARK.strip()]) or None

    return read_all


def _noise(field: Field, kind: type) -> frozenset[object]:
    """Return the values of a type that say nothing; to Python `False` is 0, to JSON it is not."""
    alike = (int, float) if kind in (int, float) else (kind,)
    said = {value for value in field.noise if type(value) in alike}
    return frozenset(said | {""}) if kind is str else frozenset(said)


def _longest(field: Field) -> int:
    return min(field.longest or LONGEST, LONGEST)
