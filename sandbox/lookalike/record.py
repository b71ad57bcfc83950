"""Hold the facts about one issue of a record."""

from collections.abc import Iterator
from dataclasses import dataclass

VARIOUS_ID = 194
UNLINKED_ID = 0


@dataclass(frozen=True)
class Credit:
    """Name an artist's part in a record; an unlinked one carries its own name."""

    id: int = UNLINKED_ID
    role: str = ""
    anv: str = ""
    join: str = ""
    tracks: str = ""
    name: str = ""


@dataclass(frozen=True)
class LabelCredit:
    """Name the part of a label, a company or a series in a release."""

    id: int
    catno: str = ""
    role: str = "Label"


@dataclass(frozen=True)
class Format:
    """Describe one kind of medium in a release."""

    name: str
    quantity: int = 1
    descriptions: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Track:
    """Hold a line of the tracklist: a track, an index of sub-tracks, or a heading."""

    title: str
    duration: str = ""
    kind: str = "track"
    artists: tuple[Credit, ...] = ()
    credits: tuple[Credit, ...] = ()
    sub_tracks: tuple["Track", ...] = ()
    position: str = ""


@dataclass(frozen=True)
class Identifier:
    """Hold a barcode, a runout inscription or the like."""

    type: str
    value: str
    description: str = ""


@dataclass(frozen=True)
class Video:
    """Point at a video; Discogs sends a null for a description it lacks."""

    uri: str
    title: str
    duration: int = 0
    description: str | None = None


@dataclass(frozen=True)
class Release:
    """Describe one issue of a record, whole, whatever its master says."""

    id: int
    title: str
    artists: tuple[Credit, ...]
    labels: tuple[LabelCredit, ...]
    formats: tuple[Format, ...]
    genres: tuple[str, ...]
    tracks: tuple[Track, ...]
    positions: str = ""
    styles: tuple[str, ...] = ()
    master: int | None = None
    country: str = ""
    released: str = ""
    notes: str = ""
    credits: tuple[Credit, ...] = ()
    companies: tuple[LabelCredit, ...] = ()
    series: tuple[LabelCredit, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    videos: tuple[Video, ...] = ()
    pictured: bool = False
    submitter: str = "crate_keeper"
    contributors: tuple[str, ...] = ()
    have: int = 0
    want: int = 0
    ratings: int = 0
    average: float = 0.0
    for_sale: int = 0
    lowest_price: float | None = None

    @property
    def year(self) -> int:
        """Return the year of release, or 0 when nobody knows it."""
        return int(self.released[:4] or 0)

    @property
    def all_tracks(self) -> Iterator[Track]:
        """Yield every line of the tracklist, sub-tracks included."""
        for track in self.tracks:
            yield track
            yield from track.sub_tracks

    @property
    def label_credits(self) -> tuple[LabelCredit, ...]:
        """Return the parts of labels, series and companies, in this order."""
        return self.labels + self.series + self.companies
