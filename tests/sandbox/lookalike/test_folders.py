import pytest

FOLDERS = "/users/crate_keeper/collection/folders"
UPSTREAM = "https://api.discogs.com/users/crate_keeper/collection/folders"


def names(answer):
    return [each["name"] for each in answer.json()["folders"]]


def test_the_owner_sees_all_folders_and_others_only_the_first(owner, friend, ask):
    assert names(owner(FOLDERS)) == ["All", "Uncategorized", "Jazz", "To sell"]
    assert names(friend(FOLDERS)) == names(ask(FOLDERS)) == ["All"]


def test_a_folder_says_how_many_copies_are_in_it(owner):
    counts = [each["count"] for each in owner(FOLDERS).json()["folders"]]

    assert counts == [5, 3, 2, 0]
    assert counts == [owner(f"{FOLDERS}/{each}").json()["count"] for each in (0, 1, 8001, 8002)]


def test_a_folder_is_made_renamed_and_deleted(owner):
    made = owner(FOLDERS, "POST", {"name": "New"})
    path = f"{FOLDERS}/{made.json()['id']}"
    renamed = owner(path, "POST", {"name": "Newer"})
    read = owner(path)
    deleted = owner(path, "DELETE")

    body = {"id": 8012, "name": "New", "count": 0, "resource_url": f"{UPSTREAM}/8012"}
    assert (made.status_code, made.json()) == (201, body)
    assert (renamed.status_code, renamed.json()) == (200, body | {"name": "Newer"})
    assert read.json() == renamed.json()
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert owner(path).status_code == 404


def test_a_number_is_given_once(owner):
    first = owner(FOLDERS, "POST", {"name": "a"}).json()["id"]
    owner(f"{FOLDERS}/{first}", "DELETE")

    assert owner(FOLDERS, "POST", {"name": "b"}).json()["id"] == first + 1


def test_a_folder_is_only_deleted_when_it_is_empty(owner):
    full = owner(f"{FOLDERS}/8001", "DELETE")

    assert full.status_code == 422
    assert full.json() == {"message": "A folder must be empty before it can be deleted."}
    assert owner(f"{FOLDERS}/8002", "DELETE").status_code == 204


@pytest.mark.parametrize("folder", [0, 1])
@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_the_fixed_folders_stay_as_they_are(owner, folder, method):
    answer = owner(f"{FOLDERS}/{folder}", method, {"name": "Mine"})

    assert answer.status_code == 403
    assert answer.json() == {"message": "You don't have permission to access this resource."}


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": None}, {"name": 3}])
@pytest.mark.parametrize("path", [FOLDERS, f"{FOLDERS}/8001"])
def test_a_folder_needs_a_name(owner, path, body):
    answer = owner(path, "POST", body)

    assert (answer.status_code, answer.json()["message"]) == (422, "Invalid name: expected string.")


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize("folder", [8003, 8011, 10**98])
def test_a_folder_that_is_not_there_or_somebody_elses_is_missing(owner, method, folder):
    answer = owner(f"{FOLDERS}/{folder}", method, {"name": "x"})

    assert answer.status_code == 404
    assert answer.json() == {"message": "The requested folder does not exist."}


def test_of_too_many_folders_the_oldest_makes_room_and_its_copies_go_to_uncategorized(owner):
    first = owner(FOLDERS, "POST", {"name": "first"}).json()["id"]
    owner(f"{FOLDERS}/{first}/releases/4001", "POST")
    for _ in range(1000):
        owner(FOLDERS, "POST", {"name": "more"})

    assert owner(f"{FOLDERS}/{first}").status_code == 404
    assert names(owner(FOLDERS))[:4] == ["All", "Uncategorized", "Jazz", "To sell"]
    (copy,) = owner("/users/crate_keeper/collection/releases/4001").json()["releases"]
    assert copy["folder_id"] == 1
