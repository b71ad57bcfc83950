from urllib.parse import urlencode

import pytest

USER = {"authorization": "Discogs token=sandbox-token"}


@pytest.fixture
def found(ask):
    def search(**query):
        rows = ask(f"/database/search?{urlencode(query)}").json()["results"]
        return [(each["type"], each["id"]) for each in rows]

    return search


@pytest.mark.parametrize(
    "query",
    [
        {"q": "TOCP-50201"},
        {"q": "radiohead japan computer"},
        {"title": "radiohead - ok computer", "country": "japan"},
        {"release_title": "OK Computer", "country": "Japan"},
        {"credit": "Nigel Godrich", "country": "Japan"},
        {"artist": "Radiohead", "country": "Japan"},
        {"label": "EMI", "genre": "Rock"},
        {"style": "alternative rock", "country": "Japan"},
        {"catno": "tocp50201"},
        {"track": "paranoid android", "country": "Japan"},
        {"submitter": "crate_keeper", "catno": "TOCP"},
        {"contributor": "crate_keeper", "catno": "TOCP 50201"},
        {"q": "ok computer", "format": "CD", "year": "1997", "country": "Japan"},
    ],
)
def test_each_documented_filter_finds_the_japanese_ok_computer(found, query):
    assert found(**query) == [("release", 4022)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "bjork", "type": "artist"}, [("artist", 1001)]),
        ({"q": "AGAETIS BYRJUN", "type": "release"}, [("release", 4006), ("release", 4007)]),
        ({"q": "風街"}, [("master", 3017), ("release", 4044)]),
        ({"q": "guns n roses", "type": "artist"}, [("artist", 1004)]),
        ({"barcode": "7 24385 52292 5", "country": "US"}, [("release", 4021)]),
        ({"anv": "Mutt"}, []),
        ({"anv": "rose mckagan", "format": "cassette"}, [("release", 4015)]),
        ({"artist": "the dice man"}, [("master", 3016), ("release", 4042)]),
        ({"label": "artificial intelligence", "type": "master"}, [("master", 3016)]),
        ({"contributor": "side_b", "format": "mono"}, []),
        ({"q": "factory", "type": "label"}, [("label", 2016)]),
        ({"q": "kind of nonsense"}, []),
        ({"q": "!?"}, []),
        ({"type": "banana"}, []),
    ],
)
def test_a_search_finds_what_matches_all_filters(found, query, expected):
    assert found(**query) == expected


def test_a_search_without_filters_finds_everything(ask):
    assert ask("/database/search?query=ignored&q=").json()["pagination"]["items"] == 173


def test_artists_and_labels_are_out_when_a_filter_is_about_records(found):
    assert {kind for kind, _ in found(q="nirvana")} == {"artist", "master", "release"}
    assert {kind for kind, _ in found(q="nirvana", country="US")} == {"master", "release"}


@pytest.mark.parametrize(
    ("sort", "order", "first"),
    [
        ("year", "asc", 4016),
        ("year", "desc", 4023),
        ("title", "asc", 4009),
        ("label", "desc", 4023),
        ("have", "desc", 4019),
        ("want", "desc", 4027),
    ],
)
def test_a_search_is_sorted_as_asked(found, sort, order, first):
    query = {"type": "release", "format": "Album", "sort": sort, "sort_order": order}

    known = [number for _, number in found(**query) if number != 4029]
    assert known[0] == first


def test_a_release_row_has_its_shape(ask):
    (row,) = ask("/database/search?catno=WX+125&type=release", headers=USER).json()["results"]

    assert list(row) == [
        *("country", "year", "format", "label", "type", "genre", "style", "id", "barcode"),
        *("user_data", "master_id", "master_url", "uri", "catno", "title", "thumb"),
        *("cover_image", "resource_url", "community", "format_quantity", "formats"),
    ]
    assert row["year"] == "1987"
    assert row["uri"] == "/release/4014-Guns-N-Roses-Appetite-For-Destruction"
    assert row["cover_image"].endswith("/images/spacer.gif")
    assert row["thumb"] == ""


def test_a_row_without_a_master_or_a_year_says_so(ask):
    (single,) = ask("/database/search?release_title=in+rainbows").json()["results"]
    undated = ask("/database/search?format=repress").json()["results"]

    assert (single["master_id"], single["master_url"]) == (0, None)
    assert "year" not in undated[0]


@pytest.mark.parametrize("kind", ["artist", "label"])
def test_a_short_row_has_its_shape(ask, kind):
    row = ask(f"/database/search?type={kind}").json()["results"][0]

    assert list(row) == [
        *("id", "type", "user_data", "master_id", "master_url", "uri", "title"),
        *("thumb", "cover_image", "resource_url"),
    ]
    assert (row["master_id"], row["master_url"]) == (None, None)


def test_a_master_row_has_no_formats_and_its_own_id(ask):
    row = ask("/database/search?type=master&q=debut").json()["results"][0]

    assert (row["id"], row["master_id"]) == (3001, 3001)
    assert not {"formats", "format_quantity"} & row.keys()


def test_pictures_are_hidden_from_the_anonymous(ask):
    path = "/database/search?type=artist&q=bjork"

    hidden, shown = ask(path).json()["results"][0], ask(path, headers=USER).json()["results"][0]

    assert (hidden["thumb"], hidden["cover_image"]) == ("", "")
    assert shown["cover_image"].startswith("https://i.discogs.com/")
