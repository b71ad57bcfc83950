"""Read the catalogue from TOML into its dataclasses."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import is_dataclass, replace
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from sandbox.lookalike.catalogue import Artist, Catalogue, Label, Master
from sandbox.lookalike.integrity import CatalogueError, check
from sandbox.lookalike.record import Release, Track

BUNDLED = Path(__file__).with_name("catalogue.toml")
RANGE = re.compile(r"(.*?)(\d+)\.\.(\d+)")

Kind = TypeVar("Kind")
Table = Mapping[str, Any]
Tables = Sequence[Table]


def load(path: Path = BUNDLED) -> Catalogue:
    """Read and check a catalogue file; without a path, the bundled one."""
    return parse(path.read_text(encoding="utf-8"))


def parse(text: str) -> Catalogue:
    """Read and check the text of a catalogue."""
    tables = tomllib.loads(text)
    masters: Tables = tables.get("masters", [])
    shared = {each.get("id"): each for each in masters}
    releases = [_with_shared(each, shared) for each in tables.get("releases", [])]
    own = get_type_hints(Master)
    catalogue = Catalogue(
        artists=_by_id(Artist, tables.get("artists", [])),
        labels=_by_id(Label, tables.get("labels", [])),
        masters=_by_id(Master, [{k: v for k, v in each.items() if k in own} for each in masters]),
        releases={key: _numbered(each) for key, each in _by_id(Release, releases).items()},
    )
    check(catalogue)
    return catalogue


def _with_shared(table: Table, shared: Mapping[object, Table]) -> Table:
    own = get_type_hints(Master)
    master = shared.get(table.get("master"), {})
    return {key: value for key, value in master.items() if key not in own} | dict(table)


def _by_id(kind: type[Kind], tables: Tables) -> dict[int, Kind]:
    entries: dict[int, Kind] = {}
    for table in tables:
        place = f"{kind.__name__.lower()} {table.get('id', 'without id')}"
        if table.get("id") in entries:
            raise CatalogueError([f"{place}: the id is taken twice"])
        entries[table.get("id", 0)] = _build(kind, table, place)
    return entries


def _build(kind: type[Kind], value: object, place: str) -> Kind:
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


def _convert(hint: object, value: object, place: str) -> object:
    if isinstance(hint, UnionType):
        hint = get_args(hint)[0]
    if get_origin(hint) is tuple and isinstance(value, list):
        return tuple(_convert(get_args(hint)[0], item, place) for item in value)
    if is_dataclass(hint) and isinstance(hint, type):
        return _build(hint, value, place)
    if type(value) is not hint:
        raise CatalogueError([f"{place}: {value!r} has the wrong type"])
    return value


def _numbered(release: Release) -> Release:
    lines = [each for each in release.all_tracks if each.kind == "track"]
    names = list(_expand(release.positions or f"1..{len(lines)}"))
    if len(names) != len(lines):
        raise CatalogueError(
            [f"release {release.id}: {len(names)} positions for {len(lines)} tracks"]
        )
    supply = iter(names)
    return replace(release, tracks=tuple(_placed(each, supply) for each in release.tracks))


def _expand(positions: str) -> Iterator[str]:
    for token in positions.split():
        if spread := RANGE.fullmatch(token):
            prefix, first, last = spread.groups()
            yield from (f"{prefix}{number}" for number in range(int(first), int(last) + 1))
        else:
            yield token


def _placed(track: Track, supply: Iterator[str]) -> Track:
    if track.kind == "track":
        return replace(track, position=next(supply))
    return replace(track, sub_tracks=tuple(_placed(each, supply) for each in track.sub_tracks))
