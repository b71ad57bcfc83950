import pytest

ORDERS = "/marketplace/orders"
PAID = f"{ORDERS}/7001-1"
NEW = f"{ORDERS}/7001-2"
NOT_YOURS = {"message": "You don't have permission to access this resource."}
CANCELLED = "Cancelled (Item Unavailable)"


def ids(answer):
    return [each["id"] for each in answer.json()["orders"]]


def test_an_order_is_whole_for_its_seller(owner):
    body = owner(PAID).json()

    assert body["messages_url"] == f"https://api.discogs.com{PAID}/messages"
    assert body["total"] == {"value": 9.5, "currency": "USD"}
    assert body["fee"] == {"value": 0.85, "currency": "USD"}
    assert body["shipping"] == {"currency": "USD", "method": "Standard", "value": 6.0}
    assert body["buyer"]["email"] == "kim@vinyl.example"
    assert body["shipping_address"].startswith("Kim Okafor\n")
    assert (body["buyer_fee"], body["tax_on_buyer_fee"], body["tracking"]) == (None, None, {})
    assert body["items"][0]["release"]["title"] == "Blue Monday"


def test_an_order_has_the_keys_of_the_wire(owner):
    assert owner(PAID).json().keys() == {
        *("id", "resource_url", "messages_url", "uri", "status", "next_status", "fee", "created"),
        *("items", "shipping", "shipping_address", "additional_instructions", "archived"),
        *("seller", "buyer", "last_activity", "total", "feedback", "tax", "tracking"),
        *("buyer_fee", "tax_on_buyer_fee"),
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["7001-1", "7001-2"]),
        ("status=All", ["7001-1", "7001-2"]),
        ("status=New+Order", ["7001-2"]),
        ("status=Merged", []),
        ("archived=true", []),
        ("archived=False", ["7001-1", "7001-2"]),
        ("created_after=2024-03-01T00:00:00Z", ["7001-2"]),
        ("created_before=2024-03-01", ["7001-1"]),
        ("created_after=2024-01-15T08:00:00-08:00", ["7001-2"]),
        ("sort=id&sort_order=desc", ["7001-2", "7001-1"]),
        ("sort=buyer", ["7001-2", "7001-1"]),
        ("sort=created", ["7001-1", "7001-2"]),
        ("sort=status", ["7001-2", "7001-1"]),
        ("sort=last_activity&sort_order=desc", ["7001-2", "7001-1"]),
    ],
)
def test_orders_are_filtered_and_sorted(owner, query, expected):
    assert ids(owner(f"{ORDERS}?{query}")) == expected


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("status=Lost", "Invalid status: expected one of All, New Order, Buyer Contacted, "),
        ("created_after=soon", "Invalid created_after: expected an ISO 8601 time."),
        ("archived=maybe", "Invalid archived: expected bool."),
        ("sort=price", "Invalid sort: expected one of id, buyer, created, status, last_activity."),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused(owner, query, message):
    answer = owner(f"{ORDERS}?{query}")

    assert answer.status_code == 422
    assert answer.json()["message"].startswith(message)


def test_who_sold_nothing_has_no_orders(friend, quiet):
    assert ids(friend(ORDERS)) == ids(quiet(ORDERS)) == []


@pytest.mark.parametrize(
    ("path", "method"),
    [(PAID, "GET"), (PAID, "POST"), (f"{PAID}/messages", "GET"), (f"{PAID}/messages", "POST")],
)
def test_an_order_is_for_its_seller_alone(friend, ask, path, method):
    body = {"message": "x"} if method == "POST" else None

    assert (friend(path, method, body).status_code, friend(path, method, body).json()) == (
        403,
        NOT_YOURS,
    )
    assert ask(path, method, body=body).status_code == 401


@pytest.mark.parametrize("number", ["7001-3", "7002-1", "nonsense", "7001%2F1"])
def test_an_order_that_is_not_there_is_missing(owner, number):
    answer = owner(f"{ORDERS}/{number}")

    assert answer.status_code == 404
    assert answer.json() == {"message": "The requested resource was not found."}


