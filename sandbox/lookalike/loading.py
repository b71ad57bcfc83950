"""Read the catalogue from TOML into its dataclasses."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import get_type_hints

from sandbox.lookalike.catalogue import Artist, Catalogue, Label, Master
from sandbox.lookalike.integrity import check
from sandbox.lookalike.record import Release, Track
from sandbox.lookalike.tables import CatalogueError, Table, Tables, keyed

BUNDLED = Path(__file__).with_name("catalogue.toml")
RANGE = re.compile(r"(.*?)(\d+)\.\.(\d+)")


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
        artists=keyed(Artist, tables.get("artists", []), "id"),
        labels=keyed(Label, tables.get("labels", []), "id"),
        masters=keyed(
            Master, [{k: v for k, v in each.items() if k in own} for each in masters], "id"
        ),
        releases={key: _numbered(each) for key, each in keyed(Release, releases, "id").items()},
    )
    check(catalogue)
    return catalogue


def _with_shared(table: Table, shared: Mapping[object, Table]) -> Table:
    own = get_type_hints(Master)
    master = shared.get(table.get("master"), {})
    return {key: value for key, value in master.items() if key not in own} | dict(table)


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
