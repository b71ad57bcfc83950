"""What a model is shown of Discogs' answers: short, without noise, and with nothing missed."""

import json
from pkgutil import resolve_name
from statistics import median

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.made_bodies import collection, release
from bench.projection import answer
from codegen.parse import parse
from codegen.pipeline import check
from codegen.view_parsing import answer_views
from discogs_api import views
from discogs_api.agent_operations import AGENT_OPERATIONS
from discogs_proxy.cap import MOST_CHARACTERS
from discogs_proxy.projection import project
from tests.described import EXAMPLES
from tests.recordings import recordings
from tests.shipped_app import ROOT

OFFERED = {agent.operation.name: agent for agent in AGENT_OPERATIONS}
VIEWS = {name: resolve_name(agent.view) for name, agent in OFFERED.items()}
READS = {e.function: e for e in EXAMPLES if e.method == "GET" and e.function in OFFERED}
CONCISE = frozenset()
NO_DATA = ("spacer.gif", "api.discogs.com", "img.discogs.com", "i.discogs.com", "api-img.discogs")


@pytest.fixture(scope="module")
def recorded_answers(recorded):
    """Return each recorded answer of an operation that is offered, by the name of that."""
    names = {snake(agent): agent.operation.name for agent in AGENT_OPERATIONS}
    return [
        (names[key], each.body())
        for each in recordings(recorded)
        if (key := each.operation_id.lower()) in names and each.status < 300
    ]


def snake(agent):
    return agent.operation.name.replace("_", "")


def bodies(answers, name, rows=None):
    found = [body for each, body in answers if each == name]
    return [body for body in found if rows is None or len(body[rows]) == 50]


def length(name, body):
    """Return the characters of an answer, its source and its budget among them."""
    return len(answer(VIEWS[name], body).decode())


def test_every_object_that_is_shown_says_what_of_it_is():
    source = "spec/discogs.openapi.yaml"
    document = check((ROOT / source).read_text(encoding="utf-8"), source)
    shown = answer_views(document, parse(document, "made", "core")).components

    assert {name for name, view in shown.items() if view.rest} == {"PriceSuggestions"}


def test_no_recorded_answer_holds_a_surprise(recorded_answers):
    surprises = {
        (name, path)
        for name, body in recorded_answers
        for path in project(body, VIEWS[name], frozenset(OFFERED[name].groups)).surprises
    }

    assert surprises == set()
    assert len(recorded_answers) > 150


def test_a_release_is_a_seventh_of_itself_and_has_all_its_tracks(recorded_answers):
    releases = bodies(recorded_answers, "get_release")

    shares = [length("get_release", r) / len(orjson.dumps(r).decode()) for r in releases]
    assert median(shares) <= 0.15
    for body in releases:
        shown = project(body, VIEWS["get_release"], CONCISE).value
        assert titles(shown) == titles(body)
        assert {label["name"] for label in shown["labels"]} == {
            label["name"] for label in body["labels"]
        }
        assert len(shown["formats"]) == len(body["formats"])


def titles(part):
    tracks = [*part.get("tracklist", ()), *part.get("sub_tracks", ())]
    return [title for track in tracks for title in (track["title"].strip(), *titles(track))]


@pytest.mark.parametrize(
    ("name", "rows", "most"),
    [("search", "results", 13_500), ("get_artist_releases", "releases", 7_700)],
)
def test_a_page_of_fifty_rows_is_short_and_has_them_all(recorded_answers, name, rows, most):
    pages = bodies(recorded_answers, name, rows)

    assert max(length(name, page) for page in pages) <= most
    for page in pages:
        shown = project(page, VIEWS[name], CONCISE).value[rows]
        assert [row["id"] for row in shown] == [row["id"] for row in page[rows]]


UNNUMBERED = {"name": "Home Made", "catno": "none", "id": 5}


