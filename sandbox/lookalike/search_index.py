"""Gather, for each entry of the catalogue, the words by which a search finds it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sandbox.lookalike.catalogue import Artist, Catalogue, Label, Master
from sandbox.lookalike.record import Credit, Release
from sandbox.lookalike.shapes.credits import artist_line
from sandbox.lookalike.shapes.formats import format_words

Fields = Mapping[str, Sequence[str]]

# An artist or a label can only be found by these.
ENTRY_FIELDS = {"q", "title"}
FIELDS = ENTRY_FIELDS | {
    *("release_title", "credit", "artist", "anv", "label", "genre", "style", "country", "year"),
    *("format", "catno", "barcode", "track", "submitter", "contributor"),
}


@dataclass(frozen=True)
class Entry:
    """Hold what a search looks at, and the artist, label, master or release that it finds."""

    kind: Literal["artist", "label", "master", "release"]
    thing: Artist | Label | Master | Release
    fields: Fields
    have: int = 0
    want: int = 0

    def values(self, field: str) -> Sequence[str]:
        """Return the texts of one field; q is all of them together."""
        if field != "q":
            return self.fields.get(field, ())
        return [" ".join(value for values in self.fields.values() for value in values)]


def entries(catalogue: Catalogue) -> Iterator[Entry]:
    """Yield everything that a search can find: artists, masters, releases, labels."""
    for artist in catalogue.artists.values():
        names = [artist.name, artist.realname, *artist.namevariations]
        yield Entry("artist", artist, {"title": [artist.name], "names": names})
    for master in catalogue.masters.values():
        main, versions = catalogue.main_release(master), catalogue.versions(master)
        fields = {**_fields(main, catalogue), "year": [str(master.year)]}
        have, want = sum(each.have for each in versions), sum(each.want for each in versions)
        yield Entry("master", master, fields, have, want)
    for release in catalogue.releases.values():
        yield Entry("release", release, _fields(release, catalogue), release.have, release.want)
    for label in catalogue.labels.values():
        yield Entry("label", label, {"title": [label.name]})


def _fields(release: Release, catalogue: Catalogue) -> Fields:
    tracks = list(release.all_tracks)
    parts = [*release.credits, *(each for track in tracks for each in track.credits)]
    artists = [*release.artists, *(each for track in tracks for each in track.artists)]
    return {
        "title": [f"{artist_line(release.artists, catalogue)} - {release.title}"],
        "release_title": [release.title],
        "artist": [name for each in artists for name in _names(each, catalogue)],
        "credit": [name for each in parts for name in _names(each, catalogue)],
        "anv": [each.anv for each in (*artists, *parts) if each.anv],
        "label": [catalogue.labels[each.id].name for each in release.label_credits],
        "genre": release.genres,
        "style": release.styles,
        "country": [release.country] if release.country else [],
        "year": [str(release.year)] if release.year else [],
        "format": format_words(release.formats),
        "catno": list(dict.fromkeys(each.catno for each in release.label_credits if each.catno)),
        "barcode": [each.value for each in release.identifiers],
        "track": [each.title for each in tracks],
        "submitter": [release.submitter],
        "contributor": [release.submitter, *release.contributors],
    }


def _names(credit: Credit, catalogue: Catalogue) -> list[str]:
    names = [catalogue.name_of(credit), credit.anv]
    if credit.id:
        names += catalogue.artists[credit.id].namevariations
    return [name for name in names if name]
