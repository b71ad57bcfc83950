"""Find the answer to a path."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from sandbox.lookalike.answers import Answer, RefusalError, json_answer
from sandbox.lookalike.artists import artist_body, artist_rows
from sandbox.lookalike.labels import label_body, label_rows
from sandbox.lookalike.masters import applied_filters, empty_facets, master_body, version_rows
from sandbox.lookalike.paging import paged
from sandbox.lookalike.releases import release_body
from sandbox.lookalike.request import Request
from sandbox.lookalike.search import find, fold
from sandbox.lookalike.search_index import Entry
from sandbox.lookalike.search_rows import search_row
from sandbox.lookalike.view import Json, View

Thing = TypeVar("Thing")
NO_SUCH_ROUTE = "The requested resource was not found."
NO_SUCH_RELEASE = "That release does not exist or may have been deleted."
NO_SUCH_MASTER = "That master release does not exist or may have been deleted."
NO_SUCH_ARTIST = "Artist not found."
NO_SUCH_LABEL = "Label not found"


class Call(NamedTuple):
    """Hold what a route answers from: the request, its id, the view and the search entries."""

    request: Request
    id: int
    view: View
    entries: Sequence[Entry]


def answer(request: Request, view: View, entries: Sequence[Entry]) -> Answer:
    """Return the answer of the API, or refuse an unknown path, verb or id."""
    for pattern, route in ROUTES.items():
        if match := re.fullmatch(pattern, request.path):
            if request.method not in ("GET", "HEAD"):
                text = f"Method {request.method} is not allowed for this resource."
                raise RefusalError(405, text, {"allow": "GET, HEAD"})
            return route(Call(request, int(match.groupdict().get("id", 0)), view, entries))
    raise RefusalError(404, NO_SUCH_ROUTE)


def _root(call: Call) -> Answer:
    catalogue = call.view.catalogue
    counts = {key: len(getattr(catalogue, key)) for key in ("releases", "artists", "labels")}
    return json_answer(
        {
            "hello": "Welcome to the Discogs API.",
            "api_version": "v2",
            "documentation_url": "http://www.discogs.com/developers",
            "statistics": counts,
        }
    )


def _artist(call: Call) -> Answer:
    artist = _found(call.view.catalogue.artists, call.id, NO_SUCH_ARTIST)
    return json_answer(artist_body(artist, call.view))


def _artist_releases(call: Call) -> Answer:
    artist = _found(call.view.catalogue.artists, call.id, NO_SUCH_ARTIST)
    rows = artist_rows(artist, call.view)
    return paged(call.request, "releases", _sorted(rows, call, ("year", "title", "format")))


def _release(call: Call) -> Answer:
    release = _found(call.view.catalogue.releases, call.id, NO_SUCH_RELEASE)
    return json_answer(release_body(release, call.view))


def _master(call: Call) -> Answer:
    master = _found(call.view.catalogue.masters, call.id, NO_SUCH_MASTER)
    return json_answer(master_body(master, call.view))


def _versions(call: Call) -> Answer:
    master = _found(call.view.catalogue.masters, call.id, NO_SUCH_MASTER)
    query = call.request.query
    rows = version_rows(master, call.view, query)
    keys = ("released", "title", "format", "label", "catno", "country")
    facets = empty_facets()
    filters = {"applied": applied_filters(query), "available": {str(f["id"]): {} for f in facets}}
    more: Json = {"filters": filters, "filter_facets": facets}
    return paged(call.request, "versions", _sorted(rows, call, keys), more=more)


def _label(call: Call) -> Answer:
    label = _found(call.view.catalogue.labels, call.id, NO_SUCH_LABEL)
    return json_answer(label_body(label, call.view))


def _label_releases(call: Call) -> Answer:
    label = _found(call.view.catalogue.labels, call.id, NO_SUCH_LABEL)
    return paged(call.request, "releases", label_rows(label, call.view))


def _search(call: Call) -> Answer:
    found = find(call.entries, call.request.query)
    return paged(call.request, "results", found, lambda entry: search_row(entry, call.view))


def _found(things: Mapping[int, Thing], entry_id: int, message: str) -> Thing:
    if entry_id not in things:
        raise RefusalError(404, message)
    return things[entry_id]


def _sorted(rows: list[Json], call: Call, keys: Sequence[str]) -> list[Json]:
    query = call.request.query
    key = query.get("sort", "")
    if key not in keys:
        return rows
    descending = query.get("sort_order") == "desc"
    return sorted(rows, key=lambda row: fold(str(row.get(key, ""))), reverse=descending)


# Nobody has an id of more digits, and Python converts no number of more than 4,300.
ID = r"(?P<id>[0-9]{1,99})"
ROUTES: Mapping[str, Callable[[Call], Answer]] = {
    "/": _root,
    f"/artists/{ID}": _artist,
    f"/artists/{ID}/releases": _artist_releases,
    f"/releases/{ID}": _release,
    f"/masters/{ID}": _master,
    f"/masters/{ID}/versions": _versions,
    f"/labels/{ID}": _label,
    f"/labels/{ID}/releases": _label_releases,
    "/database/search": _search,
}
