"""Answer what anybody may ask of the catalogue."""

from collections.abc import Sequence

from sandbox.lookalike.answers import Answer, json_answer
from sandbox.lookalike.call import Call
from sandbox.lookalike.catalogue import Artist, Label, Master
from sandbox.lookalike.ownership import found, release_of
from sandbox.lookalike.paging import paged
from sandbox.lookalike.search import find, fold
from sandbox.lookalike.shapes.artists import artist_body, artist_rows
from sandbox.lookalike.shapes.labels import label_body, label_rows
from sandbox.lookalike.shapes.masters import (
    applied_filters,
    available_filters,
    facets,
    master_body,
    version_rows,
)
from sandbox.lookalike.shapes.releases import release_body
from sandbox.lookalike.shapes.search_rows import search_row
from sandbox.lookalike.view import Json

NO_SUCH_MASTER = "That master release does not exist or may have been deleted."
NO_SUCH_ARTIST = "Artist not found."
NO_SUCH_LABEL = "Label not found"


def root(call: Call) -> Answer:
    """Greet, and count."""
    keys = ("releases", "artists", "labels")
    return json_answer(
        {
            "hello": "Welcome to the Discogs API.",
            "api_version": "v2",
            "documentation_url": "http://www.discogs.com/developers",
            "statistics": {key: len(getattr(call.catalogue, key)) for key in keys},
        }
    )


def release(call: Call) -> Answer:
    """Return a release; the price stays in dollars, whatever currency was asked for."""
    return json_answer(release_body(release_of(call), call.view))


def stats(call: Call) -> Answer:
    """Return what is left of a release's statistics since Discogs broke them."""
    release_of(call)
    return json_answer({"is_offensive": False})


def master(call: Call) -> Answer:
    """Return a master."""
    return json_answer(master_body(_master(call), call.view))


def versions(call: Call) -> Answer:
    """Return the releases of a master, with its facets."""
    master = _master(call)
    rows = version_rows(master, call.view, call.query)
    keys = ("released", "title", "format", "label", "catno", "country")
    more: Json = {
        "filters": {
            "applied": applied_filters(call.query),
            "available": available_filters(master, call.view),
        },
        "filter_facets": facets(master, call.view),
    }
    return paged(call.request, "versions", _sorted(rows, call, keys), more=more)


def artist(call: Call) -> Answer:
    """Return an artist."""
    return json_answer(artist_body(_artist(call), call.view))


def artist_releases(call: Call) -> Answer:
    """Return what an artist made, and where he took part."""
    rows = artist_rows(_artist(call), call.view)
    return paged(call.request, "releases", _sorted(rows, call, ("year", "title", "format")))


def label(call: Call) -> Answer:
    """Return a label."""
    return json_answer(label_body(_label(call), call.view))


def label_releases(call: Call) -> Answer:
    """Return what a label released."""
    return paged(call.request, "releases", label_rows(_label(call), call.view))


def search(call: Call) -> Answer:
    """Return what a search finds."""
    found_entries = find(call.entries, call.query)
    return paged(call.request, "results", found_entries, lambda each: search_row(each, call.view))


def _master(call: Call) -> Master:
    return found(call.catalogue.masters, call.number("master_id"), NO_SUCH_MASTER)


def _artist(call: Call) -> Artist:
    return found(call.catalogue.artists, call.number("artist_id"), NO_SUCH_ARTIST)


def _label(call: Call) -> Label:
    return found(call.catalogue.labels, call.number("label_id"), NO_SUCH_LABEL)


def _sorted(rows: list[Json], call: Call, keys: Sequence[str]) -> list[Json]:
    # Here Discogs takes an order that it does not know for none.
    key = call.query.get("sort", "")
    if key not in keys:
        return rows
    descending = call.query.get("sort_order") == "desc"
    return sorted(rows, key=lambda row: fold(str(row.get(key, ""))), reverse=descending)
