"""Hold what one caller sees of the catalogue."""

from dataclasses import dataclass

from sandbox.lookalike.catalogue import Catalogue
from sandbox.lookalike.credentials import Tier
from sandbox.lookalike.markup import Media, render

Json = dict[str, object]


@dataclass(frozen=True)
class View:
    """Carry the catalogue together with the caller's tier and text format."""

    catalogue: Catalogue
    tier: Tier = "anonymous"
    media: Media = "discogs"

    def text(self, markup: str) -> str:
        """Return a text field in the caller's format."""
        return render(markup, self.media, self.catalogue)

    def stats(self, have: int, want: int) -> Json:
        """Return the stats of a row; a user sees his own besides the community's."""
        stats: Json = {"community": {"in_wantlist": want, "in_collection": have}}
        if self.tier == "user":
            stats["user"] = {"in_wantlist": 0, "in_collection": 0}
        return stats


def without_empty(body: Json, *optional: str) -> Json:
    """Return the body without those optional keys that have nothing to say.

    Discogs leaves out what it does not know; a null is rare and means something else.
    """
    return {key: value for key, value in body.items() if value or key not in optional}
