"""What agents get of the shipped description: some operations, and of the rest a reason."""

import json
from pkgutil import resolve_name

import pytest

from codegen.notation import load
from codegen.paths import operations
from discogs_api.agent_operations import AGENT_OPERATIONS

_BY_NAME = {offered.operation.name: offered for offered in AGENT_OPERATIONS}


@pytest.fixture(scope="module")
def manifest(repository):
    path = repository / "generated" / "gpt-action" / "manifest.json"
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def action(repository):
    path = repository / "generated" / "gpt-action" / "openapi.json"
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def imported(action):
    """Return each operation of the Action spec with its method and path."""
    return [
        (method.upper(), path, operation)
        for path, methods in action["paths"].items()
        for method, operation in methods.items()
    ]


def test_the_manifest_says_of_every_operation_that_it_is_offered_or_why_not(shipped, manifest):
    described = {at.node["operationId"] for at in operations(load(shipped, "openapi.yaml"))}
    offered = {each["operationId"] for each in manifest["offered"]}
    withheld = {each["operationId"]: each["why"] for each in manifest["withheld"]}

    assert offered | withheld.keys() == described
    assert not offered & withheld.keys()
    assert all(withheld.values())
    assert manifest["counts"] == {
        "operations": len(described),
        "offered": len(offered),
        "withheld": len(withheld),
    }
    assert 20 <= len(offered) <= 28


def test_the_manifest_the_action_spec_and_the_code_offer_the_same(manifest, imported):
    offered = {(each["method"], each["path"]) for each in manifest["offered"]}
    faces = {(o.face.method, o.face.path.removeprefix("/gpt")) for o in AGENT_OPERATIONS}

    assert {(method, path) for method, path, _ in imported} == offered == faces
    assert {(o.operation.method, o.operation.path) for o in AGENT_OPERATIONS} == offered


def test_the_code_takes_the_parameters_that_the_action_spec_tells_of(imported):
    faces = {(o.face.method, o.face.path.removeprefix("/gpt")): o.face for o in AGENT_OPERATIONS}
    for method, path, operation in imported:
        face = faces[method, path]
        told = [(p["in"], p["name"], p["schema"]["type"]) for p in operation["parameters"]]
        assert [(p.place, p.name, p.kind) for p in face.parameters] == told
        assert (face.body is not None) == ("requestBody" in operation)


def test_everything_that_an_operation_takes_has_a_name_of_its_own(imported):
    for _, _, operation in imported:
        names = [parameter["name"] for parameter in operation["parameters"]]
        content = operation.get("requestBody", {}).get("content", {"": {"schema": {}}})
        for media_type in content.values():
            names += media_type["schema"].get("properties", {})
        assert len(set(names)) == len(names), operation["operationId"]


def test_every_page_has_a_size_that_is_bounded_and_sent_when_the_model_sends_none(imported):
    paged = [o for _, _, o in imported if any(p["name"] == "page" for p in o["parameters"])]
    by_id = {o["operationId"]: {p["name"]: p["schema"] for p in o["parameters"]} for o in paged}

    assert len(by_id) == 9
    for offered in AGENT_OPERATIONS:
        taken = {parameter.name for parameter in offered.face.parameters}
        assert (offered.rows is not None) == ("page" in taken), offered.face.name
    for schemas in by_id.values():
        assert schemas["per_page"]["maximum"] <= 100
        assert schemas["per_page"]["default"] <= schemas["per_page"]["maximum"]
        assert "maximum" in schemas["page"]


def test_a_default_that_is_sent_is_the_one_that_the_model_is_told(imported):
    faces = {(o.face.method, o.face.path.removeprefix("/gpt")): o for o in AGENT_OPERATIONS}
    for method, path, operation in imported:
        schemas = {p["name"]: p["schema"] for p in operation["parameters"]}
        for name, text in faces[method, path].defaults:
            assert str(schemas[name]["default"]) == text


def test_what_is_loaded_by_name_is_there():
    for offered in AGENT_OPERATIONS:
        assert resolve_name(offered.view)
        assert resolve_name(offered.face.model)
        assert not offered.face.body or resolve_name(offered.face.body.model)


def test_a_write_says_what_became_of_it_and_is_asked_for(manifest):
    asked = {each["operationId"] for each in manifest["offered"] if each["consequential"]}

    assert asked == {
        "addToFolder", "addWant", "deleteInstance", "editInstance", "removeWant",
        "setReleaseRating",
    }  # fmt: skip
    for offered in AGENT_OPERATIONS:
        assert bool(offered.done) == (offered.operation.method != "GET")
        assert bool(offered.gone) == (offered.operation.method == "DELETE")


def test_adding_what_is_there_looks_first_and_adding_it_again_takes_a_word():
    add = _BY_NAME["add_to_folder"]

    assert add.presence.operation.name == "get_collection_items_by_release"
    assert add.presence.rows == "releases"
    assert add.presence.override in {parameter.name for parameter in add.face.parameters}


def test_a_member_that_has_the_name_of_a_parameter_goes_out_under_its_own():
    assert _BY_NAME["edit_instance"].renames == (("new_folder_id", "folder_id"),)


def test_what_is_imported_is_small_enough_to_be_read_at_one_go(action):
    text = json.dumps(action, separators=(",", ":"), ensure_ascii=False)

    assert len(text) < 100_000
