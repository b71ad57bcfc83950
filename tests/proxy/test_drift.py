"""Claim what of an answer counts as drift, that nothing breaks the comparison, and its bounds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen.naming import snake_case
from discogs_proxy.drift import compare
from tests.proxy.support.drift import SHAPES
from tests.recordings import recordings

RATING = {"release_id": 1, "rating": {"count": 2, "average": 4.5}}
NO_LIMIT = 10**9


def differences(operation, body):
    """Return what differs, as one would say it."""
    found = compare(body, SHAPES[operation], NO_LIMIT).differences
    return sorted(" ".join(filter(None, difference)) for difference in found)


DIFFERENT = {
    "a field that is not described": ({**RATING, "stars": 1}, ["unknown stars"]),
    "one further down": (
        {**RATING, "rating": {**RATING["rating"], "best": 5}},
        ["unknown rating.best"],
    ),
    "a field that is gone": ({"rating": RATING["rating"]}, ["missing release_id"]),
    "a field that is gone further down": (
        {**RATING, "rating": {"count": 2}},
        ["missing rating.average"],
    ),
    "another type": ({**RATING, "release_id": "1"}, ["changed release_id string"]),
    "null": ({**RATING, "release_id": None}, ["changed release_id null"]),
    "true is no number": ({**RATING, "release_id": True}, ["changed release_id boolean"]),
    "a part of a whole number": ({**RATING, "release_id": 1.5}, ["changed release_id number"]),
    "a list of one": ({**RATING, "rating": [RATING["rating"]]}, ["changed rating array"]),
    "a text in place of all": ("gone", ["changed string"]),
    "a list in place of all": ([RATING], ["changed array"]),
}


@pytest.mark.parametrize("case", DIFFERENT)
def test_a_difference_is_told_by_its_path(case):
    body, told = DIFFERENT[case]

    assert differences("get_release_rating", body) == told


@pytest.mark.parametrize(
    "body",
    [
        RATING,
        {**RATING, "release_id": 1.0},
        {**RATING, "release_id": 10**30},
        {**RATING, "rating": {"count": 2, "average": 4}},
    ],
)
def test_a_number_is_a_number_however_it_is_written(body):
    assert differences("get_release_rating", body) == []


def test_rows_of_a_list_are_looked_at_together_and_each_of_them():
    page = {
        "pagination": {"page": 1, "pages": 1, "per_page": 50, "items": 2, "urls": {}},
        "results": [{"id": 1}, {"id": "2", "colour": "red"}, 3],
    }

    found = differences("search", page)

    assert {"changed results[] integer", "changed results[].id string"} <= set(found)
    assert "unknown results[].colour" in found
    assert "missing results[].title" in found


def test_members_of_a_map_have_any_name_and_one_shape():
    price = {"currency": "EUR", "value": 1.5}

    assert differences("get_price_suggestions", {"Mint (M)": price, "Torn": price}) == []
    assert differences("get_price_suggestions", {"Mint (M)": price, "Torn": {"value": "1"}}) == [
        "changed *.value string",
        "missing *.currency",
    ]


HOSTILE = [
    "a b", "a\nb", 'a"b', "a\x00", "ünknown", "", "x" * 33, "a.b", "a[]", "9lives", "a-b",
    "T0kEnThatIsFortyLettersLongLikeDiscogsOwn",
    "discogs_drift: {}", "<script>", "\u202eevil",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_is_not_like_a_field_s_is_not_told(name):
    assert differences("get_release_rating", {**RATING, name: 1}) == ["unknown ?"]


def test_what_is_told_of_one_answer_is_bounded_and_its_end_is_known():
    body = {**RATING, **{f"field_{number}": 1 for number in range(10_000)}}

    comparison = compare(body, SHAPES["get_release_rating"], NO_LIMIT)

    assert len(comparison.differences) == 30
    assert not comparison.is_whole


def test_a_long_answer_is_looked_at_up_to_the_limit():
    rows = [{"id": 1}] * 50_000
    shape = SHAPES["search"]

    assert not compare({"pagination": {}, "results": rows}, shape, 20_000).is_whole
    assert compare({"pagination": {}, "results": rows[:10]}, shape, 20_000).is_whole


def test_what_is_in_itself_is_looked_at_to_a_depth():
    track = {"position": "1", "type_": "track", "title": "x", "duration": ""}
    for _ in range(200):
        track = {**track, "sub_tracks": [track]}

    comparison = compare({"tracklist": [track]}, SHAPES["get_release"], NO_LIMIT)

    assert not comparison.is_whole
    assert max(len(difference.path) for difference in comparison.differences) < 200


@pytest.fixture(scope="module")
def counted():
    """Count what a comparison looks at."""

    def values(body):
        if isinstance(body, dict):
            return 1 + sum(values(member) for member in body.values())
        return 1 + sum(values(item) for item in body) if isinstance(body, list) else 1

    return values


def test_no_answer_recorded_from_discogs_differs(recorded, counted):
    compared, largest = 0, 0
    for recording in recordings(recorded):
        body = recording.body()
        if recording.status // 100 == 2:
            found = compare(body, SHAPES[snake_case(recording.operation_id)], 20_000)
            assert (found.differences, found.is_whole) == (frozenset(), True), recording.file
            compared, largest = compared + 1, max(largest, counted(body))
    assert compared > 170
    assert largest * 3 < 20_000


FIELDS = st.sampled_from(
    ["id", "title", "artists", "tracklist", "sub_tracks", "results", "pagination", "rating"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(FIELDS | st.text(), inner),
    max_leaves=20,
)
PATH = re.compile(r"[\w.\[\]*?]{0,300}", re.ASCII)


@given(operation=st.sampled_from(sorted(SHAPES)), body=JSON, limit=st.integers(0, 30))
def test_any_json_can_be_compared_and_gives_paths_of_bounded_names(operation, body, limit):
    comparison = compare(body, SHAPES[operation], limit)

    for what, path, kind in comparison.differences:
        assert what in {"unknown", "missing", "changed"}
        assert bool(kind) == (what == "changed")
        assert PATH.fullmatch(path)
    assert len(comparison.differences) <= 30


@given(operation=st.sampled_from(sorted(SHAPES)), body=JSON)
def test_all_that_is_told_of_an_unknown_name_is_the_name(operation, body):
    for what, path, _ in compare(body, SHAPES[operation], NO_LIMIT).differences:
        if what == "unknown":
            last = path.rpartition(".")[2]
            assert last == "?" or (last.isascii() and last.isidentifier() and len(last) <= 32)
