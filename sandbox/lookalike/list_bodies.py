"""Write the lists of users, and what is in them."""

from sandbox.lookalike import links
from sandbox.lookalike.catalogue import Catalogue, Master
from sandbox.lookalike.credits import artist_line
from sandbox.lookalike.memory.lists import ListItem, UserList
from sandbox.lookalike.memory.people import User
from sandbox.lookalike.record import Release
from sandbox.lookalike.view import Json, View

KINDS = {"artist": "artists", "label": "labels", "master": "masters", "release": "releases"}


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
    items = [_item(item, view) for item in each.items]
    images = [item["image_url"] for item in items if item["image_url"]]
    picture = {"image_url": images[0] if images else ""}
    return list_row(each, view) | picture | {"user": user, "items": items}


def exists(item: ListItem, catalogue: Catalogue) -> bool:
    """Tell whether an item points at something."""
    return item.type in KINDS and item.id in getattr(catalogue, KINDS[item.type])


def _item(item: ListItem, view: View) -> Json:
    entry = getattr(view.catalogue, KINDS[item.type])[item.id]
    record = view.catalogue.main_release(entry) if isinstance(entry, Master) else entry
    title, kind = _title(record, view.catalogue), "R" if item.type == "master" else item.type[0]
    body: Json = {
        "type": item.type,
        "id": item.id,
        "comment": view.text(item.comment),
        "display_title": title,
        "uri": links.page(item.type, item.id, title),
        "image_url": links.cover(kind.upper(), record.id) if record.pictured else "",
        "resource_url": links.api(KINDS[item.type], item.id),
    }
    return body | ({"stats": view.stats(record)} if isinstance(record, Release) else {})


def _title(record: object, catalogue: Catalogue) -> str:
    if isinstance(record, Release):
        return f"{artist_line(record.artists, catalogue)} - {record.title}"
    return str(getattr(record, "name", ""))
