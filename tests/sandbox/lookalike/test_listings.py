import pytest

from sandbox.lookalike.memory.trade import Listing

NEW = "/marketplace/listings"
OFFER = {"release_id": 4001, "condition": "Mint (M)", "price": 12.5, "status": "For Sale"}
SECRETS = {"weight", "estimated_weight", "format_quantity", "external_id", "location", "quantity"}
MISSING = {"message": "The requested resource was not found."}


@pytest.fixture
def made(owner):
    """Offer something; return the path of the listing."""

    def make(**changes):
        return f"{NEW}/{owner(NEW, 'POST', OFFER | changes).json()['listing_id']}"

    return make


def test_only_the_owner_sees_how_he_keeps_what_he_sells(owner, friend, ask):
    path = f"{NEW}/10001"

    assert owner(path).json().keys() >= SECRETS | {"in_cart"}
    assert not friend(path).json().keys() & SECRETS
    assert "in_cart" in friend(path).json()
    assert "in_cart" not in ask(path).json()


def test_a_listing_is_made_read_changed_and_deleted(owner, ask):
    made = owner(NEW, "POST", OFFER | {"comments": "New.", "external_id": "a1"})
    path = f"{NEW}/{made.json()['listing_id']}"
    seen = ask(path)
    edited = owner(path, "POST", OFFER | {"price": 10, "status": "Draft"})
    read = owner(path).json()
    deleted = owner(path, "DELETE")

    assert made.status_code == 201
    assert made.json() == {"listing_id": 10104, "resource_url": f"https://api.discogs.com{path}"}
    assert seen.json()["price"] == {"value": 12.5, "currency": "USD"}
    assert (edited.status_code, edited.content) == (204, b"")
    assert (read["price"]["value"], read["status"]) == (10.0, "Draft")
    assert (read["comments"], read["external_id"]) == ("New.", "a1")
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert deleted.headers["content-type"] == "text/plain"
    assert (owner(path).status_code, owner(path).json()) == (404, MISSING)


def test_what_is_not_said_has_the_defaults_of_discogs(owner, made):
    body = owner(made()).json()

    assert body["sleeve_condition"] == "Not Graded"
    assert (body["comments"], body["location"], body["external_id"]) == ("", "", "")
    assert (body["allow_offers"], body["format_quantity"]) == (False, 1)
    assert body["weight"] == body["estimated_weight"] == 85
    assert body["posted"] == "2024-07-01T12:00:00-07:00"


def test_a_status_is_not_needed_to_sell(owner):
    body = {key: value for key, value in OFFER.items() if key != "status"}
    number = owner(NEW, "POST", body).json()["listing_id"]

    assert owner(f"{NEW}/{number}").json()["status"] == "For Sale"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({"price": -1}, {"price": {"value": 1.0, "currency": "USD"}}),
        ({"price": "7.5"}, {"price": {"value": 7.5, "currency": "USD"}}),
        ({"weight": "auto"}, {"weight": 85.0}),
        ({"weight": 100}, {"weight": 100.0}),
        ({"format_quantity": "auto"}, {"format_quantity": 1}),
        ({"format_quantity": 3}, {"format_quantity": 3}),
        ({"allow_offers": True}, {"allow_offers": True}),
        ({"release_id": "4001"}, {"condition": "Mint (M)"}),
    ],
)
def test_what_is_said_is_taken_as_discogs_takes_it(owner, made, said, shown):
    body = owner(made(**said)).json()

    assert {key: body[key] for key in shown} == shown


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"price": "much"}, "Invalid price: expected float."),
        ({"price": None}, "Invalid price: expected float."),
        ({"price": True}, "Invalid price: expected float."),
        ({"price": 1e300}, "Invalid price: expected float."),
        ({"release_id": 1}, "Invalid release_id: release not found."),
        ({"release_id": None}, "Invalid release_id: expected int."),
        ({"release_id": "9" * 5000}, "Invalid release_id: expected int."),
        ({"status": "Sold"}, "Invalid status: expected one of For Sale, Draft."),
        ({"condition": "Generic"}, "Invalid condition: expected one of Mint (M), Near Mint (NM"),
        ({"condition": None}, "Invalid condition: expected one of Mint (M), "),
        ({"sleeve_condition": "?"}, "Invalid sleeve_condition: expected one of Mint (M), "),
        ({"allow_offers": "yes"}, "Invalid allow_offers: expected bool."),
        ({"weight": "heavy"}, "Invalid weight: expected float."),
        ({"comments": 5}, "Invalid comments: expected string."),
    ],
)
@pytest.mark.parametrize("path", [NEW, f"{NEW}/10001"])
def test_an_offer_that_makes_no_sense_is_refused_with_its_reason(owner, path, changes, message):
    answer = owner(path, "POST", OFFER | changes)

    assert answer.status_code == 422
    assert answer.json()["message"].startswith(message)
    assert owner(f"{NEW}/10001").json()["price"]["value"] == 4.99


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1" * 400])
def test_a_price_has_to_be_a_number_that_can_be_written(owner, number):
    body = f'{{"release_id": 4001, "condition": "Mint (M)", "price": {number}}}'

    answer = owner(NEW, "POST", content=body.encode())

    assert answer.json() == {"message": "Invalid price: expected float."}


