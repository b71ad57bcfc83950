"""Hold what one caller sees of the catalogue."""

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cached_property

from sandbox.lookalike import links
from sandbox.lookalike.catalogue import Catalogue
from sandbox.lookalike.credentials import Tier
from sandbox.lookalike.markup import Media, render
from sandbox.lookalike.memory.memory import Memory
from sandbox.lookalike.record import Release

Json = dict[str, object]


class Holdings:
    """Answer what a user has and wants, counted when first asked."""

    def __init__(self, memory: Memory, owner: str) -> None:
        self._memory, self._owner = memory, owner

    @cached_property
    def collected(self) -> Counter[int]:
        """Return how many copies of each release the user has."""
        return Counter(each.release_id for each in self._memory.instances.of(self._owner))

    @cached_property
    def wanted(self) -> Container[int]:
        """Return the releases that the user looks for."""
        return {each.release_id for each in self._memory.wants_of(self._owner)}


@dataclass(frozen=True)
class View:
    """Carry the catalogue together with the caller's tier, text format and holdings."""

    catalogue: Catalogue
    tier: Tier = "anonymous"
    media: Media = "discogs"
    holdings: Holdings | None = None

    def text(self, markup: str) -> str:
        """Return a text field in the caller's format."""
        return render(markup, self.media, self.catalogue)

    def stats(self, release: Release) -> Json:
        """Return the stats of a row; a user sees his own besides the community's."""
        stats: Json = {
            "community": {"in_wantlist": release.want, "in_collection": release.have},
        }
        if self.holdings:
            stats["user"] = {
                "in_wantlist": int(release.id in self.holdings.wanted),
                "in_collection": self.holdings.collected[release.id],
            }
        return stats

    def user_data(self, releases: Iterable[Release]) -> Json:
        """Return what a search tells the user of his own copies; others have none."""
        held, releases = self.holdings, list(releases)
        return {
            "in_wantlist": held is not None and any(each.id in held.wanted for each in releases),
            "in_collection": held is not None and any(held.collected[each.id] for each in releases),
        }

    def pictures(self, kind: str, entry_id: int, *, pictured: bool) -> Json:
        """Return the two pictures of a row, or where there is none, its placeholder."""
        # Without a credential Discogs hides them all, even the placeholder.
        if self.tier == "anonymous":
            return {"thumb": "", "cover_image": ""}
        return {
            "thumb": links.thumb(kind, entry_id) if pictured else "",
            "cover_image": links.cover(kind, entry_id) if pictured else links.SPACER,
        }


def without_empty(body: Json, *optional: str) -> Json:
    """Return the body without those optional keys that have nothing to say.

    Discogs leaves out what it does not know; a null is rare and means something else.
    """
    return {key: value for key, value in body.items() if value or key not in optional}
