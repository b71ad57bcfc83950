import pytest

COLLECTION = "/users/crate_keeper/collection"
ALL = f"{COLLECTION}/folders/0/releases"
JAZZ = f"{COLLECTION}/folders/8001/releases"
COPY = f"{JAZZ}/4016/instances/9001"
MISSING = "The requested collection item does not exist in this user's collection."


def ids(answer):
    return [each["instance_id"] for each in answer.json()["releases"]]


def test_a_folder_holds_its_copies_and_all_holds_every_one(owner):
    assert ids(owner(JAZZ)) == [9001, 9002]
    assert ids(owner(ALL)) == [9001, 9002, 9003, 9004, 9005]


def test_a_copy_has_its_shape(owner):
    row = owner(JAZZ).json()["releases"][0]

    assert list(row) == [
        *("id", "instance_id", "date_added", "rating", "basic_information", "folder_id", "notes"),
    ]
    assert (row["id"], row["folder_id"], row["rating"]) == (4016, 8001, 5)
    assert row["notes"][0] == {"field_id": 1, "value": "Very Good Plus (VG+)"}
    assert row["basic_information"]["master_url"] == "https://api.discogs.com/masters/3006"


def test_a_release_without_a_master_says_so_with_a_zero_and_a_null(owner):
    (row,) = owner(f"{COLLECTION}/releases/4046").json()["releases"]

    basic = row["basic_information"]
    assert (basic["master_id"], basic["master_url"]) == (0, None)


def test_strangers_see_no_folders_and_only_public_fields(friend, ask):
    for seen in (friend(ALL), ask(ALL)):
        assert not any("folder_id" in each for each in seen.json()["releases"])
        assert seen.json()["releases"][0]["notes"] == [{"field_id": 3, "value": "Found in a shed."}]
        assert "notes" not in seen.json()["releases"][1]


def test_the_copies_of_one_release_are_found_together(ask):
    assert ids(ask(f"{COLLECTION}/releases/4019")) == [9003, 9004]
    assert ids(ask(f"{COLLECTION}/releases/4001")) == []


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("label", [9001, 9002, 9005, 9003, 9004]),
        ("artist", [9001, 9002, 9003, 9004, 9005]),
        ("title", [9005, 9001, 9002, 9003, 9004]),
        ("catno", [9003, 9004, 9002, 9001, 9005]),
        ("format", [9005, 9003, 9004, 9002, 9001]),
        ("rating", [9004, 9005, 9002, 9001, 9003]),
        ("added", [9001, 9002, 9003, 9004, 9005]),
        ("year", [9001, 9002, 9003, 9004, 9005]),
    ],
)
def test_copies_come_in_the_order_that_is_asked_for(owner, sort, order):
    assert ids(owner(f"{ALL}?sort={sort}")) == order


def test_an_order_that_there_is_not_is_refused(owner):
    answer = owner(f"{ALL}?sort=bogus")

    assert answer.status_code == 422
    assert answer.json() == {
        "message": "Invalid sort: expected one of label, artist, title, catno, format, year, "
        "rating, added."
    }


@pytest.mark.parametrize(("asked", "size"), [("250", 250), ("251", 250), ("0", 50)])
def test_pages_of_a_folder_may_have_250_rows(owner, asked, size):
    assert owner(f"{ALL}?per_page={asked}").json()["pagination"]["per_page"] == size


def test_pages_of_one_release_may_have_100_rows(owner):
    path = f"{COLLECTION}/releases/4019?per_page=250"

    assert owner(path).json()["pagination"]["per_page"] == 100


def test_a_copy_is_added_rated_moved_and_deleted(owner):
    added = owner(f"{COLLECTION}/folders/8002/releases/4001", "POST")
    number = added.json()["instance_id"]
    there = f"{COLLECTION}/folders/8002/releases/4001/instances/{number}"
    rated = owner(there, "POST", {"rating": 4, "folder_id": 8001})
    (row,) = owner(f"{COLLECTION}/releases/4001").json()["releases"]
    gone = owner(there, "POST", {"rating": 1})
    deleted = owner(there.replace("8002", "8001"), "DELETE")

    assert (added.status_code, number) == (201, 9202)
    assert added.json()["resource_url"] == (
        "https://api.discogs.com/users/crate_keeper/collection/folders/8002/releases/4001"
        "?instance_id=9202"
    )
    assert (rated.status_code, rated.content) == (204, b"")
    assert (row["rating"], row["folder_id"]) == (4, 8001)
    assert row["date_added"] == "2024-07-01T12:00:00-07:00"
    assert (gone.status_code, gone.json()) == (404, {"message": MISSING})
    assert deleted.status_code == 204
    assert ids(owner(f"{COLLECTION}/releases/4001")) == []


