"""Answer for single listings."""

from dataclasses import replace

from sandbox.lookalike import links
from sandbox.lookalike.answers import Answer, RefusalError, json_answer, no_content
from sandbox.lookalike.call import Call
from sandbox.lookalike.memory.trade import EDITABLE, FOR_SALE, SOLD, Listing
from sandbox.lookalike.ownership import is_owner, own, signed_in
from sandbox.lookalike.router import NOT_FOUND
from sandbox.lookalike.selling import changed_listing, new_listing
from sandbox.lookalike.shapes.listings import listing_body

SEEN_BY_ALL = (FOR_SALE, SOLD)
NO_SELLER = "You must fill out your seller settings first."
NOT_EDITABLE = f"Only listings with one of these statuses can be edited: {', '.join(EDITABLE)}."


def listing(call: Call) -> Answer:
    """Return a listing; what is not offered to all is there for its owner alone."""
    listing = call.memory.listings.get(call.number("listing_id"))
    if listing is None or not (listing.status in SEEN_BY_ALL or is_owner(call, listing.owner)):
        raise RefusalError(404, NOT_FOUND)
    return json_answer(listing_body(listing, call))


def create(call: Call) -> Answer:
    """Offer a copy of a release."""
    seller = signed_in(call)
    if seller.shop is None:
        raise RefusalError(403, NO_SELLER)
    payload = call.payload()
    draft = new_listing(seller, payload, call.catalogue, call.now)
    listing = replace(draft, id=call.memory.listings.new_id())
    call.memory.listings.put(listing)
    url = links.api("marketplace", "listings", str(listing.id))
    return json_answer({"listing_id": listing.id, "resource_url": url}, 201)


def edit(call: Call) -> Answer:
    """Change the caller's own listing."""
    listing = _own(call)
    if listing.status not in EDITABLE:
        raise RefusalError(422, NOT_EDITABLE)
    call.memory.listings.put(changed_listing(listing, call.payload(), call.catalogue))
    return no_content()


def delete(call: Call) -> Answer:
    """Remove the caller's own listing."""
    call.memory.listings.remove(_own(call).id)
    return no_content()


def _own(call: Call) -> Listing:
    return own(call, call.memory.listings.get(call.number("listing_id")))
