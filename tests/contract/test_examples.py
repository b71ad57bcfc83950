"""What the description shows is what `make run` answers, so that it can be pasted and is so."""

import json
from dataclasses import replace

import pytest

from tests.described import EXAMPLES, resolved
from tests.shipped_app import ADDRESS

# The address at which `make run` listens, which is the one in the description.
HERE = "http://localhost:7071"
NOW = "now"

SHOWN = {
    (example.function, name): (example, int(status), shown["value"])
    for example in EXAMPLES
    for status, response in example.operation["responses"].items()
    for media in resolved(response).get("content", {}).values()
    for name, shown in media.get("examples", {"only": {"value": media.get("example")}}).items()
    if status.startswith("2")
}
# What Discogs answers, or says it does, and the sandbox never does from where it begins.
NOT_OF_THE_SANDBOX = {
    ("get_marketplace_stats", "blocked"),
    ("get_order_messages", "others"),
    ("get_release_stats", "documented"),
}
# What is asked beside the operation's own example, mostly to get a short answer.
ASKED = {
    ("get_artist", "group"): {"artist_id": 1002},
    ("get_artist_releases", "single"): {"artist_id": 1014},
    ("get_contributions", "onePage"): {"per_page": 1},
    ("get_inventory", "own"): {"per_page": 1},
    ("get_inventory", "others"): {"username": "vinyl_friend", "per_page": 1},
    ("get_label", "parent"): {"label_id": 2007},
    ("get_marketplace_stats", "none"): {"release_id": 4030},
    ("get_orders", "onePage"): {"per_page": 1},
    ("get_price_suggestions", "none"): {"release_id": 4030},
    ("get_submissions", "onePage"): {"per_page": 5},
    ("get_wantlist", "onePage"): {"per_page": 1},
    ("search", "artist"): {"q": "radiohead", "type": "artist"},
    ("search", "onePage"): {"per_page": 2},
}
# What a write answers with the time of the call.
TIMES = {"add_order_message": "timestamp", "edit_order": "last_activity"}


@pytest.fixture(autouse=True)
def forgetful(served):
    served.reset()
    yield
    served.reset()


@pytest.mark.parametrize("shown", sorted(SHOWN.keys() - NOT_OF_THE_SANDBOX), ids="-".join)
def test_an_example_is_what_the_sandbox_answers(served, shown):
    operation, status, example = SHOWN[shown]

    answer = operation.send(served, ASKED.get(shown))

    assert answer.status_code == status
    if isinstance(example, str):
        assert answer.text.replace("\r\n", "\n") == example
    else:
        time = {TIMES[shown[0]]: NOW} if shown[0] in TIMES else {}
        body = json.loads(answer.text.replace(ADDRESS, HERE))
        assert body | time == example | time


def test_every_exception_is_of_an_example_that_there_is():
    assert SHOWN.keys() >= ASKED.keys() | NOT_OF_THE_SANDBOX
    assert {function for function, _ in SHOWN} >= TIMES.keys()


FILTERS = [
    (example, parameter["name"], parameter["example"])
    for example in EXAMPLES
    for parameter in map(resolved, example.operation.get("parameters", ()))
    if parameter["in"] == "query"
]


@pytest.mark.parametrize(
    ("operation", "name", "value"), FILTERS, ids=[f"{e.function}-{n}" for e, n, _ in FILTERS]
)
def test_the_example_of_a_query_parameter_finds_something(served, operation, name, value):
    answer = replace(operation, query={}).send(served, {name: value})

    assert answer.status_code in operation.successes
    if answer.content:
        assert answer.json().get("pagination", {"items": 1})["items"] > 0
