"""Write an inventory as a file, and read the files that change one."""

import csv
import io
from collections.abc import Iterable, Iterator

from sandbox.lookalike.catalogue import Catalogue
from sandbox.lookalike.memory.trade import Listing
from sandbox.lookalike.shapes.credits import artist_line, label_line
from sandbox.lookalike.shapes.formats import format_line
from sandbox.lookalike.timestamps import bare

COLUMNS = (
    *("listing_id", "artist", "title", "label", "catno", "format", "release_id", "status"),
    *("price", "listed", "comments", "media_condition", "sleeve_condition", "accept_offer"),
    *("external_id", "weight", "format_quantity", "location", "quantity"),
)


def written(listings: Iterable[Listing], catalogue: Catalogue) -> str:
    """Return the file of an export."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_row(each, catalogue) for each in listings)
    return text.getvalue()


def read(content: bytes) -> Iterator[dict[str, str]]:
    """Yield the lines of an uploaded file by the names in its first one. Raise `csv.Error`."""
    text = content.decode("utf-8-sig", errors="replace")
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    names = [each.strip().lower() for each in next(rows, [])]
    for row in rows:
        if row:
            yield {name: value.strip() for name, value in zip(names, row, strict=False) if value}


def _row(listing: Listing, catalogue: Catalogue) -> list[object]:
    release = catalogue.releases[listing.release_id]
    return [
        listing.id,
        artist_line(release.artists, catalogue),
        release.title,
        label_line(release.labels, catalogue),
        ", ".join(each.catno for each in release.labels),
        format_line(release.formats),
        release.id,
        listing.status,
        f"{listing.price:.2f}",
        bare(listing.posted).replace("T", " "),
        listing.comments,
        listing.condition,
        listing.sleeve_condition,
        "Y" if listing.allow_offers else "N",
        listing.external_id,
        f"{listing.weight:g}",
        listing.format_quantity,
        listing.location,
        1,
    ]
