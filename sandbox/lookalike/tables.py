"""Build dataclasses from the tables of a TOML file, and say which entry does not fit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import is_dataclass
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Kind = TypeVar("Kind")
Table = Mapping[str, Any]
Tables = Sequence[Table]


class CatalogueError(ValueError):
    """Say which entries of the catalogue or of the seeds are wrong, and why."""

    def __init__(self, faults: Iterable[str]) -> None:
        super().__init__("\n".join(faults))


def build(kind: type[Kind], value: object, place: str) -> Kind:
    """Return a dataclass made from a table, or from an array that names its fields in order."""
    hints = get_type_hints(kind)
    if isinstance(value, list) and len(value) <= len(hints):
        value = dict(zip(hints, value, strict=False))
    if not isinstance(value, Mapping):
        raise CatalogueError([f"{place}: {value!r} is no {kind.__name__}"])
    for key in value.keys() - hints.keys():
        raise CatalogueError([f"{place}: unknown key {key!r}"])
    try:
        return kind(**{k: _convert(hints[k], v, f"{place}, {k}") for k, v in value.items()})
    except TypeError as error:
        raise CatalogueError([f"{place}: {error}"]) from error


def keyed(kind: type[Kind], tables: Tables, *keys: str) -> dict[Any, Kind]:
    """Return the entries of one kind by their key, which may have several parts; none twice."""
    entries: dict[Any, Kind] = {}
    for table in tables:
        parts = tuple(table.get(each) for each in keys)
        name = " ".join("without id" if each is None else str(each) for each in parts)
        place = f"{kind.__name__.lower()} {name}"
        key = parts[0] if len(parts) == 1 else parts
        if key in entries:
            raise CatalogueError([f"{place}: the {' and '.join(keys)} is taken twice"])
        entries[key] = build(kind, table, place)
    return entries


def _convert(hint: object, value: object, place: str) -> object:
    if isinstance(hint, UnionType):
        hint = get_args(hint)[0]
    if get_origin(hint) is tuple and isinstance(value, list):
        kind = get_args(hint)[0]
        return tuple(_convert(kind, item, f"{place} {n}") for n, item in enumerate(value, 1))
    if is_dataclass(hint) and isinstance(hint, type):
        return build(hint, value, place)
    if type(value) is not hint:
        raise CatalogueError([f"{place}: {value!r} has the wrong type"])
    return value
