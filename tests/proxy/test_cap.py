"""Claim that no answer is above the cap, and that nothing which was cut off is lost."""

import json

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discogs_proxy import cap
from discogs_proxy.row_lists import Position

OWN = {"source": {"attribution": "Data provided by Discogs."}, "budget": {"advice": "Go on."}}
SMALL = 4_000


def answer(data, at=None, most=cap.MOST_CHARACTERS):
    position = Position.read(at) if at else None
    text = cap.fitted(data, OWN, position, most).decode()
    assert len(text) <= most
    content = json.loads(text)
    assert {name: content[name] for name in OWN} == OWN
    return content


def entries(content):
    return {each["list"]: each for each in content.get("truncated", ()) if "continue_from" in each}


def at(content, path):
    for name in path.split("."):
        content = content.get(name, {})
    return content or []


def all_rows(data, path, most=cap.MOST_CHARACTERS):
    """Read a list as a model would: an answer, and where it says so the next one."""
    content = answer(data, most=most)
    rows = at(content, path)
    while path in entries(content):
        content = answer(data, entries(content)[path]["continue_from"], most)
        assert at(content, path)
        rows = rows + at(content, path)
    return rows


def track(number):
    return {"position": f"A{number}", "title": f"Tune of the name {number} " * 10}


TRACKS = [track(number) for number in range(400)]


def test_an_answer_that_fits_is_as_it_is():
    content = answer({"id": 1, "tracklist": TRACKS[:40]})

    assert content == {"id": 1, "tracklist": TRACKS[:40], **OWN}


def test_of_a_box_set_the_largest_whole_part_is_shown_and_the_way_to_the_rest():
    content = answer({"id": 1, "genres": ["Jazz"], "tracklist": TRACKS})

    (entry,) = content["truncated"]
    shown = entry["shown"]
    assert content["tracklist"] == TRACKS[:shown]
    assert content["genres"] == ["Jazz"]
    assert entry == {
        "list": "tracklist",
        "shown": shown,
        "left": 400 - shown,
        "continue_from": f"tracklist:{shown}",
        "how": f"{400 - shown} more rows are there: make the same call again with "
        f"continue_from=tracklist:{shown}.",
    }
    one_more = {**content, "tracklist": TRACKS[: shown + 1]}
    assert len(orjson.dumps(one_more)) > cap.MOST_CHARACTERS


def test_reading_on_gives_the_other_rows_and_no_other_list():
    data = {
        "id": 1,
        "genres": ["Jazz"],
        "community": {"have": 3, "tags": ["x"]},
        "tracklist": TRACKS,
    }

    content = answer(data, "tracklist:390")

    assert content == {"id": 1, "community": {"have": 3}, "tracklist": TRACKS[390:], **OWN}


def test_a_list_within_an_object_is_read_on_by_its_path():
    data = {"full": {"id": 1, "tracklist": TRACKS, "images": TRACKS[:3]}}

    assert all_rows(data, "full.tracklist") == TRACKS
    assert all_rows(data, "full.images") == TRACKS[:3]


@pytest.mark.parametrize("place", ["tracklist:400", "tracklist:999999999"])
def test_beyond_the_end_there_are_no_rows(place):
    assert answer({"id": 1, "tracklist": TRACKS}, place) == {"id": 1, "tracklist": [], **OWN}


def test_a_list_that_is_not_there_is_said_to_be_missing():
    content = answer({"id": 1, "tracklist": TRACKS[:3]}, "credits:5")

    assert content["truncated"] == [
        {"list": "credits", "shown": 0, "left": 0, "how": "This answer has no such list."}
    ]
    assert content["id"] == 1


def test_of_several_long_lists_the_shorter_ones_stay_whole():
    data = {"a": TRACKS[:100], "b": TRACKS[:250], "c": TRACKS[:90]}

    content = answer(data)

    assert list(entries(content)) == ["b"]
    assert (content["a"], content["c"]) == (data["a"], data["c"])
    assert content["b"]


