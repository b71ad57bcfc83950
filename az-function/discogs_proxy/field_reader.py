"""What is shown of one property's value: compiled from its field, called for each answer.

A reader looks first for what most values are: for a long answer it is called a thousand times.
Who calls it looks for the plainest ones itself, which costs less than the call.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple, TypeAlias

from discogs_proxy.plain_text import LONGEST, MARK, cut, plain, tidy
from discogs_proxy.view import Field

Read: TypeAlias = Callable[[Any, list[str]], object]
"""Takes a value that is not null and gives what is shown of it, None where that is nothing.
A value of another type than described is shown whole, and its path put into the list."""


class Reader(NamedTuple):
    """How a field is read, and which values are plain: shown as they are, with no call."""

    read: Read
    kind: type | None
    """The type of plain values; a text has to be printable, not empty, and not longer than
    `longest`. None: there are no plain values."""
    noise: frozenset[object] | None
    """What of this type says nothing; None: nothing is so."""
    longest: int


_MORE = MARK.strip()
_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}

_PLAIN = (str, int, bool)


def reader(field: Field, path: str, show: Read | None) -> Reader:
    """Compile a field; `show` gives its object, or each of its list, where a view says how."""
    show = show or _whole
    item = replace(field, kinds=field.items, longest=None)
    read_item = _read(item, show, lambda _: _whole, _otherwise(path, field.items))
    is_of_texts = field.items == ("string",)

    def rows(other: Read) -> Read:
        return _texts(field, read_item, other) if is_of_texts else _rows(show, read_item, other)

    read = _read(field, show, rows, _otherwise(path, field.kinds))
    kinds = [kind for name in field.kinds for kind in _TYPES[name]]
    kind = kinds[0] if len(kinds) == 1 and kinds[0] in _PLAIN else None
    return Reader(read, kind, _noise(field, kind) or None if kind else None, _longest(field))


def _read(field: Field, show: Read, rows: Callable[[Read], Read], other: Read) -> Read:
    """Compile a reader for each of a field's kinds; `other` reads what is of none of them."""
    kinds = [kind for name in field.kinds or _TYPES for kind in _TYPES[name]]
    make: Mapping[type, Callable[[Read], Read]] = {
        str: lambda other: _text(field, other),
        list: rows,
        dict: lambda other: _checked(dict, show, other),
    }
    readers = {
        kind: make[kind](other) if kind in make else _scalar(kind, _noise(field, kind), other)
        for kind in kinds
    }
    return next(iter(readers.values())) if len(readers) == 1 else _dispatched(readers, other)


def _dispatched(readers: Mapping[type, Read], other: Read) -> Read:
    def read(value: Any, surprises: list[str]) -> object:  # noqa: ANN401 - any JSON
        return readers.get(type(value), other)(value, surprises)

    return read


def _otherwise(path: str, kinds: tuple[str, ...]) -> Read:
    """Compile what reads a value of a type that was not described."""
    takes_whole = "integer" in kinds

    def read(value: Any, surprises: list[str]) -> object:  # noqa: ANN401 - any JSON
        if value is None or value in ("", [], {}):
            return None
        if not (takes_whole and type(value) is float and value.is_integer()):
            surprises.append(path)
        return plain(value)

    return read


def _whole(value: Any, _: list[str]) -> object:  # noqa: ANN401 - a list or an object
    return plain(value) if value else None


def _checked(kind: type, known: Read, other: Read) -> Read:
    def read(value: Any, surprises: list[str]) -> object:  # noqa: ANN401 - any JSON
        return known(value, surprises) if type(value) is kind else other(value, surprises)

    return read


def _scalar(kind: type, noise: frozenset[object], other: Read) -> Read:
    def read(value: Any, surprises: list[str]) -> object:  # noqa: ANN401 - any JSON
        if type(value) is not kind:
            return other(value, surprises)
        return None if value in noise else value

    return read


def _text(field: Field, other: Read) -> Read:
    noise, longest = _noise(field, str), _longest(field)

    def read(value: Any, surprises: list[str]) -> object:  # noqa: ANN401 - any JSON
        if type(value) is not str:
            return other(value, surprises)
        if not value:
            return None
        if len(value) <= longest and value.isprintable():
            return None if noise and value in noise else value
        text = tidy(value)
        return None if not text or text in noise else cut(text, longest)

    return read


def _rows(show: Read, read_item: Read, other: Read) -> Read:
    def read(value: Any, surprises: list[str]) -> object:  # noqa: ANN401 - any JSON
        if type(value) is not list:
            return other(value, surprises)
        shown = []
        for item in value:
            seen = show(item, surprises) if type(item) is dict else read_item(item, surprises)
            if seen is not None:
                shown.append(seen)
        return shown or None

    return read


def _texts(field: Field, read_item: Read, other: Read) -> Read:
    """Read a list of texts; where it is too long, each stands once before others are cut off."""
    most, is_quick = _longest(field), not _noise(field, str)

    def read(value: Any, surprises: list[str]) -> object:  # noqa: ANN401 - any JSON
        if type(value) is not list:
            return other(value, surprises)
        if is_quick and _are_plain(value):  # most lists are so
            return (_first(value, most) if len(value) > most else value) or None
        seen = [shown for item in value if (shown := read_item(item, surprises)) is not None]
        return (_first(seen, most) if len(seen) > most else seen) or None

    return read


def _are_plain(values: list[Any]) -> bool:
    """Tell whether values are texts that are shown as they are; all are looked at in one go."""
    try:
        whole = "".join(values)
    except TypeError:
        return False
    return whole.isprintable() and len(whole) <= LONGEST and "" not in values


def _first(texts: list[Any], most: int) -> list[Any]:
    """Return the first of some texts, each once; all, where one of them is no text."""
    try:
        head = texts[: most + 1]
        once = head if len(set(head)) > most else list(dict.fromkeys(texts))
    except TypeError:
        return texts
    return once if len(once) <= most else [*once[:most], _MORE]


def _noise(field: Field, kind: type) -> frozenset[object]:
    """Return the values of a type that say nothing; to Python `False` is 0, to JSON it is not."""
    alike = (int, float) if kind in (int, float) else (kind,)
    return frozenset(value for value in field.noise if type(value) in alike)


def _longest(field: Field) -> int:
    return min(field.longest or LONGEST, LONGEST)
