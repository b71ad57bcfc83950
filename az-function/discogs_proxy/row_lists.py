"""The lists of an answer: where they are, and the answer with some of them changed."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

Path: TypeAlias = tuple[str, ...]
"""The names that lead to a list, from the outermost object inwards."""
Data: TypeAlias = dict[str, Any]

_NAME = re.compile(r"[a-z_]{1,40}")
_DEEPEST = 4


class Position(NamedTuple):
    """A row of a list."""

    path: Path
    row: int

    @classmethod
    def read(cls, text: str) -> "Position":
        """Read what `str` writes, such as `tracklist:120`."""
        path, _, row = text.partition(":")
        return cls(tuple(path.split(".")), int(row))

    def __str__(self) -> str:
        return f"{'.'.join(self.path)}:{self.row}"


def found(data: Mapping[str, Any], above: Path = ()) -> Iterator[tuple[Path, list[Any]]]:
    """Yield each list that a position can name: none that is within a row."""
    for name, value in data.items():
        path = (*above, name)
        if not _NAME.fullmatch(name):
            continue
        if isinstance(value, list):
            yield path, value
        elif isinstance(value, dict) and len(path) < _DEEPEST:
            yield from found(value, path)


def emptied(data: Data, paths: Collection[Path], above: Path = ()) -> Data:
    """Return a copy in which the lists at these paths have no rows."""
    changed = dict(data)
    for name, value in data.items():
        path = (*above, name)
        if path in paths:
            changed[name] = []
        elif isinstance(value, dict) and any(each[: len(path)] == path for each in paths):
            changed[name] = emptied(value, paths, path)
    return changed


def alone(data: Data, position: Position) -> tuple[Data, bool]:
    """Return the data with the rows of one list from a position on, and without other lists.

    Tell whether there is such a list.
    """
    rows = dict(found(data)).get(position.path)
    rest = _without_lists(data, _DEEPEST)
    if rows is not None:
        place(rest, position.path, rows[position.row :])
    return rest, rows is not None


def place(data: Data, path: Path, rows: list[Any]) -> None:
    """Put rows where a path leads, in data of which the objects on the way may be changed."""
    for name in path[:-1]:
        data = data.setdefault(name, {})
    data[path[-1]] = rows


def _without_lists(data: Data, levels: int) -> Data:
    kept = {name: value for name, value in data.items() if not isinstance(value, list)}
    if levels > 1:
        for name, value in kept.items():
            if isinstance(value, dict):
                kept[name] = _without_lists(value, levels - 1)
    return kept
