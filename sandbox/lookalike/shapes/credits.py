"""Render the parts that artists, labels and companies have in a record."""

from collections.abc import Iterable, Iterator

from sandbox.lookalike import links
from sandbox.lookalike.catalogue import Catalogue
from sandbox.lookalike.record import UNLINKED_ID, VARIOUS_ID, Credit, LabelCredit
from sandbox.lookalike.view import Json

ENTITY_TYPES = {
    "Label": "1",
    "Series": "2",
    "Record Company": "4",
    "Distributed By": "9",
    "Phonographic Copyright (p)": "13",
    "Copyright (c)": "14",
    "Pressed By": "17",
    "Recorded At": "23",
    "Mixed At": "27",
    "Mastered At": "29",
}


def artist_credits(parts: Iterable[Credit], catalogue: Catalogue) -> list[Json]:
    """Return the credits of a record or track; Various and unlinked ones point nowhere."""
    return [
        {
            "name": catalogue.name_of(credit),
            "anv": credit.anv,
            "join": credit.join,
            "role": credit.role,
            "tracks": credit.tracks,
            "id": credit.id,
            "resource_url": ""
            if credit.id in (UNLINKED_ID, VARIOUS_ID)
            else links.api("artists", credit.id),
        }
        for credit in parts
    ]


def label_credits(parts: Iterable[LabelCredit], catalogue: Catalogue) -> list[Json]:
    """Return the labels, companies or series of a release."""
    return [
        {
            "name": catalogue.labels[part.id].name,
            "catno": part.catno,
            "entity_type": ENTITY_TYPES[part.role],
            "entity_type_name": part.role,
            "id": part.id,
            "resource_url": links.api("labels", part.id),
        }
        for part in parts
    ]


def artist_line(parts: Iterable[Credit], catalogue: Catalogue) -> str:
    """Return the artists of a record as one line, as printed on its sleeve."""
    return _joined((credit.anv or catalogue.name_of(credit), credit.join) for credit in parts)


def sort_line(parts: Iterable[Credit], catalogue: Catalogue) -> str:
    """Return the line by which a record is sorted, the article last."""
    names = ((catalogue.name_of(credit), credit.join) for credit in parts)
    return _joined(
        (f"{name[4:]}, The" if name.startswith("The ") else name, join) for name, join in names
    )


def label_line(parts: Iterable[LabelCredit], catalogue: Catalogue) -> str:
    """Return the names of the labels as one line, each once."""
    return ", ".join(dict.fromkeys(catalogue.labels[part.id].name for part in parts))


def _joined(names: Iterable[tuple[str, str]]) -> str:
    return "".join(_pieces(names)).strip()


def _pieces(names: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, join in names:
        yield name
        yield ", " if join == "," else f" {join} "
