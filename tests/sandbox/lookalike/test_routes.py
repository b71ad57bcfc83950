import pytest

from sandbox.lookalike.routes.table import OPERATIONS

PATHS = sorted({path for _, path, _ in OPERATIONS})


def test_every_documented_operation_is_there_once():
    pairs = [(method, path) for method, path, _ in OPERATIONS if path != "/"]

    assert len(pairs) == len(set(pairs)) == 60


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH"])
def test_a_wrong_verb_is_told_those_of_the_path(owner, path, method):
    verbs = {each for each, other, _ in OPERATIONS if other == path}
    if "GET" in verbs:
        verbs.add("HEAD")
    concrete = path.format(
        username="crate_keeper", order_id="7001-1", price="1", currency="USD",
        release_id=4016, master_id=3001, artist_id=1001, label_id=2001, listing_id=10001,
        folder_id=8001, instance_id=9001, field_id=3, export_id=501, upload_id=601, list_id=2501,
    )  # fmt: skip

    answer = owner(concrete, method)

    assert (answer.status_code == 405) == (method not in verbs)
    if method not in verbs:
        assert answer.headers["allow"] == ", ".join(sorted(verbs))
        assert answer.json() == {"message": f"Method {method} is not allowed for this resource."}


@pytest.mark.parametrize(
    "path",
    [
        "/users",
        "/users/crate_keeper/",
        "/users/crate_keeper/collection",
        "/users/crate_keeper/collection/folders/jazz",
        "/users/crate_keeper/wants/x",
        "/marketplace/listings/x",
        "/marketplace/fee",
        "/marketplace/search",
        "/inventory/upload/update",
        f"/lists/{'9' * 5000}",
    ],
)
def test_a_path_that_leads_nowhere_is_not_found(owner, path):
    answer = owner(path, "POST" if "upload" in path else "GET")

    assert answer.status_code == 404
    assert answer.json() == {"message": "The requested resource was not found."}
