"""Describe the lists that users make of anything in the catalogue."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ListItem:
    """Point at an artist, a label, a master or a release, with a word about it."""

    type: str
    id: int
    comment: str = ""


@dataclass(frozen=True)
class UserList:
    """Hold a list; one that is not public is for its owner alone."""

    id: int
    owner: str
    name: str
    added: str
    changed: str
    description: str = ""
    is_public: bool = True
    items: tuple[ListItem, ...] = ()
