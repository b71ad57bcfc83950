"""Make, change and delete lists, for which the API of Discogs has no call."""

from dataclasses import replace

from sandbox.lookalike.answers import Answer, RefusalError, json_answer, no_content
from sandbox.lookalike.command import Command
from sandbox.lookalike.memory.lists import ListItem, UserList
from sandbox.lookalike.ownership import NO_SUCH_USER
from sandbox.lookalike.payload import Payload, invalid, read_payload
from sandbox.lookalike.router import NOT_FOUND
from sandbox.lookalike.shapes.lists import list_body
from sandbox.lookalike.view import View

MOST_ITEMS = 1000


def create(command: Command) -> Answer:
    """Make a list: {"name", "owner"?, "description"?, "public"?, "items"?: [{"type", "id", …}]}."""
    controls, payload = command.controls, read_payload(command.request.body)
    owner = controls.memory.users.get(payload.text("owner") or controls.owner)
    if owner is None:
        raise RefusalError(404, NO_SUCH_USER)
    blank = UserList(0, owner.username, "", controls.now, controls.now)
    made = _changed(blank, payload, command)
    return _put(command, replace(made, id=controls.memory.lists.new_id()), 201)


def change(command: Command) -> Answer:
    """Change a list where the body says something; items replace all that there were."""
    return _put(command, _changed(_list(command), read_payload(command.request.body), command), 200)


def delete(command: Command) -> Answer:
    """Delete a list."""
    command.controls.memory.lists.remove(_list(command).id)
    return no_content()


def _list(command: Command) -> UserList:
    each = command.controls.memory.lists.get(int(command.names["list_id"]))
    if each is None:
        raise RefusalError(404, NOT_FOUND)
    return each


def _changed(each: UserList, payload: Payload, command: Command) -> UserList:
    changed = replace(
        each,
        name=payload.text("name") or each.name,
        description=payload.text_or("description", each.description),
        is_public=payload.flag_or("public", old=each.is_public),
        items=_items(payload, command) if payload.has("items") else each.items,
        changed=command.controls.now,
    )
    if not changed.name:
        raise invalid("name", "expected string")
    return changed


def _items(payload: Payload, command: Command) -> tuple[ListItem, ...]:
    items = tuple(
        ListItem(each.text("type") or "", each.integer("id") or 0, each.text("comment") or "")
        for each in payload.objects("items")
    )
    for item in items:
        if command.controls.catalogue.entry(item.type, item.id) is None:
            raise invalid("items", f"there is no {item.type} {item.id}")
    return items[:MOST_ITEMS]


def _put(command: Command, each: UserList, status: int) -> Answer:
    memory = command.controls.memory
    memory.lists.put(each)
    view = View(command.controls.catalogue)
    return json_answer(list_body(each, memory.users.known(each.owner), view), status)
