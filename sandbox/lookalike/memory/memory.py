"""Hold together everything that a call can change."""

from collections import Counter
from dataclasses import dataclass

from sandbox.lookalike.memory.files import Export, Upload
from sandbox.lookalike.memory.holdings import (
    ALL,
    UNCATEGORIZED,
    Field,
    Folder,
    Instance,
    Rating,
    Want,
)
from sandbox.lookalike.memory.lists import UserList
from sandbox.lookalike.memory.people import Users
from sandbox.lookalike.memory.seeds import Seeds
from sandbox.lookalike.memory.shelf import Shelf
from sandbox.lookalike.memory.trade import Listing, Order

# A file of an inventory is large beside the rest.
MOST_FILES = 50
# Wants and ratings are one for each user and release, so the catalogue bounds them.
ByRelease = tuple[str, int]


@dataclass(frozen=True)
class Memory:
    """Hold the state, a shelf for each kind of thing; whoever resets makes a new one of seeds."""

    users: Users
    fields: tuple[Field, ...]
    folders: Shelf[Folder]
    instances: Shelf[Instance]
    wants: dict[ByRelease, Want]
    ratings: dict[ByRelease, Rating]
    listings: Shelf[Listing]
    orders: dict[str, Order]
    exports: Shelf[Export]
    uploads: Shelf[Upload]
    lists: Shelf[UserList]

    def folders_of(self, owner: str) -> list[Folder]:
        """Return the folders of a user, the two fixed ones first."""
        fixed = [Folder(ALL, owner, "All"), Folder(UNCATEGORIZED, owner, "Uncategorized")]
        return fixed + self.folders.of(owner)

    def folder_of(self, instance: Instance) -> int:
        """Return where a copy lies; one whose folder was forgotten lies in Uncategorized."""
        is_there = self.folders.get(instance.folder_id) is not None
        return instance.folder_id if is_there else UNCATEGORIZED

    def counts_of(self, owner: str) -> Counter[int]:
        """Return how many copies lie in each folder of a user."""
        copies = self.instances.of(owner)
        counts = Counter(self.folder_of(each) for each in copies)
        counts[ALL] = len(copies)
        return counts

    def instances_in(self, folder: Folder) -> list[Instance]:
        """Return the copies in a folder; All has every copy of its owner."""
        return [
            each
            for each in self.instances.of(folder.owner)
            if folder.id in (ALL, self.folder_of(each))
        ]

    def wants_of(self, owner: str) -> list[Want]:
        """Return the wantlist of a user."""
        return [each for each in self.wants.values() if each.owner == owner]

    def ratings_of(self, owner: str) -> list[Rating]:
        """Return the ratings that a user gave."""
        return [each for each in self.ratings.values() if each.owner == owner]


def remember(seeds: Seeds) -> Memory:
    """Return a memory in which nothing has happened yet."""
    return Memory(
        users=Users(seeds.users),
        fields=seeds.fields,
        folders=Shelf(seeds.folders),
        instances=Shelf(seeds.instances),
        wants={(each.owner, each.release_id): each for each in seeds.wants},
        ratings={(each.owner, each.release_id): each for each in seeds.ratings},
        listings=Shelf(seeds.listings),
        orders={each.id: each for each in seeds.orders},
        exports=Shelf(seeds.exports, MOST_FILES),
        uploads=Shelf(seeds.uploads, MOST_FILES),
        lists=Shelf(seeds.lists),
    )
