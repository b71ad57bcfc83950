"""Answer what records cost and fetch."""

from sandbox.lookalike import money
from sandbox.lookalike.answers import Answer, RefusalError, json_answer
from sandbox.lookalike.call import Call
from sandbox.lookalike.memory.trade import CONDITIONS
from sandbox.lookalike.money import CURRENCIES, DOLLARS
from sandbox.lookalike.ownership import named_user, release_of, shown, signed_in
from sandbox.lookalike.payload import finite, not_among
from sandbox.lookalike.routes.listings import NO_SELLER
from sandbox.lookalike.shapes.listings import wanted_currency

NO_SUCH_RELEASE = "Release not found."
# How many lowest prices a copy in perfect condition fetches, and what share of it the others do.
BEST = 19 / 7
SHARES = (1.0, 0.89, 0.68, 0.47, 0.26, 0.16, 0.11, 0.05)
MEDIAN, MAXIMUM = 1.6, 2.75


def fee(call: Call) -> Answer:
    """Return what Discogs takes of a sale."""
    price = finite("price", call.names["price"])
    currency = call.names.get("currency", DOLLARS)
    if currency not in CURRENCIES:
        raise not_among("currency", CURRENCIES)
    return json_answer(money.price(money.fee(abs(price)), currency))


def suggestions(call: Call) -> Answer:
    """Return a price for each condition, to those who could sell."""
    seller = signed_in(call)
    if seller.shop is None:
        raise RefusalError(404, NO_SELLER)
    release = release_of(call, NO_SUCH_RELEASE)
    if release.lowest_price is None:
        return json_answer({})
    best = money.change(release.lowest_price, DOLLARS, seller.curr_abbr) * BEST
    prices = zip(CONDITIONS, SHARES, strict=True)
    return json_answer(
        {grade: money.price(best * share, seller.curr_abbr) for grade, share in prices}
    )


def stats(call: Call) -> Answer:
    """Return the lowest price of a release; two nulls when nobody sells it."""
    release, currency = release_of(call, NO_SUCH_RELEASE), wanted_currency(call)
    lowest = None
    if release.lowest_price is not None:
        lowest = money.price(money.change(release.lowest_price, DOLLARS, currency), currency)
    return json_answer(
        {
            "lowest_price": lowest,
            "num_for_sale": release.for_sale or None,
            "blocked_from_sale": False,
        }
    )


def collection_value(call: Call) -> Answer:
    """Return what the caller's own collection is worth, as text."""
    user = shown(call, named_user(call), is_public=False)
    releases = call.catalogue.releases
    lowest = (
        releases[each.release_id].lowest_price for each in call.memory.instances.of(user.username)
    )
    total = money.change(sum(each or 0.0 for each in lowest), DOLLARS, user.curr_abbr)
    factors = {"maximum": MAXIMUM, "median": MEDIAN, "minimum": 1.0}
    return json_answer(
        {name: money.formatted(total * factor, user.curr_abbr) for name, factor in factors.items()}
    )
