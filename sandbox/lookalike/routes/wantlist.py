"""Answer for what users look for."""

from dataclasses import replace

from sandbox.lookalike import links
from sandbox.lookalike.answers import Answer, RefusalError, json_answer, no_content
from sandbox.lookalike.call import Call
from sandbox.lookalike.memory.holdings import Want
from sandbox.lookalike.ownership import (
    is_owner,
    named_user,
    owner,
    release_of,
    shown,
)
from sandbox.lookalike.paging import paged
from sandbox.lookalike.router import NOT_FOUND
from sandbox.lookalike.shapes.basic_information import basic_information
from sandbox.lookalike.shapes.collection_rows import holding_keys
from sandbox.lookalike.sorting import in_order
from sandbox.lookalike.view import Json


def wants(call: Call) -> Answer:
    """Return the wantlist of a user."""
    user = named_user(call)
    shown(call, user, is_public=user.has_public_wantlist)
    rows = in_order(call.memory.wants_of(user.username), call.query, holding_keys(call))
    return paged(call.request, "wants", rows, lambda each: _row(each, call))


def add(call: Call) -> Answer:
    """Put a release on the caller's own wantlist; one that is there is only changed."""
    user, release = owner(call), release_of(call)
    there = call.memory.wants.get((user.username, release.id))
    want = _changed(there or Want(user.username, release.id, call.now), call)
    return json_answer(_row(want, call), 201)


def edit(call: Call) -> Answer:
    """Change the notes or the rating of a release on the caller's own wantlist."""
    return json_answer(_row(_changed(_own(call), call), call))


def remove(call: Call) -> Answer:
    """Take a release off the caller's own wantlist."""
    want = _own(call)
    del call.memory.wants[want.owner, want.release_id]
    return no_content()


def _own(call: Call) -> Want:
    want = call.memory.wants.get((owner(call).username, call.number("release_id")))
    if want is None:
        raise RefusalError(404, NOT_FOUND)
    return want


def _changed(want: Want, call: Call) -> Want:
    payload = call.payload()
    rating = payload.rating(lowest=0)
    changed = replace(
        want,
        notes=payload.text_or("notes", want.notes),
        rating=want.rating if rating is None else rating,
        has_public_notes=payload.flag_or("notes_public", old=want.has_public_notes),
    )
    call.memory.wants[want.owner, want.release_id] = changed
    return changed


def _row(want: Want, call: Call) -> Json:
    release = call.catalogue.releases[want.release_id]
    sees_notes = want.has_public_notes or is_owner(call, want.owner)
    return {
        "id": want.release_id,
        "resource_url": links.user(want.owner, f"wants/{want.release_id}"),
        "date_added": want.added,
        "rating": want.rating,
        "basic_information": basic_information(release, call.view),
        **({"notes": want.notes} if sees_notes else {}),
    }
