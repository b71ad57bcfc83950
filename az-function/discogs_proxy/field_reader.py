"""What is shown of one property's value: compiled from its field, called for each answer."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

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


class Reader(NamedTuple):
    """How a field is read, and what spares most values of it the way through all of that."""

    read: Read
    kind: type | None
    """The one type of its values; None: there are several."""
    inside: Read | None
    """Reads the objects or lists that are of that type; None: they are neither."""
    noise: frozenset[object]
    """A value of that type is shown as it is, unless it is one of these, or a text that is empty,"""
    longest: int
    """or longer, or holds what nobody sees."""


def reader(field: Field, path: str, show: Read | None) -> Reader:
    """Compile a field; `show` gives its object, or each of its list, where a view says how."""
    show = show or _whole
    read_item = _dispatched(_by_type(field.items or _ANY, field, show, _whole), path, field.items)
    rows = _texts(field, read_item) if field.items == ("string",) else _rows(show, read_item)
    readers = _by_type(field.kinds or _ANY, field, show, rows)
    kind = next(iter(readers)) if len(readers) == 1 else None
    return Reader(
        read=_dispatched(readers, path, field.kinds),
        kind=kind,
        inside=readers[kind] if kind in (list, dict) else None,
        noise=frozenset() if kind is None else _noise(field, kind) - {""},
        longest=_longest(field),
    )


def _by_type(kinds: tuple[str, ...], field: Field, show: Read, rows: Read) -> dict[type, Read]:
    readers: Mapping[type, Read] = {str: _text(field), list: rows, dict: show}
    types = [kind for name in kinds for kind in _TYPES[name]]
    return {kind: readers.get(kind) or _scalar(_noise(field, kind)) for kind in types}


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


def _rows(show: Read, read: Read) -> Read:
    def read_all(value: list[object], surprises: list[str]) -> object:
        shown = []
        for item in value:
            seen = show(item, surprises) if type(item) is dict else read(item, surprises)
            if seen is not None:
                shown.append(seen)
        return shown or None

    return read_all


def _texts(field: Field, read: Read) -> Read:
    """Read a list of texts; in one that is cut each text stands once, or it would cut others off."""
    most, is_plain = _longest(field), _noise(field, str) == {""}
    is_cut = field.longest is not None or field.whole is not None

    def read_all(value: list[Any], surprises: list[str]) -> object:
        for item in value:
            if type(item) is not str or not (item.isprintable() and 0 < len(item) <= LONGEST):
                shown = _each(value, read, surprises)
                break
        else:
            shown = value if is_plain else _each(value, read, surprises)
        if is_cut and len(shown) > 1:
            shown = _once(shown)
        return (shown if len(shown) <= most else [*shown[:most], MARK.strip()]) or None

    return read_all


def _each(value: list[Any], read: Read, surprises: list[str]) -> list[Any]:
    return [seen for item in value if (seen := read(item, surprises)) is not None]


def _once(values: list[Any]) -> list[Any]:
    try:
        return list(dict.fromkeys(values))
    except TypeError:  # there is an object among them
        return values


def _noise(field: Field, kind: type) -> frozenset[object]:
    """Return the values of a type that say nothing; to Python `False` is 0, to JSON it is not."""
    alike = (int, float) if kind in (int, float) else (kind,)
    said = {value for value in field.noise if type(value) in alike}
    return frozenset(said | {""}) if kind is str else frozenset(said)


def _longest(field: Field) -> int:
    return min(field.longest or LONGEST, LONGEST)
