"""Find what does not fit together in a catalogue."""

from collections.abc import Iterator

from sandbox.lookalike.catalogue import Catalogue
from sandbox.lookalike.markup import references
from sandbox.lookalike.record import Credit, Release
from sandbox.lookalike.shapes.credits import ENTITY_TYPES
from sandbox.lookalike.tables import CatalogueError


def check(catalogue: Catalogue) -> None:
    """Raise an error that names every entry pointing at nothing or contradicting itself."""
    checks = (_artist_faults, _label_faults, _master_faults, _release_faults, _markup_faults)
    if faults := [fault for each in checks for fault in each(catalogue)]:
        raise CatalogueError(faults)


def _artist_faults(catalogue: Catalogue) -> Iterator[str]:
    for artist in catalogue.artists.values():
        for other in artist.aliases + artist.members + artist.former:
            if other not in catalogue.artists:
                yield f"artist {artist.id}: there is no artist {other}"


def _label_faults(catalogue: Catalogue) -> Iterator[str]:
    for label in catalogue.labels.values():
        if label.parent is not None and label.parent not in catalogue.labels:
            yield f"label {label.id}: there is no label {label.parent}"


def _master_faults(catalogue: Catalogue) -> Iterator[str]:
    for master in catalogue.masters.values():
        main = catalogue.releases.get(master.main)
        if main is None or main.master != master.id:
            yield f"master {master.id}: its main release {master.main} is none of its releases"


def _release_faults(catalogue: Catalogue) -> Iterator[str]:
    for release in catalogue.releases.values():
        for fault in _faults_of(release, catalogue):
            yield f"release {release.id}: {fault}"


def _faults_of(release: Release, catalogue: Catalogue) -> Iterator[str]:
    if release.master is not None and release.master not in catalogue.masters:
        yield f"there is no master {release.master}"
    if not (release.artists and release.labels and release.formats and release.tracks):
        yield "it needs an artist, a label, a format and a track"
    if (release.lowest_price is None) != (release.for_sale == 0):
        yield "a lowest price and copies for sale come together"
    yield from _label_credit_faults(release, catalogue)
    yield from _credit_faults(release, catalogue)


def _label_credit_faults(release: Release, catalogue: Catalogue) -> Iterator[str]:
    for part in release.label_credits:
        if part.id not in catalogue.labels:
            yield f"there is no label {part.id}"
        if part.role not in ENTITY_TYPES:
            yield f"a label has no role {part.role!r}"


def _credit_faults(release: Release, catalogue: Catalogue) -> Iterator[str]:
    for credit in _credits(release):
        if credit.id and credit.id not in catalogue.artists:
            yield f"there is no artist {credit.id}"
        if not credit.id and not credit.name:
            yield "an unlinked credit needs a name"


def _credits(release: Release) -> Iterator[Credit]:
    yield from release.artists + release.credits
    for track in release.all_tracks:
        yield from track.artists + track.credits


def _markup_faults(catalogue: Catalogue) -> Iterator[str]:
    texts = {f"artist {each.id}": each.profile for each in catalogue.artists.values()}
    texts |= {f"label {each.id}": each.profile for each in catalogue.labels.values()}
    texts |= {f"release {each.id}": each.notes for each in catalogue.releases.values()}
    for place, text in texts.items():
        for kind, entry_id in references(text):
            if catalogue.entry(kind, entry_id) is None:
                yield f"{place}: its text points at {entry_id}, which is no {kind}"
