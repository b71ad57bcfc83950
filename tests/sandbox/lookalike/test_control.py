import pytest

from sandbox.lookalike.app import Lookalike

USER = "/users/crate_keeper"
RESET = "/_sandbox/reset"
OFFER = {"release_id": 4001, "condition": "Mint (M)", "price": 1}
CHANGES = [
    ("POST", USER, {"name": "x"}),
    ("PUT", "/releases/4001/rating/crate_keeper", {"rating": 1}),
    ("POST", f"{USER}/collection/folders", {"name": "x"}),
    ("DELETE", f"{USER}/collection/folders/8002", None),
    ("POST", f"{USER}/collection/folders/1/releases/4001", None),
    ("DELETE", f"{USER}/collection/folders/8001/releases/4016/instances/9001", None),
    ("PUT", f"{USER}/wants/4001", {}),
    ("DELETE", f"{USER}/wants/4037", None),
    ("POST", "/marketplace/listings", OFFER),
    ("DELETE", "/marketplace/listings/10002", None),
    ("POST", "/marketplace/orders/7001-1", {"status": "Shipped"}),
    ("POST", "/marketplace/orders/7001-2/messages", {"message": "x"}),
    ("POST", "/inventory/export", None),
    ("POST", "/_sandbox/lists", {"name": "x"}),
    ("DELETE", "/_sandbox/lists/2501", None),
]
READS = [
    USER,
    "/releases/4001/rating/crate_keeper",
    f"{USER}/collection/folders",
    f"{USER}/collection/folders/0/releases",
    f"{USER}/wants",
    f"{USER}/inventory",
    "/marketplace/orders",
    "/marketplace/orders/7001-2/messages",
    "/inventory/export",
    "/inventory/upload",
    f"{USER}/lists",
]


def test_a_reset_brings_everything_back(owner):
    before = [owner(path).json() for path in READS]
    answers = [owner(path, method, body) for method, path, body in CHANGES]
    owner("/inventory/upload/delete", "POST", files={"upload": ("x.csv", b"listing_id\n10001\n")})
    changed = [owner(path).json() for path in READS]

    reset = owner(RESET, "POST")

    assert {each.is_success for each in answers} == {True}
    assert all(one != other for one, other in zip(before, changed, strict=True))
    assert (reset.status_code, reset.content) == (204, b"")
    assert [owner(path).json() for path in READS] == before


def test_after_a_reset_numbers_begin_again(owner):
    def made():
        return owner(f"{USER}/collection/folders", "POST", {"name": "x"}).json()["id"]

    first = made()
    owner(RESET, "POST")

    assert made() == first


def test_a_reset_leaves_the_faults_and_is_not_remembered(ask, lookalike):
    lookalike.faults.add("html_502")

    ask(RESET, "POST")

    assert lookalike.faults.waiting() == ["html_502"]
    assert not lookalike.requests


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_reset_is_asked_for_with_post(ask, method):
    answer = ask(RESET, method)

    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


def test_look_alikes_share_nothing(asking):
    one, other = asking(Lookalike(tokens=("t",))), asking(Lookalike(tokens=("t",)))
    credential = {"authorization": "Discogs token=t"}

    one("/inventory/export", "POST", headers=credential)

    assert len(one("/inventory/export", headers=credential).json()["items"]) == 2
    assert len(other("/inventory/export", headers=credential).json()["items"]) == 1


def test_tokens_without_names_belong_to_the_owner(asking):
    for tokens in (("mine", "too"), ["mine", "too"], {"mine": "crate_keeper"}):
        ask = asking(Lookalike(tokens=tokens))

        identity = ask("/oauth/identity", headers={"authorization": "Discogs token=mine"})

        assert identity.json()["username"] == "crate_keeper"