@pytest.mark.parametrize("name", ["get_folder_items", "get_collection_items_by_release"])
def test_a_label_without_a_catalogue_number_is_a_name_alone(name):
    body = {"releases": [{"id": 1, "basic_information": {"labels": [UNNUMBERED]}}]}

    (row,) = project(body, VIEWS[name], CONCISE).value["releases"]
    assert row["basic_information"]["labels"] == ["Home Made"]


def test_companies_and_series_of_a_release_lose_a_number_that_there_is_not():
    body = {"id": 1, "companies": [UNNUMBERED], "series": [UNNUMBERED]}

    shown = project(body, VIEWS["get_release"], frozenset({"companies"})).value
    assert (shown["companies"], shown["series"]) == (["Home Made"], ["Home Made"])


def test_an_identifier_of_no_known_type_is_shown_all_the_same():
    body = {"id": 1, "identifiers": [{"type": "", "value": "A-1", "description": "Side A"}]}

    shown = project(body, VIEWS["get_release"], frozenset({"identifiers"})).value
    assert shown["identifiers"] == ["A-1 (Side A)"]


def test_no_recorded_answer_shows_a_picture_or_an_address_of_the_api(recorded_answers):
    for name, body in recorded_answers:
        text = json.dumps(project(body, VIEWS[name], CONCISE).value)
        assert [part for part in NO_DATA if part in text] == []


@pytest.mark.parametrize("name", READS)
def test_no_answer_of_the_look_alike_shows_a_picture_or_an_address_of_the_api(served, name):
    text = json.dumps(project(READS[name].send(served).json(), VIEWS[name], CONCISE).value)

    assert [part for part in NO_DATA if part in text] == []


def test_a_price_without_its_currency_is_not_shown(served):
    for name in ("get_release", "get_master"):
        body = {**READS[name].send(served).json(), "lowest_price": 12.5}
        assert "lowest_price" not in project(body, VIEWS[name], CONCISE).value


@pytest.mark.parametrize(
    ("name", "rows", "body"),
    [("get_folder_items", "releases", collection(250)), ("get_release", "tracklist", release(400))],
)
def test_the_largest_collections_and_box_sets_fit_whole(name, rows, body):
    shown = orjson.loads(answer(VIEWS[name], body))

    assert length(name, body) <= MOST_CHARACTERS
    assert "truncated" not in shown
    assert len(shown[rows]) == len(body[rows])


@pytest.fixture(scope="module")
def samples(served):
    served.reset()
    return {name: example.send(served).json() for name, example in READS.items()}


_VALUES = st.sampled_from(
    [
        "null",
        "true",
        "0",
        "7.5",
        '""',
        '"\\u0000 \\n"',
        '"x"',
        "[]",
        "{}",
        "[[1]]",
        '{"a": {"b": null}}',
    ]
)


@given(data=st.data())
def test_whatever_changes_in_an_answer_it_is_shown(samples, data):
    name = data.draw(st.sampled_from(sorted(samples)))
    body = orjson.loads(orjson.dumps(samples[name]))
    for _ in range(data.draw(st.integers(1, 4))):
        holder = data.draw(st.sampled_from(list(containers(body))))
        place = data.draw(st.sampled_from(list(keys(holder))))
        holder[place] = orjson.loads(data.draw(_VALUES))

    projected = project(body, VIEWS[name], frozenset(OFFERED[name].groups))

    assert orjson.loads(orjson.dumps(projected.value)) == projected.value
    assert {path.split(".")[0] for path in projected.surprises} <= body.keys() | {"*"}


def keys(holder):
    return holder if isinstance(holder, dict) else range(len(holder))


def containers(value):
    """Yield each object and list that holds something."""
    if isinstance(value, dict | list) and value:
        yield value
        for part in value.values() if isinstance(value, dict) else value:
            yield from containers(part)


def test_views_are_of_the_operations_that_are_offered():
    assert {name.lower() for name in vars(views) if name.isupper() and name[0] != "_"} == set(
        OFFERED
    )
