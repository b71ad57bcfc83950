import pytest

OWN = "/users/crate_keeper"


def test_a_page_of_submissions_holds_its_rows_over_all_kinds(ask):
    first = ask(f"{OWN}/submissions?per_page=6").json()
    rows = first["submissions"]

    assert {kind: len(rows[kind]) for kind in rows} == {"artists": 3, "labels": 2, "releases": 1}
    assert first["pagination"]["items"] == 47


def test_submitted_artists_name_the_others_and_labels_their_contact_in_the_old_way(ask):
    rows = ask(f"{OWN}/submissions").json()["submissions"]
    aphex, _, division = rows["artists"]

    assert aphex["aliases"] == ["AFX", "The Dice Man"]
    assert "Bernard Sumner" in division["members"]
    assert {"contactinfo"} <= rows["labels"][0].keys()
    assert not {"contact_info", "sublabels"} & rows["labels"][0].keys()


def test_contributions_are_releases_without_their_tracks(ask):
    rows = ask("/users/side_b/contributions").json()["contributions"]

    assert [each["id"] for each in rows] == [4017, 4019]
    assert not {"tracklist", "extraartists"} & rows[0].keys()


def test_who_gave_nothing_has_an_empty_page(ask):
    assert ask("/users/vinyl_friend/contributions").json()["contributions"] == []
    assert ask("/users/vinyl_friend/submissions").json()["submissions"] == {
        "artists": [],
        "labels": [],
        "releases": [],
    }


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("label", 4045),
        ("artist", 4009),
        ("title", 4006),
        ("catno", 4006),
        ("format", 4046),
        ("rating", 4032),
        ("year", 4029),
        ("added", 4001),
    ],
)
def test_contributions_come_in_the_order_that_is_asked_for(ask, sort, first):
    rows = ask(f"{OWN}/contributions?sort={sort}&sort_order=asc").json()["contributions"]
    back = ask(f"{OWN}/contributions?sort={sort}&sort_order=desc").json()["contributions"]

    assert rows[0]["id"] == first
    assert back[0]["id"] != first


def test_an_order_that_there_is_not_is_refused(ask):
    answer = ask(f"{OWN}/contributions?sort=bogus")

    assert answer.status_code == 422
    assert answer.json()["message"].startswith("Invalid sort: expected one of label, artist,")