def test_each_call_adds_another_copy(owner):
    for _ in range(2):
        owner(f"{COLLECTION}/folders/1/releases/4001", "POST", content=b"whatever")

    assert ids(owner(f"{COLLECTION}/releases/4001")) == [9202, 9203]


def test_the_user_and_the_rows_see_what_was_added(owner):
    owner(f"{COLLECTION}/folders/1/releases/4001", "POST")

    row = owner("/database/search?catno=TPLP31CD&type=release").json()["results"][0]
    (version,) = owner("/masters/3001/versions?released=1993&label=One+Little+Indian").json()[
        "versions"
    ][:1]
    assert row["user_data"] == {"in_wantlist": False, "in_collection": True}
    assert version["stats"]["user"] == {"in_wantlist": 0, "in_collection": 1}


@pytest.mark.parametrize(
    ("path", "status", "message"),
    [
        (
            "folders/0/releases/4001",
            422,
            "Invalid folder_id: releases cannot be added to folder 0.",
        ),
        ("folders/9/releases/4001", 404, "The requested folder does not exist."),
        (
            "folders/1/releases/9",
            404,
            "That release does not exist or may have been deleted.",
        ),
    ],
)
def test_a_copy_needs_a_folder_and_a_release(owner, path, status, message):
    answer = owner(f"{COLLECTION}/{path}", "POST")

    assert (answer.status_code, answer.json()) == (status, {"message": message})


@pytest.mark.parametrize(
    "path",
    [
        f"{JAZZ}/4016/instances/9002",
        f"{JAZZ}/4018/instances/9001",
        f"{JAZZ}/4019/instances/9003",
        f"{JAZZ}/4044/instances/9201",
        f"{JAZZ}/4016/instances/1",
    ],
)
@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_a_copy_is_found_only_where_it_is(owner, path, method):
    answer = owner(path, method, {"rating": 1})

    assert (answer.status_code, answer.json()) == (404, {"message": MISSING})


def test_a_copy_is_reached_through_all_too(owner):
    assert owner(f"{ALL}/4016/instances/9001", "POST", {"folder_id": 1}).status_code == 204
    assert ids(owner(JAZZ)) == [9002]


@pytest.mark.parametrize("folder", [0, 9, 8011])
def test_a_copy_is_not_moved_to_where_nothing_can_be(owner, folder):
    answer = owner(COPY, "POST", {"folder_id": folder})

    assert answer.status_code == 422
    assert answer.json() == {"message": "Invalid folder_id: folder does not exist."}


@pytest.mark.parametrize(
    ("rating", "expected"), [(6, "one of 0, 1, 2, 3, 4, 5"), (-1, "one of"), (1.5, "int")]
)
def test_a_copy_has_no_more_than_five_stars(owner, rating, expected):
    answer = owner(COPY, "POST", {"rating": rating})

    assert answer.status_code == 422
    assert answer.json()["message"].startswith(f"Invalid rating: expected {expected}")


def test_a_refused_change_changes_nothing(owner):
    owner(COPY, "POST", {"rating": 1, "folder_id": 9})

    assert owner(JAZZ).json()["releases"][0]["rating"] == 5


def test_of_too_many_copies_the_oldest_that_was_added_makes_room(owner):
    for _ in range(1001):
        owner(f"{COLLECTION}/folders/1/releases/4001", "POST")

    assert owner(COLLECTION + "/folders/0").json()["count"] == 1005
    assert ids(owner(f"{COLLECTION}/releases/4001"))[0] == 9203
    assert ids(owner(JAZZ)) == [9001, 9002]
