import re

import pytest

PLAINTEXT = {"accept": "application/vnd.discogs.v2.plaintext+json"}
HTML = {"accept": "application/vnd.discogs.v2.html+json"}
USER = {"authorization": "Discogs token=sandbox-token"}
LINK = re.compile(r'"https://api\.discogs\.com(/(?:artists|labels|masters|releases)/[^"]*)"')

OWN_LINK = re.compile(
    r'"https://api\.discogs\.com(/(?:users|marketplace|inventory|lists|oauth)/[^"]*)"'
)


def test_every_link_within_the_catalogue_can_be_followed(ask):
    search = "/database/search?per_page=100"
    seen, waiting = set(), {search, f"{search}&page=2"}

    while waiting:
        seen |= waiting
        answers = [ask(path) for path in waiting]
        assert {each.status_code for each in answers} == {200}
        waiting = {path for each in answers for path in LINK.findall(each.text)} - seen

    assert len(seen) > 173


def test_every_link_from_a_user_leads_to_what_he_may_see(owner):
    roots = {
        *("/users/crate_keeper", "/users/vinyl_friend", "/lists/2501", "/lists/2502"),
        *("/marketplace/orders", "/inventory/export", "/inventory/upload"),
    }
    seen, waiting = set(), roots

    while waiting:
        seen |= waiting
        statuses = {path: owner(path).status_code for path in waiting}
        # Of a want there is only the list, and of others only what they show.
        assert {each for each, status in statuses.items() if status == 405} <= {
            each for each in waiting if re.fullmatch(r"/users/\w+/wants/\d+", each)
        }
        refused = {each for each, status in statuses.items() if status == 403}
        assert not any("crate_keeper" in each for each in refused)
        assert set(statuses.values()) <= {200, 403, 405}
        texts = [owner(each).text for each, status in statuses.items() if status == 200]
        waiting = {path for text in texts for path in OWN_LINK.findall(text)} - seen

    assert len(seen) > 30


def test_a_release_writes_its_keys_in_the_order_of_the_wire(ask):
    assert list(ask("/releases/4019").json())[:8] == [
        *("id", "status", "year", "resource_url", "uri", "artists", "artists_sort", "labels")
    ]


def test_a_release_has_the_types_of_the_wire(ask):
    body = ask("/releases/4020").json()

    assert body["formats"] == [
        {"name": "Vinyl", "qty": "2", "text": "Gatefold", "descriptions": ["LP", "Album"]}
    ]
    assert body["format_quantity"] == 2
    assert body["estimated_weight"] == 460
    assert body["released_formatted"] == "16 Jun 1997"
    assert body["labels"][0]["entity_type"] == "1"
    assert body["community"]["rating"] == {"count": 520, "average": 4.78}


def test_what_is_unknown_is_left_out_and_only_the_price_is_null(ask):
    body = ask("/releases/4046").json()

    absent = {"master_id", "master_url", "country", "videos", "estimated_weight"}
    assert not absent & body.keys()
    assert (body["num_for_sale"], body["lowest_price"]) == (0, None)
    assert (body["identifiers"], body["images"], body["thumb"]) == ([], [], "")


def test_an_unknown_year_is_zero(ask):
    body = ask("/releases/4029").json()

    assert body["year"] == 0
    assert "released" not in body
    assert "released_formatted" not in body


def test_a_month_without_a_day_is_formatted_without_it(ask):
    body = ask("/releases/4027").json()

    assert (body["released"], body["released_formatted"]) == ("1973-03-00", "Mar 1973")


def test_an_index_track_holds_its_parts(ask):
    index = ask("/releases/4031").json()["tracklist"][0]

    assert (index["type_"], index["position"]) == ("index", "")
    assert [each["position"] for each in index["sub_tracks"]][:2] == ["Aa", "Ab"]
    assert index["extraartists"][0]["anv"] == "Geesin"


def test_a_heading_divides_the_tracklist(ask):
    tracks = ask("/releases/4023").json()["tracklist"]

    assert tracks[0] == {
        "position": "",
        "type_": "heading",
        "title": "OK Computer",
        "duration": "",
    }
    assert [tracks[1]["position"], tracks[-1]["position"]] == ["1-1", "2-11"]


def test_various_and_the_unlinked_point_nowhere(ask):
    body = ask("/releases/4042").json()
    unlinked = body["tracklist"][1]["artists"][0]

    assert (body["artists"][0]["id"], body["artists"][0]["resource_url"]) == (194, "")
    assert (unlinked["id"], unlinked["name"], unlinked["resource_url"]) == (0, "Musicology", "")


