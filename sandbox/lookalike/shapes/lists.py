"""Write the lists of users, and what is in them."""

from collections.abc import Sequence

from sandbox.lookalike import links
from sandbox.lookalike.catalogue import SECTIONS, Artist, Entry, Label, Master
from sandbox.lookalike.memory.lists import ListItem, UserList
from sandbox.lookalike.memory.people import User
from sandbox.lookalike.record import Release
from sandbox.lookalike.shapes.credits import artist_line
from sandbox.lookalike.view import Json, View


def list_row(each: UserList, view: View) -> Json:
    """Return the row of a list among the others of its owner."""
    return {
        "id": each.id,
        "name": each.name,
        "description": view.text(each.description),
        "public": each.is_public,
        "date_added": each.added,
        "date_changed": each.changed,
        "uri": f"{links.SITE}/lists/{each.id}",
        "resource_url": links.api("lists", each.id),
    }


def list_body(each: UserList, owner: User, view: View) -> Json:
    """Return a list with its items."""
    user = {
        "id": owner.id,
        "avatar_url": links.avatar(owner.id),
        "username": owner.username,
        "resource_url": links.user(owner.username),
    }
    items = [
        _item(item, entry, view)
        for item in each.items
        if (entry := view.catalogue.entry(item.type, item.id))
    ]
    pictures = (item["image_url"] for item in items if item["image_url"])
    more: Json = {"image_url": next(pictures, ""), "user": user, "items": items}
    return list_row(each, view) | more


def _item(item: ListItem, entry: Entry, view: View) -> Json:
    record = view.catalogue.main_release(entry) if isinstance(entry, Master) else entry
    body: Json = {"type": item.type, "id": item.id, "comment": view.text(item.comment)}
    if not isinstance(record, Release):
        return body | _pointer(item, (record.name,), _cover(item.type[0].upper(), record))
    names = (artist_line(record.artists, view.catalogue), record.title)
    return body | _pointer(item, names, _cover("R", record)) | {"stats": view.stats(record)}


def _pointer(item: ListItem, names: Sequence[str], cover: str) -> Json:
    return {
        "display_title": " - ".join(names),
        "uri": links.page(item.type, item.id, *names),
        "image_url": cover,
        "resource_url": links.api(SECTIONS[item.type], item.id),
    }


def _cover(kind: str, record: Artist | Label | Release) -> str:
    return links.cover(kind, record.id) if record.pictured else ""
