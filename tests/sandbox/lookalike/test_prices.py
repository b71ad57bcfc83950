import pytest

from sandbox.lookalike.memory.trade import CONDITIONS

SUGGESTIONS = "/marketplace/price_suggestions"
STATS = "/marketplace/stats"


@pytest.mark.parametrize(
    ("path", "fee"),
    [
        ("10", {"value": 0.9, "currency": "USD"}),
        ("12.3400", {"value": 1.11, "currency": "USD"}),
        ("12.3400/GBP", {"value": 1.11, "currency": "GBP"}),
        ("-10/EUR", {"value": 0.9, "currency": "EUR"}),
        ("0", {"value": 0.0, "currency": "USD"}),
    ],
)
def test_a_fee_is_a_share_of_the_price(ask, path, fee):
    assert ask(f"/marketplace/fee/{path}").json() == fee


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("free", "Invalid price: expected float."),
        ("nan", "Invalid price: expected float."),
        ("1e999", "Invalid price: expected float."),
        ("1/XXX", "Invalid currency: expected one of USD, "),
        ("1/usd", "Invalid currency: expected one of USD, "),
    ],
)
def test_a_fee_is_of_a_number_in_a_currency(ask, path, message):
    answer = ask(f"/marketplace/fee/{path}")

    assert answer.status_code == 422
    assert answer.json()["message"].startswith(message)


def test_a_seller_is_told_a_price_for_each_condition_in_his_currency(owner, friend):
    dollars, pounds = owner(f"{SUGGESTIONS}/4016").json(), friend(f"{SUGGESTIONS}/4016").json()

    assert tuple(dollars) == CONDITIONS
    values = [each["value"] for each in dollars.values()]
    assert values == sorted(values, reverse=True)
    assert {each["currency"] for each in pounds.values()} == {"GBP"}


def test_nothing_is_suggested_for_what_nobody_sells(owner):
    assert owner(f"{SUGGESTIONS}/4030").json() == {}


def test_who_has_no_seller_settings_is_told_so_with_a_404(quiet):
    answer = quiet(f"{SUGGESTIONS}/4016")

    assert answer.status_code == 404
    assert answer.json() == {"message": "You must fill out your seller settings first."}


@pytest.mark.parametrize("kind", [SUGGESTIONS, STATS])
def test_prices_are_of_a_release(owner, kind):
    answer = owner(f"{kind}/1")

    assert (answer.status_code, answer.json()) == (404, {"message": "Release not found."})


def test_the_market_has_a_lowest_price_in_the_currency_asked_for(ask, friend):
    assert ask(f"{STATS}/4016").json() == {
        "lowest_price": {"value": 180.0, "currency": "USD"},
        "num_for_sale": 6,
        "blocked_from_sale": False,
    }
    euros = ask(f"{STATS}/4016?curr_abbr=EUR").json()
    assert euros["lowest_price"] == {"value": 162.0, "currency": "EUR"}
    assert friend(f"{STATS}/4016").json()["lowest_price"]["currency"] == "GBP"


def test_what_nobody_sells_has_two_nulls(ask):
    assert ask(f"{STATS}/4030").json() == {
        "lowest_price": None,
        "num_for_sale": None,
        "blocked_from_sale": False,
    }


def test_a_collection_is_worth_some_text_with_a_sign(owner, friend):
    assert owner("/users/crate_keeper/collection/value").json() == {
        "maximum": "$518.57",
        "median": "$301.71",
        "minimum": "$188.57",
    }
    assert friend("/users/vinyl_friend/collection/value").json()["minimum"].startswith("£")
