"""Hold the facts about artists, labels, masters and releases."""

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.lookalike.record import Credit, Release


@dataclass(frozen=True)
class Artist:
    """Describe a person or a group."""

    id: int
    name: str
    realname: str = ""
    profile: str = ""
    urls: tuple[str, ...] = ()
    namevariations: tuple[str, ...] = ()
    aliases: tuple[int, ...] = ()
    members: tuple[int, ...] = ()
    former: tuple[int, ...] = ()
    pictured: bool = False


@dataclass(frozen=True)
class Label:
    """Describe a label, a company, a studio or a series."""

    id: int
    name: str
    profile: str = ""
    contact_info: str = ""
    parent: int | None = None
    urls: tuple[str, ...] = ()
    pictured: bool = False


@dataclass(frozen=True)
class Master:
    """Tie the releases of one record together; the main one lends it title and tracks."""

    id: int
    main: int
    year: int
    notes: str = ""


SECTIONS = {"artist": "artists", "label": "labels", "master": "masters", "release": "releases"}
Entry = Artist | Label | Master | Release


@dataclass(frozen=True)
class Catalogue:
    """Hold everything by id, and answer who belongs to whom."""

    artists: Mapping[int, Artist]
    labels: Mapping[int, Label]
    masters: Mapping[int, Master]
    releases: Mapping[int, Release]

    def entry(self, kind: str, entry_id: int) -> Entry | None:
        """Return the artist, label, master or release of this id, if there is one."""
        section: Mapping[int, Entry] = getattr(self, SECTIONS[kind]) if kind in SECTIONS else {}
        return section.get(entry_id)

    def main_release(self, master: Master) -> Release:
        """Return the release that stands for the master."""
        return self.releases[master.main]

    def versions(self, master: Master) -> tuple[Release, ...]:
        """Return all releases of the master."""
        return tuple(each for each in self.releases.values() if each.master == master.id)

    def name_of(self, credit: Credit) -> str:
        """Return the name of the credited artist, without the variation."""
        return self.artists[credit.id].name if credit.id else credit.name