def test_lists_of_which_none_fits_are_all_read_to_their_ends():
    data = {"a": TRACKS, "b": list(reversed(TRACKS))}

    assert all_rows(data, "a") == data["a"]
    assert all_rows(data, "b") == data["b"]


def test_characters_count_and_not_bytes():
    rows = ["é" * 100] * 800

    content = answer({"rows": rows})

    assert content == {"rows": rows, **OWN}


def test_a_row_too_large_for_any_answer_is_cut_itself_and_the_others_come_whole():
    long = {"title": "B", "notes": "word " * 30_000, "images": TRACKS}
    rows = [track(1), long, track(2)]

    read = all_rows({"rows": rows}, "rows")
    content = answer({"rows": rows}, "rows:1")

    assert [read[0], read[2]] == [rows[0], rows[2]]
    assert read[1]["title"] == "B"
    assert read[1]["notes"].endswith("word […]")
    assert content["truncated"][0]["how"].startswith("The first row here is too large")


def test_a_text_too_large_for_any_answer_is_cut_and_takes_no_row_with_it():
    data = {"id": 1, "notes": "word " * 50_000, "tracklist": TRACKS[:50]}

    content = answer(data)

    assert content["id"] == 1
    assert content["notes"].endswith("word […]")
    assert content["tracklist"] == TRACKS[:50]
    assert "texts were cut" in content["truncated"][0]["how"]
    assert all_rows({**data, "tracklist": TRACKS}, "tracklist") == TRACKS


def test_what_no_name_leads_to_is_shortened_with_the_rest():
    content = answer({"full": {"Mint (M)": TRACKS, "id": 1}})

    assert content["full"]["Mint (M)"]
    assert content["full"]["id"] == 1


def nested(levels):
    value = "x"
    for _ in range(levels):
        value = {"a": value}
    return value


@pytest.mark.parametrize("levels", [200, 300, 900])
def test_what_nests_too_deep_to_be_written_is_cut_there(levels):
    content = answer({"full": nested(levels), "rows": [nested(levels)]})

    assert content["full"]["a"]["a"]
    assert content["rows"]


NAMES = st.text("abcdefgh_", min_size=1, max_size=12)
SCALARS = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=60)
ROWS = st.lists(
    st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    )
    | st.integers(1, 400).map(lambda n: {"t": "ü " * n}),
    max_size=40,
)
MEMBERS = SCALARS | ROWS | st.dictionaries(NAMES, ROWS | SCALARS, max_size=3)
DATA = st.dictionaries(NAMES, MEMBERS, max_size=5)


def lists(data, above=""):
    for name, value in data.items():
        if isinstance(value, list) and value:
            yield f"{above}{name}"
        elif isinstance(value, dict):
            yield from lists(value, f"{above}{name}.")


@given(DATA)
@settings(deadline=None, max_examples=60)
def test_whatever_the_data_every_row_is_read_once_and_no_answer_is_above_the_cap(data):
    for path in lists(data):
        assert all_rows(data, path, SMALL) == at(data, path)


ANYTHING = st.recursive(
    SCALARS | st.text(max_size=3000) | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: (
        st.lists(inner, max_size=30) | st.dictionaries(st.text(max_size=50), inner, max_size=30)
    ),
    max_leaves=60,
)


@given(
    st.dictionaries(st.text(max_size=3000), ANYTHING, max_size=40).filter(
        lambda d: not OWN.keys() & d
    )
)
@settings(deadline=None, max_examples=60)
def test_whatever_is_sent_no_answer_is_above_the_cap(data):
    for place in (None, "a:0", "full.rows:3"):
        answer({"full": data}, place, SMALL)
        answer(data, place, SMALL)


@given(st.integers(1, 6), st.integers(2_000, 9_000))
@settings(deadline=None, max_examples=30)
def test_rows_larger_than_the_cap_still_come_one_by_one(count, characters):
    rows = [{"n": number, "t": "x" * characters} for number in range(count)]

    read = all_rows({"rows": rows}, "rows", SMALL)

    assert [row["n"] for row in read] == list(range(count))
