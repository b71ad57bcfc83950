"""Write what is offered for sale."""

from sandbox.lookalike import links
from sandbox.lookalike.call import Call
from sandbox.lookalike.memory.people import Shop, User
from sandbox.lookalike.memory.trade import Listing
from sandbox.lookalike.money import CURRENCIES, DOLLARS, change, original_price, price
from sandbox.lookalike.ownership import is_owner
from sandbox.lookalike.record import Release
from sandbox.lookalike.shapes.credits import artist_line, label_line
from sandbox.lookalike.shapes.formats import format_line, weight
from sandbox.lookalike.view import Json

ONE_COPY = 1
CLOSED = Shop(ships_from="", shipping="")


def listing_body(listing: Listing, call: Call) -> Json:
    """Return a listing, its price in the caller's currency; the owner sees how he keeps it."""
    seller = call.memory.users.known(listing.owner)
    shop = seller.shop or CLOSED
    release = call.catalogue.releases[listing.release_id]
    return {
        "id": listing.id,
        "resource_url": links.api("marketplace", "listings", str(listing.id)),
        "uri": f"{links.SITE}/sell/item/{listing.id}",
        "status": listing.status,
        "condition": listing.condition,
        "sleeve_condition": listing.sleeve_condition,
        "comments": listing.comments,
        "ships_from": shop.ships_from,
        "posted": listing.posted,
        "allow_offers": listing.allow_offers,
        "audio": False,
        **_prices(listing, shop, wanted_currency(call)),
        "seller": _seller(seller, shop),
        "release": _release(release, call),
        **({"in_cart": False} if call.caller else {}),
        **(_owner_part(listing, release) if is_owner(call, listing.owner) else {}),
    }


def wanted_currency(call: Call) -> str:
    """Return the currency that the caller asked for, or his own; an unknown one counts as none."""
    asked = call.query.get("curr_abbr", "")
    own = call.caller.curr_abbr if call.caller else DOLLARS
    return asked if asked in CURRENCIES else own


def release_summary(release: Release, call: Call) -> Json:
    """Return what listings and orders alike say of a release."""
    artists = artist_line(release.artists, call.catalogue)
    formats = format_line(release.formats)
    return {
        "id": release.id,
        "resource_url": links.api("releases", release.id),
        "description": f"{artists} - {release.title} ({formats})",
        "thumbnail": links.thumb("R", release.id) if release.pictured else "",
        "title": release.title,
        "artist": artists,
        "format": formats,
    }


def _prices(listing: Listing, shop: Shop, currency: str) -> Json:
    shipping = change(shop.shipping_price, DOLLARS, listing.currency)
    prices: Json = {
        "price": price(change(listing.price, listing.currency, currency), currency),
        "original_price": original_price(listing.price, listing.currency),
        "shipping_price": {},
        "original_shipping_price": {},
    }
    if shipping:
        there = change(shipping, listing.currency, currency)
        prices["shipping_price"] = price(there, currency)
        prices["original_shipping_price"] = original_price(shipping, listing.currency)
    return prices


def _seller(seller: User, shop: Shop) -> Json:
    standing = seller.as_seller
    return {
        "id": seller.id,
        "username": seller.username,
        "avatar_url": links.avatar(seller.id),
        "stats": {
            "rating": f"{standing.rating:.1f}",
            "stars": standing.stars,
            "total": standing.total,
        },
        "min_order_total": shop.min_order_total,
        "html_url": f"{links.SITE}/user/{seller.username}",
        "uid": seller.id,
        "url": links.user(seller.username),
        "payment": shop.payment,
        "shipping": shop.shipping,
        "is_mp2020_seller": False,
        "resource_url": links.user(seller.username),
    }


def _release(release: Release, call: Call) -> Json:
    return {
        **release_summary(release, call),
        "images": links.images("R", release.id, pictured=release.pictured),
        "year": release.year,
        "label": label_line(release.labels, call.catalogue),
        "catalog_number": ", ".join(each.catno for each in release.labels),
        "stats": call.view.stats(release),
    }


def _owner_part(listing: Listing, release: Release) -> Json:
    return {
        "weight": listing.weight,
        "estimated_weight": weight(release.formats) or 0,
        "format_quantity": listing.format_quantity,
        "external_id": listing.external_id,
        "location": listing.location,
        "quantity": ONE_COPY,
    }
