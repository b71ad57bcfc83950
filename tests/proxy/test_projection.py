"""Claim what a model is shown of an answer: what a view keeps, no noise, and every surprise."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discogs_proxy.plain_text import LONGEST, MARK, plain
from discogs_proxy.projection import project
from discogs_proxy.view import Field, View

NOBODY = frozenset()
NAMED = View((Field("name", ("string",)),), text="{name}")
CREDIT = View(
    (Field("id", ("integer",), noise=(0,)), Field("role", ("string",)), Field("name", ("string",)))
)
TRACK = View(
    (
        Field("title", ("string",)),
        Field("artists", ("array",), ("object",), view=NAMED),
        Field("writers", ("array",), ("object",), group="credits", view=NAMED),
        Field("parts", ("array",), ("object",), view=lambda: TRACK),
    )
)
PRICE = View(
    (Field("value", ("number",)), Field("currency", ("string",))), text="{value} {currency}"
)
RELEASE = View(
    (
        Field("title", ("string",)),
        Field("id", ("integer",)),
        Field("year", ("integer",), noise=(0,)),
        Field("released", ("string",), noise=("0",)),
        Field("is_blocked", ("boolean",), noise=(False,)),
        Field("average", ("number",), noise=(0,)),
        Field("styles", ("array",), ("string",)),
        Field("labels", ("array",), ("string",), whole="companies", longest=2),
        Field("credits", ("array",), ("object",), group="credits", view=CREDIT),
        Field("tracks", ("array",), ("object",), view=TRACK),
        Field("price", ("object",), view=PRICE),
        Field("notes", ("string",), whole="notes", longest=20),
        Field("extra", ("object", "string")),
        Field("any"),
    ),
    url="https://www.shop.test/{kind}/{id}",
)
BODY = {
    "id": 7,
    "kind": "release",
    "title": "Blue",
    "thumb": "https://i.shop.test/spacer.gif",
    "resource_url": "https://api.shop.test/releases/7",
    "tracks": [{"title": "All I Want", "artists": [{"name": "Joni", "id": 3}], "position": "A1"}],
    "credits": [{"id": 0, "name": "Henry", "role": ""}, {"id": 9, "name": "Ellen", "role": "Art"}],
}


def shown(body, *groups, view=RELEASE):
    return project(body, view, frozenset(groups)).value


def surprises(body, *groups, view=RELEASE):
    return project(body, view, frozenset(groups)).surprises


def test_what_a_view_keeps_is_shown_in_its_order_and_nothing_else():
    value = shown(BODY)

    assert value == {
        "title": "Blue",
        "id": 7,
        "tracks": [{"title": "All I Want", "artists": ["Joni"]}],
        "url": "https://www.shop.test/release/7",
    }
    assert list(value) == ["title", "id", "tracks", "url"]


def test_a_group_brings_its_properties_at_every_depth():
    body = {**BODY, "tracks": [{"title": "Blue", "writers": [{"name": "Joni"}]}]}

    assert shown(body, "credits") == {
        **shown(body),
        "credits": [{"name": "Henry"}, {"id": 9, "role": "Art", "name": "Ellen"}],
        "tracks": [{"title": "Blue", "writers": ["Joni"]}],
    }
    assert shown(body, "credits", "no such group") == shown(body, "credits")


@pytest.mark.parametrize(
    "nothing",
    [
        {"year": 0}, {"year": None}, {"released": "0"}, {"released": ""}, {"released": None},
        {"is_blocked": False}, {"average": 0}, {"average": 0.0}, {"styles": []}, {"styles": [""]},
        {"styles": [None]}, {"tracks": [{}]}, {"tracks": [{"title": ""}]}, {"price": {}},
        {"notes": "\r\n \x00"}, {"extra": {}}, {"extra": ""}, {"any": []}, {"any": ""},
        {"tracks": ""}, {"title": []}, {"year": ""},
    ],
)  # fmt: skip
def test_what_says_nothing_is_left_out_and_is_no_surprise(nothing):
    assert shown({"id": 7, "kind": "release", **nothing}) == {
        "id": 7,
        "url": "https://www.shop.test/release/7",
    }
    assert surprises(nothing) == ()


@pytest.mark.parametrize(
    "something",
    [{"year": False}, {"released": 0}, {"is_blocked": 0}, {"average": False}],
)
def test_only_a_value_of_the_same_type_is_noise(something):
    assert shown(something) == something
    assert surprises(something) == tuple(something)


@pytest.mark.parametrize(
    ("body", "paths"),
    [
        ({"title": 5}, ("title",)),
        ({"title": {"en": "Blue", "no": None}}, ("title",)),
        ({"year": "1971"}, ("year",)),
        ({"year": 1971.5}, ("year",)),
        ({"average": True}, ("average",)),
        ({"styles": "Folk"}, ("styles",)),
        ({"styles": ["Folk", 7, {"name": "Rock"}]}, ("styles",)),
        ({"labels": [["Reprise"], {"a": 1}, "Reprise"]}, ("labels",)),
        ({"tracks": {"1": {"title": "Carey"}}}, ("tracks",)),
        ({"tracks": ["Carey", {"title": ["Blue"]}]}, ("tracks", "tracks.title")),
        ({"tracks": [{"parts": [{"title": 1, "parts": [{"title": 2}]}]}]}, ("tracks.title",)),
        ({"price": 12.5}, ("price",)),
        ({"price": [{"value": 1}]}, ("price",)),
        ({"extra": 5}, ("extra",)),
    ],
)
def test_a_value_of_another_type_is_shown_as_it_is_and_counted(body, paths):
    assert shown(body) == body
    assert set(surprises(body)) == set(paths)


def test_a_surprise_is_counted_once_however_many_rows_have_it():
    assert surprises({"tracks": [{"title": 1}] * 50}) == ("tracks.title",)


def test_a_whole_number_may_be_written_with_a_point():
    assert shown({"year": 1971.0}) == {"year": 1971.0}
    assert surprises({"year": 1971.0}) == ()


@pytest.mark.parametrize("body", [[{"title": "Blue"}], "Blue", 7, True])
def test_a_body_that_is_no_object_is_shown_in_one(body):
    assert project(body, RELEASE, NOBODY).value == {"value": body}
    assert surprises(body) == ("",)


def test_the_body_stays_as_it_was():
    body = {
        **BODY,
        "labels": ["a", "a", "b", "c"],
        "notes": "x " * 50,
        "tracks": [{"title": "a\0"}],
    }
    before = copy.deepcopy(body)

    shown(body, "credits")

    assert body == before


def test_a_long_text_is_cut_unless_its_group_brings_it_whole():
    body = {"notes": "Recorded at A&M Studios"}

    assert shown(body) == {"notes": "Recorded at A&M" + MARK}
    assert shown(body, "notes") == body
    assert len(shown({"notes": "word " * LONGEST}, "notes")["notes"]) <= LONGEST


def test_a_long_list_of_texts_is_cut_after_what_is_not_in_it_twice():
    body = {"labels": ["Reprise", "Reprise", "Warner", "Warner", "EMI"]}

    assert shown(body) == {"labels": ["Reprise", "Warner", "[…]"]}
    assert shown(body, "companies") == body
    assert shown({"labels": ["Reprise", "Reprise", "Warner"]}) == {"labels": ["Reprise", "Warner"]}


@pytest.mark.parametrize(
    ("text", "read"), [("B\x07lue", "Blue"), ("Blue\r\n", "Blue"), ("\u202eeulB", "eulB")]
)
def test_texts_are_shown_without_what_nobody_sees(text, read):
    assert shown({"title": text, "styles": [text, "x"]}) == {"title": read, "styles": [read, "x"]}
    assert shown({"tracks": [{"artists": [{"name": text}]}]}) == {"tracks": [{"artists": [read]}]}
    assert shown({"title": [text]}) == {"title": [read]}
    assert shown({"any": {text: text}}) == {"any": {read: read}}


def test_a_view_that_holds_itself_goes_as_deep_as_the_body():
    body = {"title": "innermost"}
    for level in range(50):
        body = {"title": str(level), "position": level, "parts": [body]}

    value = shown(body, view=TRACK)

    for level in reversed(range(50)):
        assert value["title"] == str(level)
        assert "position" not in value
        (value,) = value["parts"]
    assert value == {"title": "innermost"}


def test_a_body_deeper_than_python_goes_is_shown_as_deep_as_can_be_written():
    body = {"title": "innermost"}
    for _ in range(2000):
        body = {"title": "more", "parts": [body]}

    projected = project(body, TRACK, NOBODY)

    assert projected.surprises == ("",)
    assert json.dumps(projected.value).count("more") == 30


TEXT = View(
    (
        Field("qty", ("string",), noise=("1",)),
        Field("name", ("string",)),
        Field("descriptions", ("array",), ("string",)),
        Field("free", ("string", "integer", "boolean", "number")),
    ),
    text="[{qty} x ]{name}[, {descriptions}];[ ({free}%)].",
)


@pytest.mark.parametrize(
    ("found", "text"),
    [
        ({"name": "Vinyl", "qty": "2", "descriptions": ["LP", "Album"]}, "2 x Vinyl, LP, Album;."),
        ({"name": "CD", "qty": "1", "descriptions": [], "other": 1}, "CD;."),
        ({"name": "CD", "qty": None, "free": 3}, "CD; (3%)."),
        ({"name": "CD", "free": 3.14159}, "CD; (3.14%)."),
        ({"name": "CD", "free": True}, "CD; (yes%)."),
        ({"name": "C\x00D", "free": "a\nb"}, "CD; (a\nb%)."),
        ({"name": 7, "qty": 2}, "2 x 7;."),
        ({"name": "CD", "descriptions": [1, "LP"]}, "CD, 1, LP;."),
        ({"name": "CD", "descriptions": "LP"}, "CD, LP;."),
    ],
)
def test_an_object_becomes_a_text_without_the_parts_that_say_nothing(found, text):
    assert shown({"format": found}, view=View((Field("format", ("object",), view=TEXT),))) == {
        "format": text
    }


@pytest.mark.parametrize("found", [{"name": {"en": "CD"}}, {"name": "CD", "qty": [{"a": 1}]}])
def test_an_object_that_no_text_has_a_place_for_is_shown_whole(found):
    view = View((Field("formats", ("array",), ("object",), view=TEXT),))

    assert shown({"formats": [found]}, view=view) == {"formats": [found]}
    assert surprises({"formats": [found]}, view=view) != ()


@pytest.mark.parametrize(("years", "text"), [(7, "7 years"), (0, "none"), ("many", "many years")])
def test_a_number_in_a_text_is_written(years, text):
    age = View((Field("years", ("integer",), noise=(0,)), Field("no", ("string",))),
        text="[{years} years][{no}]")  # fmt: skip
    view = View((Field("age", ("object",), view=age),))

    assert shown({"age": {"years": years, "no": "" if years else "none"}}, view=view) == {
        "age": text
    }


@pytest.mark.parametrize("name", ["it's", '"', "\\", "{value}", "a\nb", "x') or print('"])
def test_any_name_and_any_words_around_it_are_taken_as_they_are(name):
    said = name.replace("{", "(").replace("}", ")")
    worded = View((Field("name", ("string",)),), text=f"{said}{{name}}{said}")
    view = View((Field(name, ("string",)), Field("object", ("object",), view=worded)))

    assert shown({name: "kept", "object": {"name": "N"}}, view=view) == {
        name: "kept", "object": f"{said}N{said}",
    }  # fmt: skip


def test_a_price_is_shown_with_its_currency_or_not_at_all():
    assert shown({"price": {"value": 12.3456, "currency": "EUR"}}) == {"price": "12.35 EUR"}
    assert shown({"price": {"value": 5, "currency": "JPY"}}) == {"price": "5 JPY"}
    assert shown({"price": {"value": 12.5}, "id": 7}) == {"id": 7}
    assert shown({"price": {"value": 12.5, "currency": ""}, "id": 7}) == {"id": 7}


@pytest.mark.parametrize(
    ("values", "url"),
    [
        ({"kind": "release", "id": 7}, "https://www.shop.test/release/7"),
        ({"kind": "a b/../c?d#e", "id": 7}, "https://www.shop.test/a%20b%2F..%2Fc%3Fd%23e/7"),
        ({"kind": "..", "id": 7}, None),
        ({"kind": "", "id": 7}, None),
        ({"kind": "release", "id": 0}, None),
        ({"kind": "release", "id": True}, None),
        ({"kind": ["release"], "id": 7}, None),
        ({"id": 7}, None),
    ],
)
def test_an_address_is_made_of_what_names_something(values, url):
    assert shown({"title": "Blue", **values}).get("url") == url


def test_an_object_of_which_nothing_is_shown_has_no_address():
    view = View((Field("row", ("object",), view=View((Field("a"),), url="https://a.test/{id}")),))

    assert shown({"row": {"id": 3}}, view=view) == {}


def test_all_other_properties_are_shown_where_a_view_says_so():
    view = View((Field("id", ("integer",), group="ids"),), rest=Field("", ("object",), view=PRICE))
    body = {"Mint (M)": {"value": 9.5, "currency": "EUR"}, "Fair\x00": {}, "id": 3, "odd": "price"}

    assert shown(body, view=view) == {"Mint (M)": "9.50 EUR", "odd": "price"}
    assert surprises(body, view=view) == ("*",)


_WORDS = st.text("aé \x00\u202e\n", max_size=6)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_WORDS, inner, max_size=4),
    max_leaves=12,
)
_KINDS = {"title": str, "year": int, "is_blocked": bool, "styles": list, "price": dict}


@given(st.dictionaries(st.sampled_from([f.name for f in RELEASE.fields]), _JSON, max_size=6))
def test_no_body_is_an_error_and_every_one_can_be_written(body):
    projected = project(body, RELEASE, frozenset({"credits", "notes"}))

    json.dumps(projected.value)
    assert all(path.split(".")[0] in body for path in projected.surprises)


@given(st.sampled_from(sorted(_KINDS)), _JSON)
def test_nothing_of_an_unexpected_type_is_lost(name, value):
    projected = project({name: value}, RELEASE, NOBODY)

    is_whole = name == "year" and isinstance(value, float) and value.is_integer()
    if value is not None and value not in ("", [], {}) and type(value) is not _KINDS[name]:
        assert projected.value == {name: plain(value)}
        assert projected.surprises == (() if is_whole else (name,))


@given(st.lists(st.dictionaries(st.sampled_from(["title", "position"]), _WORDS | st.integers())))
def test_every_row_that_says_something_is_shown_once_and_in_its_place(rows):
    seen = shown({"tracks": rows}).get("tracks", [])

    titles = [plain(row["title"]) for row in rows if plain(row.get("title")) not in (None, "")]
    assert seen == [{"title": title} for title in titles]
