"""Answer what a user gave to the catalogue."""

from collections.abc import Callable
from functools import partial

from sandbox.lookalike.answers import Answer
from sandbox.lookalike.call import Call
from sandbox.lookalike.memory.people import User
from sandbox.lookalike.ownership import named_user
from sandbox.lookalike.paging import cut, paged
from sandbox.lookalike.shapes.profiles import contributed
from sandbox.lookalike.shapes.submissions import (
    contributed_release,
    submitted_artist,
    submitted_label,
)
from sandbox.lookalike.sorting import in_order, record_keys
from sandbox.lookalike.view import Json

Rendering = tuple[str, Callable[[], Json]]


def submissions(call: Call) -> Answer:
    """Return what a user submitted; a page holds its rows over all three kinds."""
    page = cut(call.request, _submitted(named_user(call), call))
    kinds: dict[str, list[Json]] = {"artists": [], "labels": [], "releases": []}
    for kind, render in page.rows:
        kinds[kind].append(render())
    return page.answer({"submissions": kinds})


def contributions(call: Call) -> Answer:
    """Return the releases that a user submitted or corrected."""
    releases = contributed(named_user(call), call.catalogue.releases.values())
    keys = record_keys(call.catalogue)
    keys |= {"rating": lambda each: each.average, "added": lambda each: each.id}
    rows = in_order(releases, call.query, keys)
    return paged(
        call.request, "contributions", rows, lambda each: contributed_release(each, call.view)
    )


def _submitted(user: User, call: Call) -> list[Rendering]:
    catalogue, view = call.catalogue, call.view
    artists = (catalogue.artists[each] for each in user.artists)
    labels = (catalogue.labels[each] for each in user.labels)
    releases = (each for each in catalogue.releases.values() if each.submitter == user.username)
    return [
        *(("artists", partial(submitted_artist, each, view)) for each in artists),
        *(("labels", partial(submitted_label, each, view)) for each in labels),
        *(("releases", partial(contributed_release, each, view)) for each in releases),
    ]
