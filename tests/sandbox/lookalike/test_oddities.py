import json

import pytest

USER = "/users/crate_keeper"
TAKERS = [
    ("PUT", "/releases/4001/rating/crate_keeper", ["rating"]),
    ("POST", USER, ["name", "home_page", "location", "profile", "curr_abbr"]),
    ("POST", f"{USER}/collection/folders", ["name"]),
    ("POST", f"{USER}/collection/folders/8001", ["name"]),
    (
        "POST",
        f"{USER}/collection/folders/8001/releases/4016/instances/9001",
        ["rating", "folder_id"],
    ),
    ("POST", f"{USER}/collection/folders/0/releases/4016/instances/9001/fields/3", ["value"]),
    ("PUT", f"{USER}/wants/4001", ["rating", "notes", "notes_public", "release_id"]),
    ("POST", f"{USER}/wants/4037", ["rating", "notes", "notes_public"]),
    (
        "POST",
        "/marketplace/listings",
        [
            *("release_id", "condition", "price", "status", "sleeve_condition", "comments"),
            *("allow_offers", "external_id", "location", "weight", "format_quantity"),
        ],
    ),
    ("POST", "/marketplace/orders/7001-2", ["status", "shipping"]),
    ("POST", "/marketplace/orders/7001-2/messages", ["message", "status"]),
    ("POST", "/_sandbox/lists", ["name", "owner", "description", "public", "items"]),
]
OFFER = {"release_id": 4001, "condition": "Mint (M)", "price": 1}
ODDITIES = [
    *("", "x", "\ud800", "\x00", "9" * 30, "٣", "1e400", "nan", "auto", "x" * 10_000),
    *(True, 0, -1, 7, 1.5, 1e300, 10**400, float("nan"), float("-inf")),
    *([], {}, [1], [{}], {"a": []}),
]


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [(method, path, name) for method, path, names in TAKERS for name in names],
)
def test_no_value_breaks_the_look_alike_or_its_json(owner, method, path, name):
    rest = OFFER if path.endswith("listings") else {}

    for value in ODDITIES:
        answer = owner(path, method, content=json.dumps(rest | {name: value}).encode())

        assert answer.status_code in (200, 201, 204, 404, 422)
        if answer.content:
            json.loads(answer.content, parse_constant=pytest.fail)


@pytest.mark.parametrize(
    "path",
    [
        f"{USER}/inventory",
        f"{USER}/contributions",
        f"{USER}/submissions",
        f"{USER}/collection/folders/0/releases",
        f"{USER}/wants",
        f"{USER}/lists",
        "/marketplace/orders",
        "/marketplace/orders/7001-1/messages",
        "/inventory/export",
        "/inventory/upload",
    ],
)
@pytest.mark.parametrize(
    "query",
    [
        *("page=%C2%B2", "page=9e9", "per_page=-1", "sort=%00", "sort_order=up", "status=%FF"),
        *("created_after=0001-01-01T00:00:00%2B23:59", "created_before=9999-12-31", "archived="),
        *("curr_abbr=usd", "a=1&a=2", "%ff=%ff", f"page={'9' * 5000}"),
    ],
)
def test_no_query_breaks_the_look_alike(owner, path, query):
    assert owner(f"{path}?{query}").status_code in (200, 404, 422)
