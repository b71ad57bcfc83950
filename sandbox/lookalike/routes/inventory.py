"""Answer what a user sells."""

from collections.abc import Callable
from typing import Any

from sandbox.lookalike.answers import Answer
from sandbox.lookalike.call import Call
from sandbox.lookalike.memory.trade import FOR_SALE, LISTING_STATUSES, Listing
from sandbox.lookalike.ownership import is_owner, named_user
from sandbox.lookalike.paging import paged
from sandbox.lookalike.payload import not_among
from sandbox.lookalike.shapes.listings import listing_body
from sandbox.lookalike.sorting import in_order, record_keys

EVERYTHING = LISTING_STATUSES[0]


def inventory(call: Call) -> Answer:
    """Return the listings of a user; others see only what is for sale."""
    user = named_user(call)
    asked = (call.query.get("status") or EVERYTHING).lower()
    status = next((each for each in LISTING_STATUSES if each.lower() == asked), None)
    if status is None:
        raise not_among("status", LISTING_STATUSES)
    is_own = is_owner(call, user.username)
    seen = [
        each
        for each in call.memory.listings.of(user.username)
        if status in (EVERYTHING, each.status) and (is_own or each.status == FOR_SALE)
    ]
    rows = in_order(seen, call.query, _keys(call, is_own=is_own))
    return paged(call.request, "listings", rows, lambda each: listing_body(each, call))


def _keys(call: Call, *, is_own: bool) -> dict[str, Callable[[Listing], Any]]:
    releases, records = call.catalogue.releases, record_keys(call.catalogue)
    keys: dict[str, Callable[[Listing], Any]] = {
        "listed": lambda each: each.posted,
        "price": lambda each: each.price,
        "item": lambda each: records["title"](releases[each.release_id]),
        "artist": lambda each: records["artist"](releases[each.release_id]),
        "label": lambda each: records["label"](releases[each.release_id]),
        "catno": lambda each: records["catno"](releases[each.release_id]),
        "audio": lambda _: False,
    }
    own: dict[str, Callable[[Listing], Any]] = {
        "status": lambda each: each.status,
        "location": lambda each: each.location,
    }
    return keys | own if is_own else keys
