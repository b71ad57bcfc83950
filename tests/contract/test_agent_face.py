"""Every answer that a model gets is what the Action spec promises, and bearable for it."""

import json
from dataclasses import replace
from functools import cache

import jsonschema
import pytest

from discogs_proxy.cap import MOST_CHARACTERS
from tests.offered import ACTION, OFFERED, PREFIX
from tests.shipped_app import ADDRESS, KEY

NAMED = {offered.name: offered for offered in OFFERED}
READS = [name for name, offered in NAMED.items() if offered.example.method == "GET"]


@pytest.fixture(autouse=True)
def forgetful(served):
    served.reset()
    served.forget()
    yield
    served.reset()


@cache
def validator(reference):
    root = {"$schema": "https://json-schema.org/draft/2020-12/schema", **json.loads(reference)}
    return jsonschema.Draft202012Validator({**root, "components": ACTION["components"]})


def fits(schema, content):
    """Return what of the content is not as the schema says."""
    errors = validator(json.dumps(schema)).iter_errors(content)
    return [f"{list(error.absolute_path)}: {error.message[:200]}" for error in errors]


def component(name):
    return {"$ref": f"#/components/schemas/{name}"}


def shown(offered, response):
    """Return the content of a good answer, after everything that holds for each of them."""
    content = response.json()
    assert response.status_code == 200, content
    assert response.headers["content-type"] == "application/json"
    assert len(response.text) <= MOST_CHARACTERS
    assert fits(offered.answer, content) == []
    assert fits(component("Source"), content["source"]) == []
    assert fits(component("Budget"), content["budget"]) == []
    assert "api.discogs.com" not in response.text
    return content


@pytest.mark.parametrize("name", NAMED)
def test_the_example_of_an_operation_is_answered_as_the_action_spec_says(served, name):
    offered = NAMED[name]

    content = shown(offered, offered.send(served))

    assert ("changed" in content) == (offered.example.method != "GET")
    assert content["source"]["url"].startswith("https://www.discogs.com/")


GROUPS = [(name, group) for name in READS for group in (*NAMED[name].agent.groups, "all")
          if "include" in NAMED[name].parameters]  # fmt: skip


@pytest.mark.parametrize(("name", "group"), GROUPS)
def test_what_may_be_included_is_promised_too(served, name, group):
    offered = NAMED[name]

    short = shown(offered, offered.send(served))
    content = shown(offered, offered.send(served, {"include": group}))

    assert ("full" in content) == (group == "all")
    if group != "all":
        assert content.keys() >= short.keys()


LISTED = [name for name in READS if "continue_from" in NAMED[name].parameters]


def lists(content, above=""):
    """Yield every list that is not within a row, with its path."""
    for key, value in content.items():
        if isinstance(value, list):
            yield f"{above}{key}", value
        elif isinstance(value, dict):
            yield from lists(value, f"{above}{key}.")


@pytest.mark.parametrize("name", LISTED)
@pytest.mark.parametrize("include", [None, "all"])
def test_any_list_is_read_on_from_any_row(served, name, include):
    offered = NAMED[name]
    asked = {"include": include} if include else {}
    whole = shown(offered, offered.send(served, asked))

    for path, rows in lists(whole):
        start = len(rows) // 2
        content = shown(
            offered, offered.send(served, {**asked, "continue_from": f"{path}:{start}"})
        )
        assert dict(lists(content)) == {path: rows[start:]}


@pytest.mark.parametrize("name", NAMED)
def test_head_is_answered_like_get_and_a_write_has_none(served, name):
    offered = NAMED[name]
    target = offered.example.target().replace("/api", PREFIX, 1)

    response = served.request("HEAD", target)

    assert response.status_code == (200 if name in READS else 405)
    assert response.content == b""


def test_a_release_wanted_before_is_said_to_be_wanted_since_then(served):
    first, second = (
        json.loads(served.request("PUT", f"{PREFIX}/users/crate_keeper/wants/{release}").content)
        for release in (4037, 4001)
    )

    assert (first["changed"], "before" in first["done"]) == (False, True)
    assert (second["changed"], "before" in second["done"]) == (True, False)


BAD = {
    "no key": ("GET", "/releases/4019", {"accept": "*/*"}, 401),
    "bad value": ("GET", "/releases/x", None, 400),
    "nothing asked": ("GET", "/database/search?include=all", None, 400),
    "not there": ("GET", "/releases/999999999", None, 404),
    "private": ("GET", "/users/quiet_collector/wants", None, 403),
    "unknown path": ("GET", "/nothing/here", None, 404),
    "unknown verb": ("PATCH", "/releases/4019", None, 405),
    "mirror only": ("GET", "/users/crate_keeper/submissions", None, 404),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_every_failure_is_a_problem_with_a_hint(served, name):
    method, path, headers, status = BAD[name]

    response = served.request(method, PREFIX + path, headers)

    assert response.status_code == status
    assert response.headers["content-type"] == "application/json"
    assert fits(component("Problem"), response.json()) == []
    assert fits({"required": ["hint", "retryable"]}, response.json()) == []


OF_USERS = [name for name, offered in NAMED.items() if "username" in offered.parameters]


@pytest.mark.parametrize("name", OF_USERS)
def test_who_asks_for_nobody_is_told_to_look_at_the_username(served, name):
    offered = NAMED[name]
    values = {**offered.example.path_values, "username": "nobody_has_this_name"}
    offered = replace(offered, example=replace(offered.example, path_values=values))

    response = offered.send(served)

    assert response.status_code == 404
    assert "username" in response.json()["hint"]


def test_what_discogs_cannot_do_is_a_problem_too(served):
    offered = replace(NAMED["editInstance"], changes={"new_folder_id": 99_999})

    response = offered.send(served)

    assert response.status_code == 422
    assert fits(component("Problem"), response.json()) == []
    assert response.json()["message"] == "Invalid folder_id: folder does not exist."


def test_the_served_spec_is_the_generated_one_with_the_address_of_the_face(served):
    text = served.get("/api/openapi.json").text

    content = json.loads(text.replace(ADDRESS, "https://gateway.example"))
    assert content == ACTION
    assert json.loads(text)["servers"] == [{"url": f"{ADDRESS}{PREFIX}"}]


def test_a_copy_is_added_once_and_a_second_time_only_on_demand(served):
    offered = NAMED["addToFolder"]
    override = offered.agent.presence.override

    answers = [
        shown(offered, offered.send(served, given)) for given in (None, None, {override: "true"})
    ]

    assert [answer["changed"] for answer in answers] == [True, False, True]


@pytest.mark.parametrize("name", ["removeWant", "deleteInstance"])
def test_what_was_removed_is_gone_the_second_time(served, name):
    offered = NAMED[name]

    answers = [shown(offered, offered.send(served)) for _ in range(2)]

    assert [answer["changed"] for answer in answers] == [True, False]
    assert answers[1]["done"] == offered.agent.gone


def test_whoever_reads_the_mirror_and_the_face_asks_discogs_once(served):
    served.discogs.requests.clear()

    mirror = served.get("/api/releases/4019").json()
    agent = served.get(f"{PREFIX}/releases/4019?include=all").json()["full"]

    assert agent == mirror
    assert len(served.discogs.requests) == 1
    assert KEY not in json.dumps(agent)
