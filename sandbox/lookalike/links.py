"""Write the addresses that Discogs puts into its answers."""

import re
from urllib.parse import quote

API = "https://api.discogs.com"
SITE = "https://www.discogs.com"
PICTURES = "https://i.discogs.com/sandbox"
SPACER = "https://st.discogs.com/sandbox/images/spacer.gif"


def api(kind: str, entry_id: int | str, *more: str) -> str:
    """Return the API address of an entry, always on Discogs' own host."""
    return "/".join((API, kind, str(entry_id), *more))


def user(username: str, *more: str) -> str:
    """Return the API address of a user, or of something of his."""
    return api("users", username, *more)


def avatar(user_id: int) -> str:
    """Return the address of a user's picture, which nobody serves."""
    return f"{PICTURES}/rs:fill/g:sm/q:40/h:500/w:500/U-{user_id}.jpeg"


def page_path(kind: str, entry_id: int, *names: str) -> str:
    """Return the path of an entry's web page, its names made part of it."""
    text = re.sub(r"[^\w\s-]", "", " ".join(names))
    return quote(f"/{kind}/{entry_id}-{'-'.join(text.split())}")


def page(kind: str, entry_id: int, *names: str) -> str:
    """Return the address of an entry's web page."""
    return SITE + page_path(kind, entry_id, *names)


def thumb(kind: str, entry_id: int) -> str:
    """Return the address of a small picture, which nobody serves."""
    return f"{PICTURES}/rs:fit/g:sm/q:40/h:150/w:150/{kind}-{entry_id}.jpeg"


def cover(kind: str, entry_id: int) -> str:
    """Return the address of a large picture, which nobody serves."""
    return f"{PICTURES}/rs:fit/g:sm/q:90/h:600/w:600/{kind}-{entry_id}.jpeg"


def images(kind: str, entry_id: int, *, pictured: bool) -> list[dict[str, object]]:
    """Return the images array of an entry, empty when it has no picture."""
    if not pictured:
        return []
    uri = cover(kind, entry_id)
    return [
        {
            "type": "primary",
            "uri": uri,
            "resource_url": uri,
            "uri150": thumb(kind, entry_id),
            "width": 600,
            "height": 600,
        }
    ]
