"""Make the answer about a user."""

from collections.abc import Iterable
from statistics import fmean

from sandbox.lookalike import links
from sandbox.lookalike.call import Call
from sandbox.lookalike.memory.people import User
from sandbox.lookalike.memory.trade import FOR_SALE
from sandbox.lookalike.ownership import is_owner
from sandbox.lookalike.record import Release
from sandbox.lookalike.view import Json


def profile_body(user: User, call: Call) -> Json:
    """Return the answer to /users/{username}; the owner sees his e-mail address too."""
    is_own = is_owner(call, user.username)
    return {
        "id": user.id,
        "resource_url": links.user(user.username),
        "uri": f"{links.SITE}/user/{user.username}",
        "username": user.username,
        "name": user.name,
        "home_page": user.home_page,
        "location": user.location,
        "profile": call.view.text(user.profile),
        "registered": user.registered,
        "rank": user.rank,
        **_counts(user, call, is_own=is_own),
        "inventory_url": links.user(user.username, "inventory"),
        "collection_folders_url": links.user(user.username, "collection/folders"),
        "collection_fields_url": links.user(user.username, "collection/fields"),
        "wantlist_url": links.user(user.username, "wants"),
        "avatar_url": links.avatar(user.id),
        "curr_abbr": user.curr_abbr,
        "activated": True,
        "marketplace_suspended": False,
        "banner_url": "",
        **_standings(user),
        "is_staff": False,
        **({"email": user.email, "num_unread": user.unread} if is_own else {}),
    }


def contributed(user: User, releases: Iterable[Release]) -> list[Release]:
    """Return the releases that a user submitted or corrected."""
    name = user.username
    return [each for each in releases if name in (each.submitter, *each.contributors)]


def _counts(user: User, call: Call, *, is_own: bool) -> Json:
    memory, name = call.memory, user.username
    ratings = [each.rating for each in memory.ratings_of(name)]
    counts: Json = {
        "num_pending": user.pending,
        "num_for_sale": sum(each.status == FOR_SALE for each in memory.listings.of(name)),
        "num_lists": sum(each.is_public or is_own for each in memory.lists.of(name)),
        "releases_contributed": len(contributed(user, call.catalogue.releases.values())),
        "releases_rated": len(ratings),
        "rating_avg": round(fmean(ratings), 2) if ratings else 0.0,
    }
    if is_own or user.has_public_collection:
        counts["num_collection"] = len(memory.instances.of(name))
    if is_own or user.has_public_wantlist:
        counts["num_wantlist"] = len(memory.wants_of(name))
    return counts


def _standings(user: User) -> Json:
    return {
        "buyer_rating": user.as_buyer.rating,
        "buyer_rating_stars": user.as_buyer.stars,
        "buyer_num_ratings": user.as_buyer.total,
        "seller_rating": user.as_seller.rating,
        "seller_rating_stars": user.as_seller.stars,
        "seller_num_ratings": user.as_seller.total,
    }
