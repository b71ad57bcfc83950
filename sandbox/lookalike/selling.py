"""Make and change listings from what a seller says, be it a request or a line of a file."""

from dataclasses import replace

from sandbox.lookalike.catalogue import Catalogue
from sandbox.lookalike.memory.people import User
from sandbox.lookalike.memory.trade import (
    CONDITIONS,
    DRAFT,
    FOR_SALE,
    SLEEVE_CONDITIONS,
    Listing,
)
from sandbox.lookalike.payload import Payload, invalid, not_among
from sandbox.lookalike.record import Release
from sandbox.lookalike.shapes.formats import weight

AUTO = "auto"
SETTABLE = (FOR_SALE, DRAFT)
NO_RELEASE = "release not found"


def new_listing(seller: User, payload: Payload, catalogue: Catalogue, now: str) -> Listing:
    """Return the listing that a payload describes, still without a number, or refuse it."""
    release = _release(payload, catalogue)
    blank = Listing(
        id=0,
        owner=seller.username,
        release_id=release.id,
        price=0.0,
        condition="",
        posted=now,
        weight=float(weight(release.formats) or 0),
        format_quantity=_pieces(release),
        currency=seller.curr_abbr,
    )
    return changed_listing(blank, payload, catalogue)


def changed_listing(listing: Listing, payload: Payload, catalogue: Catalogue) -> Listing:
    """Return the listing as a payload wants it; it has to name release, price and condition."""
    release = _release(payload, catalogue)
    price, condition = payload.number("price"), payload.choice("condition", CONDITIONS)
    if price is None:
        raise invalid("price", "expected float")
    if condition is None:
        raise not_among("condition", CONDITIONS)
    changed = replace(listing, release_id=release.id, price=abs(price), condition=condition)
    return _with_size(_with_words(changed, payload), payload, release)


def _with_words(listing: Listing, payload: Payload) -> Listing:
    sleeve = payload.choice("sleeve_condition", SLEEVE_CONDITIONS)
    return replace(
        listing,
        status=payload.choice("status", SETTABLE) or listing.status,
        sleeve_condition=sleeve or listing.sleeve_condition,
        allow_offers=payload.flag_or("allow_offers", old=listing.allow_offers),
        comments=payload.text_or("comments", listing.comments),
        external_id=payload.text_or("external_id", listing.external_id),
        location=payload.text_or("location", listing.location),
    )


def _with_size(listing: Listing, payload: Payload, release: Release) -> Listing:
    grams = payload.number("weight", AUTO, float(weight(release.formats) or 0))
    pieces = payload.number("format_quantity", AUTO, _pieces(release))
    return replace(
        listing,
        weight=listing.weight if grams is None else grams,
        format_quantity=listing.format_quantity if pieces is None else int(pieces),
    )


def _release(payload: Payload, catalogue: Catalogue) -> Release:
    number = payload.integer("release_id")
    if number is None:
        raise invalid("release_id", "expected int")
    if number not in catalogue.releases:
        raise invalid("release_id", NO_RELEASE)
    return catalogue.releases[number]


def _pieces(release: Release) -> int:
    return sum(each.quantity for each in release.formats)
