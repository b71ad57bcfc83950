import pytest

WANTS = "/users/crate_keeper/wants"


def rows(answer):
    return {each["id"]: each for each in answer.json()["wants"]}


def test_a_want_has_its_shape(owner):
    row = rows(owner(WANTS))[4037]

    assert row["resource_url"] == "https://api.discogs.com/users/crate_keeper/wants/4037"
    assert (row["rating"], row["notes"]) == (5, "With the textured sleeve.")
    assert row["date_added"] == "2022-01-10T09:00:00-08:00"
    assert row["basic_information"]["title"] == "Unknown Pleasures"


def test_a_want_is_added_changed_and_removed(owner):
    path = f"{WANTS}/4001"
    added = owner(path, "PUT", {"notes": "a", "rating": 2})
    edited = owner(path, "POST", {"rating": 3})
    read = rows(owner(WANTS))[4001]
    removed = owner(path, "DELETE")

    assert (added.status_code, added.json()["notes"], added.json()["rating"]) == (201, "a", 2)
    assert added.json()["date_added"] == "2024-07-01T12:00:00-07:00"
    assert (edited.status_code, edited.json()) == (200, added.json() | {"rating": 3})
    assert read == edited.json()
    assert (removed.status_code, removed.content) == (204, b"")
    assert 4001 not in rows(owner(WANTS))


def test_wants_come_in_the_order_that_is_asked_for(owner):
    def order(query):
        return list(rows(owner(f"{WANTS}?{query}")))

    assert order("sort=added") == order("sort=rating&sort_order=desc") == [4037, 4044]
    assert order("sort=added&sort_order=desc") == order("sort=year") == [4044, 4037]
    assert owner(f"{WANTS}?sort=bogus").status_code == 422


def test_what_is_wanted_twice_is_wanted_once(owner, time):
    first = owner(f"{WANTS}/4001", "PUT", {"notes": "kept"})
    time.now = time.now.replace(year=2025)

    again = owner(f"{WANTS}/4001", "PUT", {"rating": 1})

    assert again.status_code == 201
    assert again.json() == first.json() | {"rating": 1}
    assert len(rows(owner(WANTS))) == 3


def test_the_stock_client_may_name_the_release_again_as_text(owner):
    body = {"release_id": "4001", "notes_public": True}

    assert owner(f"{WANTS}/4001", "PUT", body).status_code == 201


def test_notes_are_for_the_owner_unless_he_shows_them(owner, friend, ask):
    assert not any("notes" in each for each in rows(friend(WANTS)).values())

    owner(f"{WANTS}/4037", "POST", {"notes_public": True})

    assert rows(ask(WANTS))[4037]["notes"] == "With the textured sleeve."
    assert "notes" not in rows(ask(WANTS))[4044]


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_what_is_not_wanted_is_not_found(owner, method):
    answer = owner(f"{WANTS}/4001", method, {"rating": 1})

    assert answer.status_code == 404
    assert answer.json() == {"message": "The requested resource was not found."}


def test_only_a_release_that_exists_can_be_wanted(owner):
    answer = owner(f"{WANTS}/9", "PUT")

    assert answer.status_code == 404
    assert answer.json() == {"message": "That release does not exist or may have been deleted."}


@pytest.mark.parametrize("body", [{"rating": 6}, {"notes": 1}, {"notes_public": "yes"}])
def test_a_want_is_not_changed_into_nonsense(owner, body):
    assert owner(f"{WANTS}/4001", "PUT", body).status_code == 422
    assert 4001 not in rows(owner(WANTS))


def test_what_is_wanted_shows_in_a_search(owner):
    row = owner("/database/search?catno=FACT+10&type=release").json()["results"][0]
    (master,) = owner("/database/search?q=unknown+pleasures&type=master").json()["results"]

    assert row["user_data"] == {"in_wantlist": True, "in_collection": False}
    assert master["user_data"] == {"in_wantlist": True, "in_collection": False}


def test_pictures_of_a_wantlist_are_hidden_from_the_anonymous(ask, owner):
    assert rows(ask(WANTS))[4037]["basic_information"]["thumb"] == ""
    assert rows(owner(WANTS))[4037]["basic_information"]["thumb"] != ""
