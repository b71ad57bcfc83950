"""Change an inventory by the lines of a file."""

import csv
from dataclasses import replace

from sandbox.lookalike.answers import RefusalError
from sandbox.lookalike.call import Call
from sandbox.lookalike.inventory_csv import read
from sandbox.lookalike.memory.people import User
from sandbox.lookalike.memory.trade import EDITABLE
from sandbox.lookalike.payload import Payload
from sandbox.lookalike.selling import changed_listing, new_listing

MOST_ERRORS = 20
EMPTY = "ERROR: Uploaded file no longer exists."
OFFERS = {"Y": True, "N": False}
RENAMED = {"media_condition": "condition"}

Line = dict[str, str]


class _LineError(Exception):
    pass


def apply(kind: str, content: bytes, seller: User, call: Call) -> tuple[str, str]:
    """Apply a file line by line; return its status and a report on what was wrong with it."""
    if not content.strip():
        return "failed", EMPTY
    try:
        lines = list(read(content))
    except csv.Error as error:
        return "failed", f"ERROR: {error}"
    errors = []
    for number, line in enumerate(lines, 1):
        try:
            EFFECTS[kind](line, seller, call)
        except (RefusalError, _LineError) as error:
            errors.append(f"Line {number}: {error}")
    report = [f"CSV file contains {len(lines)} records."]
    report += [f"Processed {len(lines) - len(errors)} records.", *errors[:MOST_ERRORS]]
    return "failed" if errors else "success", "<p>".join(report)


def _add(line: Line, seller: User, call: Call) -> None:
    draft = new_listing(seller, _payload(line), call.catalogue, call.now)
    call.memory.listings.put(replace(draft, id=call.memory.listings.new_id()))


def _change(line: Line, seller: User, call: Call) -> None:
    number = _payload(line).integer("release_id")
    matching = [
        each
        for each in call.memory.listings.of(seller.username)
        if each.release_id == number and each.status in EDITABLE
    ]
    if not matching:
        raise _LineError(f"no listing of release {number} can be changed")
    for each in matching:
        payload = _payload({"price": str(each.price), "condition": each.condition} | line)
        call.memory.listings.put(changed_listing(each, payload, call.catalogue))


def _delete(line: Line, seller: User, call: Call) -> None:
    number = _payload(line).integer("listing_id")
    listing = call.memory.listings.get(number or 0)
    if listing is None or listing.owner != seller.username:
        raise _LineError(f"there is no listing {number}")
    call.memory.listings.remove(listing.id)


def _payload(line: Line) -> Payload:
    values: dict[str, object] = {RENAMED.get(name, name): value for name, value in line.items()}
    if "accept_offer" in line:
        values["allow_offers"] = OFFERS.get(line["accept_offer"].upper(), line["accept_offer"])
    return Payload(values)


EFFECTS = {"add": _add, "change": _change, "delete": _delete}
