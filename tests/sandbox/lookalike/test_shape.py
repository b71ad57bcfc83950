import json
import re
from collections import defaultdict

import pytest

KINDS = ("artist", "master", "release", "label")
# A master and a release share the parts that they are made of.
RECORDS = ("master", "release")
# Few submissions were recorded: their parts may have whatever they have elsewhere, and these.
SUBMITTED = [
    *((each, "", ".submissions.releases[]") for each in RECORDS),
    ("label", "", ".submissions.labels[]"),
    ("submissions", ".submissions.artists[].aliases", ".submissions.artists[].members"),
    ("label", ".contact_info", ".submissions.labels[].contactinfo"),
]
CONTRIBUTED = [(each, "", ".contributions[]") for each in RECORDS]
USER = "/users/crate_keeper"
# A key here is a name out of the catalogue.
BY_NAME = re.compile(r"\.filters\.available\.\w+")


def shapes(value, path=""):
    kinds = {dict: "object", list: "array", str: "string", bool: "bool", type(None): "null"}
    yield path, kinds.get(type(value), "number")
    if isinstance(value, dict):
        for key, item in value.items():
            name = "*" if BY_NAME.fullmatch(path) else key
            yield from shapes(item, f"{path}.{name}")
    if isinstance(value, list):
        for item in value:
            yield from shapes(item, f"{path}[]")


def recorded_shapes(recorded, places):
    """Take the shapes of each folder, and let those at one place in it stand for another."""
    kinds_by_path = defaultdict(set)
    for folder, there, here in places:
        for file in (recorded / folder).glob("*.json"):
            for path, kind in shapes(json.loads(file.read_text(encoding="utf-8"))):
                if path.startswith(there):
                    kinds_by_path[here + path.removeprefix(there)].add(kind)
    return kinds_by_path


def whole(*folders):
    return [(folder, "", "") for folder in folders]


@pytest.mark.parametrize(
    ("places", "paths"),
    [
        (whole("artist"), [f"/artists/{number}" for number in range(1001, 1020)]),
        (whole("artist-releases"), ["/artists/1006/releases", "/artists/1014/releases"]),
        (whole("label"), [f"/labels/{number}" for number in range(2001, 2026)]),
        (whole("label-releases"), ["/labels/2012/releases"]),
        (whole(*RECORDS), [f"/masters/{number}" for number in range(3001, 3019)]),
        (whole("master-versions"), ["/masters/3009/versions", "/masters/3007/versions"]),
        (
            whole(*RECORDS),
            [f"/releases/{number}" for number in (4001, 4019, 4023, 4031, 4042, 4046)],
        ),
        (whole("search"), [f"/database/search?type={kind}" for kind in KINDS]),
        (whole("release-rating-user"), ["/releases/4016/rating/crate_keeper"]),
        (whole("release-rating-community"), ["/releases/4016/rating"]),
        (whole("release-stats"), ["/releases/4016/stats"]),
        (whole("inventory"), [f"{USER}/inventory", "/users/vinyl_friend/inventory?per_page=1"]),
        (
            [("listing", "", ""), ("inventory", ".listings[]", "")],
            [f"/marketplace/listings/{number}" for number in (10001, 10002, 10101)],
        ),
        (whole("price-suggestions"), ["/marketplace/price_suggestions/4016"]),
        (whole("identity"), ["/oauth/identity"]),
        (
            [*whole("submissions"), *SUBMITTED],
            [f"{USER}/submissions", "/users/needle_drop/submissions"],
        ),
        (
            [*whole("contributions"), *CONTRIBUTED],
            [f"{USER}/contributions?per_page=20"],
        ),
        (whole("collection-folders"), [f"{USER}/collection/folders"]),
        (whole("collection-folder"), [f"{USER}/collection/folders/8001"]),
        (
            whole("collection-items"),
            [
                f"{USER}/collection/folders/0/releases?per_page=2",
                f"{USER}/collection/folders/0/releases?per_page=2&page=2",
                f"{USER}/collection/releases/4019",
                "/users/vinyl_friend/collection/folders/0/releases",
            ],
        ),
        (whole("collection-fields"), [f"{USER}/collection/fields"]),
        (whole("wantlist"), [f"{USER}/wants?per_page=1", "/users/vinyl_friend/wants"]),
    ],
)
def test_no_answer_has_a_key_or_a_type_that_discogs_never_sent(owner, recorded, places, paths):
    known = recorded_shapes(recorded, places)

    sent = {shape for path in paths for shape in shapes(owner(path).json())}

    assert {(path, kind) for path, kind in sent if kind not in known[path]} == set()


@pytest.mark.parametrize(
    ("folder", "path", "method", "body"),
    [
        ("collection-add", f"{USER}/collection/folders/1/releases/4001", "POST", None),
        ("collection-folder", f"{USER}/collection/folders", "POST", {"name": "New"}),
        ("release-rating-user", "/releases/4001/rating/crate_keeper", "PUT", {"rating": 1}),
        ("wantlist-item", f"{USER}/wants/4001", "PUT", {"notes": ""}),
        ("wantlist-item", f"{USER}/wants/4037", "POST", {"notes": ""}),
        (
            "listing-create",
            "/marketplace/listings",
            "POST",
            {"release_id": 4001, "condition": "Mint (M)", "price": 1},
        ),
    ],
)
def test_the_answer_to_a_change_has_exactly_the_recorded_keys(
    owner, recorded, folder, path, method, body
):
    known = recorded_shapes(recorded, [*whole(folder), ("wantlist", ".wants[]", "")])

    answer = owner(path, method, body).json()

    assert answer.keys() == recorded_keys(recorded, folder)
    assert all(kind in known[path] for path, kind in shapes(answer))


def recorded_keys(recorded, folder):
    file = next((recorded / folder).glob("*.json"))
    return json.loads(file.read_text(encoding="utf-8")).keys()
