import pytest

OWN = "/users/crate_keeper/inventory"


def ids(answer):
    return [each["id"] for each in answer.json()["listings"]]


def test_the_owner_sees_his_whole_inventory_and_others_what_is_for_sale(owner, friend, ask):
    assert ids(owner(OWN)) == ids(owner(f"{OWN}?status=All")) == [10001, 10002, 10003, 10004]
    assert ids(friend(OWN)) == ids(ask(OWN)) == [10001]
    assert ids(friend("/users/vinyl_friend/inventory")) == [10101, 10102, 10103]


@pytest.mark.parametrize(
    ("status", "own", "seen"),
    [
        ("For Sale", [10001], [10001]),
        ("for sale", [10001], [10001]),
        ("Draft", [10002], []),
        ("Sold", [10003, 10004], []),
        ("Expired", [], []),
        ("All", [10001, 10002, 10003, 10004], [10001]),
    ],
)
def test_a_status_narrows_what_the_caller_sees_anyway(owner, ask, status, own, seen):
    assert ids(owner(f"{OWN}?status={status}")) == own
    assert ids(ask(f"{OWN}?status={status}")) == seen


def test_a_status_that_there_is_not_is_refused_with_those_there_are(ask):
    answer = ask(f"{OWN}?status=Borrowed")

    assert answer.status_code == 422
    assert answer.json() == {
        "message": "Invalid status: expected one of All, Deleted, Draft, Expired, For Sale, Sold, "
        "Suspended, Violation."
    }


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("listed", [10003, 10001, 10002, 10004]),
        ("price", [10001, 10003, 10004, 10002]),
        ("item", [10001, 10003, 10002, 10004]),
        ("artist", [10002, 10001, 10003, 10004]),
        ("label", [10004, 10003, 10001, 10002]),
        ("catno", [10001, 10004, 10003, 10002]),
        ("audio", [10001, 10002, 10003, 10004]),
        ("status", [10002, 10001, 10003, 10004]),
        ("location", [10003, 10004, 10001, 10002]),
    ],
)
def test_listings_come_in_the_order_that_is_asked_for(owner, sort, order):
    assert ids(owner(f"{OWN}?sort={sort}")) == order


def test_some_orders_are_for_the_owner(ask):
    assert ask(f"{OWN}?sort=location").status_code == 422
    assert ask(f"{OWN}?sort=price&sort_order=desc").status_code == 200
