"""Describe what users have, want and think of records."""

from dataclasses import dataclass

ALL = 0
UNCATEGORIZED = 1
HIGHEST_RATING = 5


@dataclass(frozen=True)
class Folder:
    """Hold some of a user's records; every user has the two fixed ones besides."""

    id: int
    owner: str
    name: str

    @property
    def is_fixed(self) -> bool:
        """Tell whether the folder can be neither renamed nor deleted."""
        return self.id in (ALL, UNCATEGORIZED)


@dataclass(frozen=True)
class Field:
    """Describe something that users may say of each of their copies."""

    id: int
    name: str
    type: str = "textarea"
    options: tuple[str, ...] = ()
    lines: int = 1
    is_public: bool = False


@dataclass(frozen=True)
class Note:
    """Hold what a user says of one copy in one field."""

    field_id: int
    value: str


@dataclass(frozen=True)
class Instance:
    """Hold one copy of a release in a user's collection."""

    id: int
    owner: str
    release_id: int
    added: str
    folder_id: int = UNCATEGORIZED
    rating: int = 0
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Want:
    """Hold a release that a user looks for."""

    owner: str
    release_id: int
    added: str
    rating: int = 0
    notes: str = ""
    has_public_notes: bool = False


@dataclass(frozen=True)
class Rating:
    """Hold what a user thinks of a release, from 1 to 5."""

    owner: str
    release_id: int
    rating: int
