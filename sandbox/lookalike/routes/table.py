"""List every operation of the API: its verb, its path and what answers it."""

from sandbox.lookalike.router import Router
from sandbox.lookalike.routes import (
    collection,
    contributions,
    database,
    exports,
    fields,
    folders,
    inventory,
    listings,
    lists,
    orders,
    prices,
    ratings,
    uploads,
    users,
    wantlist,
)

_RATING = "/releases/{release_id}/rating/{username}"
_LISTING = "/marketplace/listings/{listing_id}"
_ORDER = "/marketplace/orders/{order_id}"
_COLLECTION = "/users/{username}/collection"
_FOLDER = f"{_COLLECTION}/folders/{{folder_id}}"
_INSTANCE = f"{_FOLDER}/releases/{{release_id}}/instances/{{instance_id}}"
_WANT = "/users/{username}/wants/{release_id}"

OPERATIONS = (
    ("GET", "/", database.root),
    ("GET", "/releases/{release_id}", database.release),
    ("GET", _RATING, ratings.rating),
    ("PUT", _RATING, ratings.rate),
    ("DELETE", _RATING, ratings.unrate),
    ("GET", "/releases/{release_id}/rating", ratings.community_rating),
    ("GET", "/releases/{release_id}/stats", database.stats),
    ("GET", "/masters/{master_id}", database.master),
    ("GET", "/masters/{master_id}/versions", database.versions),
    ("GET", "/artists/{artist_id}", database.artist),
    ("GET", "/artists/{artist_id}/releases", database.artist_releases),
    ("GET", "/labels/{label_id}", database.label),
    ("GET", "/labels/{label_id}/releases", database.label_releases),
    ("GET", "/database/search", database.search),
    ("GET", "/users/{username}/inventory", inventory.inventory),
    ("GET", _LISTING, listings.listing),
    ("POST", _LISTING, listings.edit),
    ("DELETE", _LISTING, listings.delete),
    ("POST", "/marketplace/listings", listings.create),
    ("GET", _ORDER, orders.order),
    ("POST", _ORDER, orders.edit),
    ("GET", "/marketplace/orders", orders.orders),
    ("GET", f"{_ORDER}/messages", orders.messages),
    ("POST", f"{_ORDER}/messages", orders.add_message),
    ("GET", "/marketplace/fee/{price}", prices.fee),
    ("GET", "/marketplace/fee/{price}/{currency}", prices.fee),
    ("GET", "/marketplace/price_suggestions/{release_id}", prices.suggestions),
    ("GET", "/marketplace/stats/{release_id}", prices.stats),
    ("POST", "/inventory/export", exports.start),
    ("GET", "/inventory/export", exports.exports),
    ("GET", "/inventory/export/{export_id}", exports.export),
    ("GET", "/inventory/export/{export_id}/download", exports.download),
    ("POST", "/inventory/upload/add", uploads.add),
    ("POST", "/inventory/upload/change", uploads.change),
    ("POST", "/inventory/upload/delete", uploads.delete),
    ("GET", "/inventory/upload", uploads.uploads),
    ("GET", "/inventory/upload/{upload_id}", uploads.upload),
    ("GET", "/oauth/identity", users.identity),
    ("GET", "/users/{username}", users.profile),
    ("POST", "/users/{username}", users.edit),
    ("GET", "/users/{username}/submissions", contributions.submissions),
    ("GET", "/users/{username}/contributions", contributions.contributions),
    ("GET", f"{_COLLECTION}/folders", folders.folders),
    ("POST", f"{_COLLECTION}/folders", folders.create),
    ("GET", _FOLDER, folders.folder),
    ("POST", _FOLDER, folders.rename),
    ("DELETE", _FOLDER, folders.delete),
    ("GET", f"{_COLLECTION}/releases/{{release_id}}", collection.items_by_release),
    ("GET", f"{_FOLDER}/releases", collection.items),
    ("POST", f"{_FOLDER}/releases/{{release_id}}", collection.add),
    ("POST", _INSTANCE, collection.edit),
    ("DELETE", _INSTANCE, collection.delete),
    ("GET", f"{_COLLECTION}/fields", fields.fields),
    ("POST", f"{_INSTANCE}/fields/{{field_id}}", fields.edit),
    ("GET", f"{_COLLECTION}/value", prices.collection_value),
    ("GET", "/users/{username}/wants", wantlist.wants),
    ("PUT", _WANT, wantlist.add),
    ("POST", _WANT, wantlist.edit),
    ("DELETE", _WANT, wantlist.remove),
    ("GET", "/users/{username}/lists", lists.lists),
    ("GET", "/lists/{list_id}", lists.list_),
)

ROUTER = Router(OPERATIONS)
