"""Answer for the copies in a collection."""

from dataclasses import replace

from sandbox.lookalike import links
from sandbox.lookalike.answers import Answer, RefusalError, json_answer, no_content
from sandbox.lookalike.call import Call
from sandbox.lookalike.memory.holdings import ALL, UNCATEGORIZED, Folder, Instance
from sandbox.lookalike.ownership import owner, release_of
from sandbox.lookalike.paging import cut, paged
from sandbox.lookalike.payload import invalid
from sandbox.lookalike.routes.folders import own_folder, seen_folder, shown_collection
from sandbox.lookalike.shapes.collection_rows import holding_keys, instance_row
from sandbox.lookalike.sorting import in_order

LARGEST_PAGE = 250
NO_SUCH_ITEM = "The requested collection item does not exist in this user's collection."
NO_SUCH_TARGET = "folder does not exist"


def items_by_release(call: Call) -> Answer:
    """Return a user's copies of one release."""
    user = shown_collection(call)
    copies = [
        each
        for each in call.memory.instances.of(user.username)
        if each.release_id == call.number("release_id")
    ]
    return paged(call.request, "releases", copies, lambda each: instance_row(each, call))


def items(call: Call) -> Answer:
    """Return the copies in a folder; here Discogs honours pages of up to 250 rows."""
    folder = seen_folder(call, shown_collection(call))
    copies = in_order(call.memory.instances_in(folder), call.query, holding_keys(call))
    page = cut(call.request, copies, LARGEST_PAGE)
    return page.answer({"releases": [instance_row(each, call) for each in page.rows]})


def add(call: Call) -> Answer:
    """Add one more copy of a release to a folder."""
    folder = own_folder(call, owner(call))
    if folder.id == ALL:
        raise invalid("folder_id", "releases cannot be added to folder 0")
    release = release_of(call)
    number = call.memory.instances.new_id()
    instance = Instance(number, folder.owner, release.id, call.now, folder.id)
    call.memory.instances.put(instance)
    path = f"collection/folders/{folder.id}/releases/{release.id}?instance_id={number}"
    return json_answer({"instance_id": number, "resource_url": links.user(folder.owner, path)}, 201)


def edit(call: Call) -> Answer:
    """Rate a copy, put it into another folder, or both."""
    instance, payload = own_instance(call, NO_SUCH_ITEM), call.payload()
    rating, target = payload.rating(lowest=0), payload.integer("folder_id")
    if rating is not None:
        instance = replace(instance, rating=rating)
    if target is not None:
        instance = replace(instance, folder_id=_target(call, instance, target))
    call.memory.instances.put(instance)
    return no_content()


def delete(call: Call) -> Answer:
    """Remove a copy."""
    call.memory.instances.remove(own_instance(call, NO_SUCH_ITEM).id)
    return no_content()


def own_instance(call: Call, message: str) -> Instance:
    """Return the caller's copy in the folder that the path names, or refuse; All has them all."""
    return copy_in(own_folder(call, owner(call)), call, message)


def copy_in(folder: Folder, call: Call, message: str) -> Instance:
    """Return the copy that the path names, or refuse."""
    instance = call.memory.instances.get(call.number("instance_id"))
    if (
        instance is None
        or instance.owner != folder.owner
        or instance.release_id != call.number("release_id")
        or folder.id not in (ALL, call.memory.folder_of(instance))
    ):
        raise RefusalError(404, message)
    return instance


def _target(call: Call, instance: Instance, target: int) -> int:
    own = {each.id for each in call.memory.folders.of(instance.owner)}
    if target not in own | {UNCATEGORIZED}:
        raise invalid("folder_id", NO_SUCH_TARGET)
    return target
