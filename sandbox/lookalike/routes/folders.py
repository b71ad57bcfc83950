"""Answer for the folders of a collection."""

from collections import Counter
from dataclasses import replace

from sandbox.lookalike import links
from sandbox.lookalike.answers import Answer, RefusalError, json_answer, no_content
from sandbox.lookalike.call import Call
from sandbox.lookalike.memory.holdings import ALL, Folder
from sandbox.lookalike.memory.people import User
from sandbox.lookalike.ownership import HIDDEN, NOT_YOURS, is_owner, named_user, owner, shown
from sandbox.lookalike.payload import invalid
from sandbox.lookalike.view import Json

NO_SUCH_FOLDER = "The requested folder does not exist."
NOT_EMPTY = "A folder must be empty before it can be deleted."


def folders(call: Call) -> Answer:
    """Return the folders of a user; others see only All, and only if it is public."""
    user = shown_collection(call)
    everything = call.memory.folders_of(user.username)
    seen = everything if is_owner(call, user.username) else everything[:1]
    counts = call.memory.counts_of(user.username)
    return json_answer({"folders": [_body(each, counts) for each in seen]})


def create(call: Call) -> Answer:
    """Add a folder to the caller's own collection."""
    user, name = owner(call), _name(call)
    folder = Folder(call.memory.folders.new_id(), user.username, name)
    call.memory.folders.put(folder)
    return _answer(folder, call, 201)


def folder(call: Call) -> Answer:
    """Return one folder."""
    return _answer(seen_folder(call, shown_collection(call)), call)


def rename(call: Call) -> Answer:
    """Give the caller's own folder another name."""
    renamed = replace(_changeable(call), name=_name(call))
    call.memory.folders.put(renamed)
    return _answer(renamed, call)


def delete(call: Call) -> Answer:
    """Remove the caller's own folder, if nothing is in it."""
    folder = _changeable(call)
    if call.memory.instances_in(folder):
        raise RefusalError(422, NOT_EMPTY)
    call.memory.folders.remove(folder.id)
    return no_content()


def shown_collection(call: Call) -> User:
    """Return the user in the path if the caller may see his collection, or refuse."""
    user = named_user(call)
    return shown(call, user, is_public=user.has_public_collection)


def seen_folder(call: Call, user: User) -> Folder:
    """Return the folder in the path, or refuse; all but All are for the owner alone."""
    if call.number("folder_id") != ALL and not is_owner(call, user.username):
        raise RefusalError(403, HIDDEN)
    return own_folder(call, user)


def own_folder(call: Call, user: User) -> Folder:
    """Return the user's folder that the path names, or refuse."""
    for each in call.memory.folders_of(user.username):
        if each.id == call.number("folder_id"):
            return each
    raise RefusalError(404, NO_SUCH_FOLDER)


def _changeable(call: Call) -> Folder:
    folder = own_folder(call, owner(call))
    if folder.is_fixed:
        raise RefusalError(403, NOT_YOURS)
    return folder


def _name(call: Call) -> str:
    name = call.payload().text("name")
    if not name:
        raise invalid("name", "expected string")
    return name


def _answer(folder: Folder, call: Call, status: int = 200) -> Answer:
    return json_answer(_body(folder, call.memory.counts_of(folder.owner)), status)


def _body(folder: Folder, counts: Counter[int]) -> Json:
    return {
        "id": folder.id,
        "name": folder.name,
        "count": counts[folder.id],
        "resource_url": links.user(folder.owner, f"collection/folders/{folder.id}"),
    }
