"""Bring rows into the order that the caller asks for."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from sandbox.lookalike.catalogue import Catalogue
from sandbox.lookalike.payload import not_among
from sandbox.lookalike.record import Release
from sandbox.lookalike.search import fold
from sandbox.lookalike.shapes.credits import artist_line, label_line
from sandbox.lookalike.shapes.formats import format_line

Row = TypeVar("Row")


def in_order(
    rows: Iterable[Row], query: Mapping[str, str], keys: Mapping[str, Callable[[Row], Any]]
) -> list[Row]:
    """Return the rows sorted, or as they are for a caller who does not care."""
    name = query.get("sort", "")
    if not name:
        return list(rows)
    if name not in keys:
        raise not_among("sort", keys)
    return sorted(rows, key=keys[name], reverse=query.get("sort_order", "").lower() == "desc")


def record_keys(catalogue: Catalogue) -> dict[str, Callable[[Release], Any]]:
    """Return by what releases can be sorted wherever they are listed."""
    return {
        "label": lambda release: fold(label_line(release.labels, catalogue)),
        "artist": lambda release: fold(artist_line(release.artists, catalogue)),
        "title": lambda release: fold(release.title),
        "catno": lambda release: fold(release.labels[0].catno),
        "format": lambda release: fold(format_line(release.formats)),
        "year": lambda release: release.year,
    }