def test_a_draft_is_there_for_its_owner_alone(owner, friend, ask):
    assert owner(f"{NEW}/10002").status_code == 200
    for answer in (friend(f"{NEW}/10002"), ask(f"{NEW}/10002")):
        assert (answer.status_code, answer.json()) == (404, MISSING)


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_a_listing_that_is_not_there_is_missing(owner, method):
    answer = owner(f"{NEW}/9", method, OFFER)

    assert (answer.status_code, answer.json()) == (404, MISSING)


def test_what_is_sold_can_be_deleted_but_not_changed(owner):
    edited = owner(f"{NEW}/10003", "POST", OFFER)

    assert edited.status_code == 422
    assert "For Sale, Draft, Expired" in edited.json()["message"]
    assert owner(f"{NEW}/10003", "DELETE").status_code == 204


def test_who_has_no_seller_settings_cannot_sell(quiet):
    answer = quiet(NEW, "POST", OFFER)

    assert answer.status_code == 403
    assert answer.json() == {"message": "You must fill out your seller settings first."}


def test_prices_are_in_the_currency_of_the_caller_and_the_original_in_the_sellers(friend, ask):
    path = f"{NEW}/10001"

    pounds, euros, other = friend(path), ask(f"{path}?curr_abbr=EUR"), ask(f"{path}?curr_abbr=X")

    assert pounds.json()["price"] == {"value": 3.99, "currency": "GBP"}
    assert euros.json()["price"] == {"value": 4.49, "currency": "EUR"}
    assert euros.json()["shipping_price"] == {"value": 5.4, "currency": "EUR"}
    assert other.json()["price"] == {"value": 4.99, "currency": "USD"}
    assert friend(path).json()["original_price"] == {
        "curr_abbr": "USD",
        "curr_id": 1,
        "formatted": "$4.99",
        "value": 4.99,
    }


def test_a_listing_describes_its_record_and_its_seller(ask):
    body = ask(f"{NEW}/10101").json()

    assert body["release"]["description"] == "Radiohead - OK Computer (2xLP, Album)"
    assert body["release"]["catalog_number"] == "NODATA 02"
    assert body["seller"]["stats"] == {"rating": "100.0", "stars": 5.0, "total": 17}
    assert body["uri"] == "https://www.discogs.com/sell/item/10101"


def test_a_seller_who_names_no_shipping_has_it_empty(ask):
    body = ask(f"{NEW}/10101").json()

    assert (body["shipping_price"], body["original_shipping_price"]) == ({}, {})


def test_of_too_many_listings_the_oldest_that_was_added_makes_room(owner, lookalike):
    shelf = lookalike.memory.listings
    for _ in range(1001):
        shelf.put(Listing(shelf.new_id(), "crate_keeper", 4001, 1.0, "Mint (M)", ""))

    assert owner(f"{NEW}/10104").status_code == 404
    assert owner(f"{NEW}/10105").status_code == 200
    assert owner(f"{NEW}/10001").status_code == 200