def test_a_status_is_set_and_the_log_says_so(owner):
    answer = owner(PAID, "POST", {"status": "Shipped"})
    (*_, line) = owner(f"{PAID}/messages").json()["messages"]

    assert (answer.status_code, answer.json()["status"]) == (200, "Shipped")
    assert answer.json() == owner(PAID).json()
    assert answer.json()["last_activity"] == "2024-07-01T12:00:00-07:00"
    assert answer.json()["next_status"] == ["Shipped", "Refund Sent"]
    assert (line["type"], line["status_id"]) == ("status", 7)
    assert line["actor"]["username"] == "crate_keeper"
    assert line["message"] == "crate_keeper changed the order status to Shipped."


def test_shipping_is_set_and_the_buyer_gets_an_invoice(owner):
    answer = owner(NEW, "POST", {"shipping": 5})
    (line,) = owner(f"{NEW}/messages").json()["messages"]

    assert answer.json()["shipping"]["value"] == 5.0
    assert answer.json()["status"] == "Invoice Sent"
    assert (line["type"], line["original"], line["new"]) == ("shipping", 0.0, 5.0)


def test_setting_the_shipping_of_what_is_paid_leaves_it_paid(owner):
    assert owner(PAID, "POST", {"shipping": 5}).json()["status"] == "Payment Received"


def test_a_cancelled_order_stays_cancelled(owner):
    answer = owner(NEW, "POST", {"status": CANCELLED})

    assert answer.json()["next_status"] == []
    assert owner(NEW, "POST", {"status": "Shipped"}).status_code == 422
    assert ids(owner(f"{ORDERS}?status=Cancelled")) == ["7001-2"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "Exactly one of status and shipping is expected."),
        ({"status": "Shipped", "shipping": 1}, "Exactly one of status and shipping is expected."),
        ({"status": "New Order"}, "Invalid status: expected one of Payment Received, In Progress"),
        ({"status": 1}, "Invalid status: expected one of Payment Received, In Progress"),
        ({"status": {}}, "Invalid status: expected one of Payment Received, In Progress"),
        ({"shipping": "far"}, "Invalid shipping: expected float."),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(owner, body, message):
    answer = owner(PAID, "POST", body)

    assert answer.status_code == 422
    assert answer.json()["message"].startswith(message)
    assert len(owner(f"{PAID}/messages").json()["messages"]) == 2


def test_each_kind_of_message_has_its_own_keys(owner):
    common = {"timestamp", "message", "type", "subject", "order"}
    owner(PAID, "POST", {"shipping": 7})

    rows = {each["type"]: each.keys() - common for each in messages(owner)}
    assert rows == {
        "message": {"from"},
        "status": {"status_id", "actor"},
        "shipping": {"original", "new"},
    }


def test_a_message_is_written_and_read_back(owner):
    body = {"message": "On its way.", "email_buyer": True, "email_seller": False}

    written = owner(f"{PAID}/messages", "POST", body)

    assert written.status_code == 201
    assert written.json() == messages(owner)[-1]
    assert written.json()["from"]["username"] == "crate_keeper"
    assert written.json()["subject"] == "Discogs Order #7001-1, Blue Monday"
    assert written.json()["order"] == {
        "id": "7001-1",
        "resource_url": f"https://api.discogs.com{PAID}",
    }


def test_a_message_can_set_the_status_and_then_says_so_first(owner):
    both = owner(f"{PAID}/messages", "POST", {"message": "Sent.", "status": "Shipped"})
    alone = owner(f"{PAID}/messages", "POST", {"status": "Refund Sent"})

    assert both.json()["message"] == (
        "Seller changed status from Payment Received to Shipped\n\nSent."
    )
    assert alone.json()["message"] == "Seller changed status from Shipped to Refund Sent"
    assert owner(PAID).json()["status"] == "Refund Sent"


@pytest.mark.parametrize("body", [{}, {"message": ""}, {"message": 1}, {"status": "Lost"}])
def test_a_message_says_something(owner, body):
    assert owner(f"{PAID}/messages", "POST", body).status_code == 422


def test_of_too_many_messages_the_oldest_are_forgotten(owner):
    for _ in range(1000):
        owner(f"{PAID}/messages", "POST", {"message": "again"})

    assert owner(f"{PAID}/messages").json()["pagination"]["items"] == 1000


def messages(owner):
    return owner(f"{PAID}/messages").json()["messages"]
