"""Write and sort the copies in a collection."""

from collections.abc import Callable
from typing import Any

from sandbox.lookalike.call import Call
from sandbox.lookalike.memory.holdings import Instance, Want
from sandbox.lookalike.ownership import is_owner
from sandbox.lookalike.shapes.basic_information import basic_information
from sandbox.lookalike.sorting import record_keys
from sandbox.lookalike.view import Json


def instance_row(instance: Instance, call: Call) -> Json:
    """Return the row of a copy; others than its owner see no folder, and only public fields."""
    is_own = is_owner(call, instance.owner)
    public = {each.id for each in call.memory.fields if each.is_public or is_own}
    notes = [
        {"field_id": each.field_id, "value": each.value}
        for each in instance.notes
        if each.field_id in public
    ]
    release = call.catalogue.releases[instance.release_id]
    return {
        "id": instance.release_id,
        "instance_id": instance.id,
        "date_added": instance.added,
        "rating": instance.rating,
        "basic_information": basic_information(release, call.view),
        **({"folder_id": call.memory.folder_of(instance)} if is_own else {}),
        **({"notes": notes} if notes else {}),
    }


def holding_keys(call: Call) -> dict[str, Callable[[Instance | Want], Any]]:
    """Return by what the copies in a folder can be sorted, and a wantlist too."""
    releases = call.catalogue.releases
    by_record = {
        name: lambda each, key=key: key(releases[each.release_id])
        for name, key in record_keys(call.catalogue).items()
    }
    own = {"rating": lambda each: each.rating, "added": lambda each: each.added}
    return {**by_record, **own}
