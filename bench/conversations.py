"""Conversations about records, made up: what is asked in each, one question after the other."""

import random
from collections.abc import Iterator
from typing import NamedTuple

from discogs_api import operations
from discogs_proxy.operation import Operation

_USER = "crate_keeper"
_ARTISTS = 5000
_EACH = 20
"""Releases of an artist."""


class Question(NamedTuple):
    """One call of a conversation."""

    kind: str
    """What it is to the conversation: first, follow-up, repeat, page, own or write."""
    operation: Operation
    values: dict[str, str]
    query: str = ""


def conversation(draw: random.Random) -> list[Question]:
    """Return the questions of one of them, on whatever comes up."""
    topic = draw.choice((_lookup, _lookup, _discography, _prices, _collection))
    return list(topic(draw))


def _lookup(draw: random.Random) -> Iterator[Question]:
    """Talk about one record: look for it, open it, ask again about what was said."""
    artist = _artist(draw)
    release = {"release_id": str(artist * _EACH + draw.randrange(_EACH))}
    yield Question("first", operations.SEARCH, {}, f"q=artist+{artist}&type=release")
    yield Question("first", operations.GET_RELEASE, release)
    yield Question("follow-up", operations.GET_RELEASE, release)
    yield Question("follow-up", operations.GET_RELEASE_RATING, release)
    yield Question("repeat", operations.SEARCH, {}, f"type=release&q=artist+{artist}")
    yield Question("repeat", operations.GET_RELEASE, release)


def _discography(draw: random.Random) -> Iterator[Question]:
    """Go through what an artist made, and come back to where it began."""
    artist = _artist(draw)
    name = {"artist_id": str(artist)}
    yield Question("first", operations.SEARCH, {}, f"q=artist+{artist}&type=artist")
    yield Question("first", operations.GET_ARTIST, name)
    for page in (1, 2, 3):
        yield Question("page", operations.GET_ARTIST_RELEASES, name, f"page={page}&per_page=50")
    master = {"master_id": str(artist * _EACH)}
    yield Question("follow-up", operations.GET_MASTER, master)
    yield Question("page", operations.GET_MASTER_VERSIONS, master, "page=1&per_page=50")
    yield Question("repeat", operations.GET_ARTIST_RELEASES, name, "page=1&per_page=50")
    yield Question("follow-up", operations.GET_RELEASE, {"release_id": str(artist * _EACH + 1)})
    yield Question("repeat", operations.GET_ARTIST, name)


def _prices(draw: random.Random) -> Iterator[Question]:
    """Ask what a record costs, and a little later whether it still does."""
    artist = _artist(draw)
    release = {"release_id": str(artist * _EACH + draw.randrange(_EACH))}
    yield Question("first", operations.GET_RELEASE, release)
    yield Question("follow-up", operations.GET_MARKETPLACE_STATS, release)
    yield Question("follow-up", operations.GET_PRICE_SUGGESTIONS, release)
    for _ in range(3):
        yield Question("repeat", operations.GET_MARKETPLACE_STATS, release)


def _collection(draw: random.Random) -> Iterator[Question]:
    """Look at one's own shelf, put something on it, and look again."""
    user = {"username": _USER}
    shelf = {**user, "folder_id": "1"}
    release = {"release_id": str(_artist(draw) * _EACH)}
    yield Question("own", operations.GET_FOLDERS, user)
    for page in (1, 2):
        yield Question("page", operations.GET_FOLDER_ITEMS, shelf, f"page={page}&per_page=50")
    yield Question("own", operations.GET_FOLDER_ITEMS, shelf, "page=1&per_page=50")
    yield Question("first", operations.GET_RELEASE, release)
    yield Question("write", operations.ADD_TO_FOLDER, {**shelf, **release})
    yield Question("own", operations.GET_FOLDER_ITEMS, shelf, "page=1&per_page=50")
    yield Question("own", operations.GET_FOLDERS, user)
    yield Question("own", operations.GET_WANTLIST, user)
    yield Question("write", operations.ADD_WANT, {**user, **release})
    yield Question("own", operations.GET_WANTLIST, user)


def _artist(draw: random.Random) -> int:
    """Choose somebody; the well-known ones come up far more often."""
    return int(_ARTISTS ** draw.random())
