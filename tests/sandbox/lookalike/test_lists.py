import pytest

MADE = "/_sandbox/lists"
ITEM = {"type": "release", "id": 4001, "comment": "Good."}


def ids(answer):
    return [each["id"] for each in answer.json()["lists"]]


def test_others_see_only_the_public_lists(owner, friend, ask):
    lists = "/users/crate_keeper/lists"

    assert ids(owner(lists)) == [2501, 2502]
    assert ids(friend(lists)) == ids(ask(lists)) == [2501]


def test_a_row_has_its_shape(ask):
    assert ask("/users/vinyl_friend/lists").json()["lists"][0] == {
        "id": 2511,
        "name": "Manchester",
        "description": "Rain and drum machines.",
        "public": True,
        "date_added": "2021-01-30T18:00:00-08:00",
        "date_changed": "2021-02-28T18:00:00-08:00",
        "uri": "https://www.discogs.com/lists/2511",
        "resource_url": "https://api.discogs.com/lists/2511",
    }


def test_a_list_holds_anything_of_the_catalogue(ask):
    body = ask("/lists/2501").json()

    assert body["user"] == {
        "id": 7001,
        "avatar_url": "https://i.discogs.com/sandbox/rs:fill/g:sm/q:40/h:500/w:500/U-7001.jpeg",
        "username": "crate_keeper",
        "resource_url": "https://api.discogs.com/users/crate_keeper",
    }
    assert [(each["type"], each["display_title"]) for each in body["items"]] == [
        ("release", "Miles Davis - Kind Of Blue"),
        ("master", "Aphex Twin - Selected Ambient Works 85-92"),
        ("artist", "Sigur Rós"),
        ("label", "Factory"),
    ]
    assert body["image_url"] == body["items"][0]["image_url"] != ""
    assert "stats" in body["items"][0]
    assert "stats" not in body["items"][2]


def test_the_items_of_a_list_lead_into_the_catalogue(ask):
    urls = [each["resource_url"] for each in ask("/lists/2501").json()["items"]]

    paths = [url.removeprefix("https://api.discogs.com") for url in urls]
    assert [ask(path).status_code for path in paths] == [200] * 4


def test_a_private_list_is_for_its_owner(owner, friend, ask):
    assert owner("/lists/2502").json()["name"] == "Presents"
    for answer in (friend("/lists/2502"), ask("/lists/2502")):
        assert answer.status_code == 403
        assert answer.json()["message"].endswith("authenticate as the owner to view this content.")


def test_a_list_is_made_read_changed_and_deleted(ask, time):
    made = ask(MADE, "POST", body={"name": "New", "items": [ITEM], "owner": "VINYL_friend"})
    path = f"/lists/{made.json()['id']}"
    time.now = time.now.replace(year=2025)
    changed = ask(f"/_sandbox{path}", "POST", body={"description": "More.", "items": []})
    read = ask(path)
    deleted = ask(f"/_sandbox{path}", "DELETE")

    assert (made.status_code, made.json()["user"]["username"]) == (201, "vinyl_friend")
    assert made.json()["items"][0]["comment"] == "Good."
    assert changed.json()["name"] == "New"
    assert read.json() == changed.json()
    assert (read.json()["description"], read.json()["items"]) == ("More.", [])
    assert read.json()["date_added"] == "2024-07-01T12:00:00-07:00"
    assert read.json()["date_changed"] == "2025-07-01T12:00:00-07:00"
    assert deleted.status_code == 204
    assert ask(path).status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"name": ""}, 422),
        ({"name": "x", "public": 1}, 422),
        ({"name": "x", "items": [{"type": "release", "id": 1}]}, 422),
        ({"name": "x", "items": [{"type": "user", "id": 7001}]}, 422),
        ({"name": "x", "items": [1]}, 422),
        ({"name": "x", "items": {}}, 422),
        ({"name": "x", "owner": "nobody"}, 404),
    ],
)
def test_a_list_that_makes_no_sense_is_not_made_and_takes_no_number(ask, body, status):
    before = ask(MADE, "POST", body={"name": "x"}).json()["id"]

    assert ask(MADE, "POST", body=body).status_code == status
    assert ask(MADE, "POST", body={"name": "x"}).json()["id"] == before + 1


def test_a_list_that_is_not_there_cannot_be_changed(ask):
    assert ask(f"{MADE}/9", "POST", body={"name": "x"}).status_code == 404
    assert ask(f"{MADE}/9", "DELETE").status_code == 404
