import pytest

OWN = "/releases/4001/rating/crate_keeper"


def test_who_has_not_rated_a_release_gives_it_0(ask):
    assert ask(OWN).json() == {"username": "crate_keeper", "release_id": 4001, "rating": 0}


def test_a_rating_is_given_changed_and_taken_back(owner, ask):
    given, changed = owner(OWN, "PUT", {"rating": 3}), owner(OWN, "PUT", {"rating": 5})
    seen = ask(OWN)
    gone = owner(OWN, "DELETE")

    assert given.json() == {"username": "crate_keeper", "release_id": 4001, "rating": 3}
    assert (given.status_code, changed.json()["rating"], seen.json()["rating"]) == (200, 5, 5)
    assert (gone.status_code, gone.content) == (204, b"")
    assert ask(OWN).json()["rating"] == 0


def test_taking_back_a_rating_that_is_not_there_is_done_at_once(owner):
    assert owner(OWN, "DELETE").status_code == 204


def test_a_name_in_any_case_comes_back_as_its_user_writes_it(owner):
    answer = owner("/releases/4016/rating/CRATE_Keeper", "PUT", {"rating": 2})

    assert answer.json()["username"] == "crate_keeper"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "Invalid rating: expected int."),
        ({"rating": "much"}, "Invalid rating: expected int."),
        ({"rating": True}, "Invalid rating: expected int."),
        ({"rating": 0}, "Invalid rating: expected one of 1, 2, 3, 4, 5."),
        ({"rating": 6}, "Invalid rating: expected one of 1, 2, 3, 4, 5."),
        ([], "Invalid body: expected object."),
    ],
)
def test_a_rating_that_is_none_is_refused_with_its_reason(owner, body, message):
    answer = owner(OWN, "PUT", body)

    assert (answer.status_code, answer.json()) == (422, {"message": message})


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/releases/1/rating/crate_keeper", "Release does not exist or may have been deleted."),
        ("/releases/4001/rating/nobody", "User does not exist or may have been deleted."),
    ],
)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_rating_needs_a_release_and_a_user(owner, path, message, method):
    answer = owner(path, method, {"rating": 1})

    assert (answer.status_code, answer.json()) == (404, {"message": message})


def test_the_rating_of_the_community_is_that_of_the_release(ask):
    answer = ask("/releases/4016/rating").json()

    assert answer == {"release_id": 4016, "rating": {"count": 310, "average": 4.79}}
    assert answer["rating"] == ask("/releases/4016").json()["community"]["rating"]


def test_the_statistics_of_a_release_are_as_broken_as_those_of_discogs(ask):
    assert ask("/releases/4016/stats").json() == {"is_offensive": False}
