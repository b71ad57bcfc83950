import pytest

OWN = "/users/crate_keeper"
COUNTS = {"num_collection", "num_wantlist"}
SECRETS = {"email", "num_unread"}


def test_the_identity_is_the_user_of_the_token(owner, quiet):
    assert owner("/oauth/identity").json() == {
        "id": 7001,
        "username": "crate_keeper",
        "resource_url": "https://api.discogs.com/users/crate_keeper",
        "consumer_name": "crate_keeper",
    }
    assert quiet("/oauth/identity").json()["id"] == 7003


def test_only_the_owner_sees_his_address_and_his_unread_messages(owner, friend, ask):
    assert owner(OWN).json().keys() >= SECRETS
    assert not friend(OWN).json().keys() & SECRETS
    assert not ask(OWN).json().keys() & SECRETS


def test_only_the_owner_sees_how_much_he_hides(quiet, ask):
    assert quiet("/users/quiet_collector").json().keys() >= COUNTS
    assert not ask("/users/quiet_collector").json().keys() & COUNTS
    assert ask(OWN).json().keys() >= COUNTS


def test_the_counts_of_a_profile_are_those_of_what_is_there(owner):
    def counted(path, key):
        return owner(f"{OWN}/{path}").json()["pagination"]["items"], owner(OWN).json()[key]

    pairs = [
        counted("collection/folders/0/releases", "num_collection"),
        counted("wants", "num_wantlist"),
        counted("lists", "num_lists"),
        counted("inventory?status=For+Sale", "num_for_sale"),
        counted("contributions", "releases_contributed"),
    ]
    assert all(listed == told for listed, told in pairs)
    assert (owner(OWN).json()["releases_rated"], owner(OWN).json()["rating_avg"]) == (2, 4.5)


def test_a_profile_is_changed_where_something_is_said(owner, ask):
    before = ask(OWN).json()

    answer = owner(OWN, "POST", {"name": "R. C.", "curr_abbr": "EUR", "profile": None})

    assert (answer.status_code, answer.json()["email"]) == (200, "robin@crates.example")
    assert ask(OWN).json() == before | {"name": "R. C.", "curr_abbr": "EUR"}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"name": 1}, "Invalid name: expected string."),
        ({"profile": "x" * 10_001}, "Invalid profile: expected at most 10000 characters."),
        (
            {"curr_abbr": "XXX"},
            "Invalid curr_abbr: expected one of USD, GBP, EUR, CAD, AUD, JPY, CHF, MXN, BRL, NZD, "
            "SEK, ZAR.",
        ),
    ],
)
def test_a_profile_is_not_changed_into_nonsense(owner, body, message):
    answer = owner(OWN, "POST", body)

    assert (answer.status_code, answer.json()) == (422, {"message": message})


def test_a_text_that_points_at_nothing_can_still_be_read(owner, ask):
    owner(OWN, "POST", {"profile": f"[a999] [m{'9' * 99}] [r4016] [a{'9' * 100}]"})

    plain = ask(OWN, headers={"accept": "application/vnd.discogs.v2.plaintext+json"})
    html = ask(OWN, headers={"accept": "application/vnd.discogs.v2.html+json"})

    assert plain.json()["profile"].startswith(f"999 {'9' * 99} Kind Of Blue [a9")
    assert ">999</a>" in html.json()["profile"]


def test_half_a_letter_does_not_break_the_answer(owner):
    body = rb'{"name": "a\ud800b"}'

    assert owner(OWN, "POST", content=body).json()["name"] == "a?b"


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 100_000])
@pytest.mark.parametrize(
    "path", [OWN, f"{OWN}/collection/folders/0/releases/4016/instances/9001/fields/3"]
)
def test_a_body_that_is_no_json_is_refused(owner, path, body):
    answer = owner(path, "POST", content=body)

    assert answer.status_code == 400
    assert answer.json() == {"message": "The request body is not valid JSON."}


def test_a_body_that_is_too_large_is_refused_whatever_it_holds(owner):
    assert owner(OWN, "POST", content=b" " * 262_145).status_code == 413
    assert owner(OWN, "POST", content=b" " * 262_144).status_code == 200


def test_every_user_that_the_catalogue_names_has_a_profile(ask, lookalike):
    names = {
        name
        for release in lookalike.catalogue.releases.values()
        for name in (release.submitter, *release.contributors)
    }

    assert {ask(f"/users/{name}").status_code for name in names} == {200}