def test_a_group_and_its_members_know_each_other(ask):
    members = ask("/artists/1010").json()["members"]
    groups = ask("/artists/1124").json()["groups"]

    assert {each["name"]: each["active"] for each in members}["Bernard Sumner"] is False
    assert {each["name"]: each["active"] for each in groups} == {
        "Joy Division": False,
        "New Order": True,
    }


def test_aliases_work_both_ways(ask):
    assert [each["name"] for each in ask("/artists/1013").json()["aliases"]] == ["Aphex Twin"]


def test_a_label_knows_its_family(ask):
    assert ask("/labels/2009").json()["parent_label"]["name"] == "EMI"
    assert [each["name"] for each in ask("/labels/2007").json()["sublabels"]] == ["DGC"]


def test_a_master_speaks_for_its_versions(ask):
    body = ask("/masters/3008").json()

    assert (body["main_release"], body["year"], body["num_for_sale"]) == (4024, 1991, 355)
    assert body["lowest_price"] == 2.0
    assert not {"country", "labels", "formats", "notes"} & body.keys()


def test_versions_can_be_filtered_and_sorted(ask):
    japanese = ask("/masters/3007/versions?country=Japan").json()
    by_country = ask("/masters/3007/versions?sort=country&sort_order=desc").json()

    assert [each["catno"] for each in japanese["versions"]] == ["TOCP-50201"]
    assert japanese["filters"]["applied"] == {"country": ["Japan"]}
    assert [each["country"] for each in by_country["versions"]] == ["US", "UK", "UK", "Japan"]


def test_the_facets_of_a_master_offer_what_its_versions_can_be_filtered_by(ask):
    body = ask("/masters/3007/versions").json()
    facets = {each["id"]: each["values"] for each in body["filter_facets"]}

    assert list(facets) == ["format", "label", "country", "released"]
    assert facets["format"][0] == {"title": "Album", "value": "Album", "count": 4}
    assert {"title": "UK", "value": "UK", "count": 2} in facets["country"]
    assert body["filters"]["available"]["released"] == {"1997": 4}
    for facet, values in facets.items():
        for each in values:
            narrowed = ask(f"/masters/3007/versions?{facet}={each['value']}").json()
            assert narrowed["pagination"]["items"] == each["count"]


def test_the_version_of_an_unknown_year_says_0(ask):
    versions = ask("/masters/3009/versions?released=0").json()["versions"]

    assert [(each["id"], each["released"]) for each in versions] == [(4029, "0")]


def test_the_records_of_an_artist_are_masters_releases_and_parts(ask):
    radiohead = ask("/artists/1006/releases").json()["releases"]
    dice_man = ask("/artists/1014/releases").json()["releases"]

    assert [(each["type"], each["role"]) for each in radiohead][:1] == [("master", "Main")]
    assert {each["role"] for each in radiohead} == {"Main", "Producer"}
    assert (dice_man[0]["role"], dice_man[0]["trackinfo"]) == ("TrackAppearance", "Polygon Window")


def test_the_records_of_an_artist_can_be_sorted(ask):
    rows = ask("/artists/1008/releases?sort=year&sort_order=asc").json()["releases"]

    years = [each["year"] for each in rows if "year" in each]
    assert years == sorted(years)


def test_the_records_of_a_label_show_their_numbers(ask):
    rows = ask("/labels/2016/releases").json()["releases"]

    assert [(each["catno"], each["format"]) for each in rows] == [
        ("FACT 10", "LP, Album"),
        ("FAC 73", '12", 45 RPM, Single'),
    ]


def test_only_a_user_sees_his_own_stats(ask):
    path = "/labels/2016/releases"

    assert "user" in ask(path, headers=USER).json()["releases"][0]["stats"]
    assert "user" not in ask(path).json()["releases"][0]["stats"]


@pytest.mark.parametrize(
    ("path", "headers", "field", "text"),
    [
        ("/artists/1010", {}, "profile", "went on as [a1011]."),
        ("/artists/1010", PLAINTEXT, "profile", "went on as New Order."),
        ("/releases/4001", PLAINTEXT, "notes", "Made in England. The US one is Debut."),
        ("/artists/1009", PLAINTEXT, "profile", "founded by Ralf Hütter and Florian Schneider."),
        ("/artists/1009", PLAINTEXT, "profile", "is called Kling Klang."),
        ("/releases/4012", HTML, "notes", "<b>G</b>"),
        ("/releases/4019", HTML, "notes", '<a href="https://www.radiohead.com">the band&#x27;s'),
        ("/releases/4019", HTML, "notes", "places.<br>\n"),
        ("/labels/2018", HTML, "profile", 'label/2019-R-S-Records">R &amp; S Records</a>'),
    ],
)
def test_texts_come_in_the_format_that_was_asked_for(ask, path, headers, field, text):
    assert text in ask(path, headers=headers).json()[field]
