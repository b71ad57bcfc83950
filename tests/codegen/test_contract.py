"""The contract holds what callers can rely on: whole, resolvable in itself, and without words."""

import json

import jsonschema_rs
import pytest
import yaml

from codegen.reach import named
from codegen.schema import nested

_WORDS = {"description", "example", "examples", "title"}


@pytest.fixture(scope="module")
def contract(repository):
    return json.loads((repository / "generated" / "contract.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def description(shipped):
    return yaml.load(shipped, yaml.CSafeLoader)


def _operations(description):
    for item in description["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict) and "operationId" in operation:
                yield operation


def _samples(content):
    """Yield each example of a body, with its media type."""
    for media_type, part in content.items():
        if "example" in part:
            yield media_type, part["example"]
        for sample in part.get("examples", {}).values():
            yield media_type, sample["value"]


def _fits(contract, schema, value):
    whole = {"components": contract["components"], **schema}
    return jsonschema_rs.validator_for(whole, offline=True).is_valid(value)


def test_it_has_every_operation_in_the_order_of_the_description(contract, description):
    ids = [operation["operationId"] for operation in _operations(description)]

    assert list(contract["operations"]) == ids


def test_the_examples_of_the_description_fit_its_schemas(contract, description):
    checked = 0
    for operation in _operations(description):
        kept = contract["operations"][operation["operationId"]]
        for status, response in operation["responses"].items():
            for media_type, sample in _samples(response.get("content", {})):
                assert _fits(contract, kept["answers"][status]["content"][media_type], sample)
                assert not _fits(
                    contract, kept["answers"][status]["content"][media_type], [{"no": 1}]
                )
                checked += 1
        for media_type, sample in _samples(operation.get("requestBody", {}).get("content", {})):
            if media_type == "application/json":
                assert _fits(contract, kept["body"]["schema"], sample)

    assert checked > 0


def test_every_component_is_one_that_something_leads_to_and_the_other_way_round(contract):
    components = contract["components"]["schemas"]
    bodies = [o["body"]["schema"] for o in contract["operations"].values() if o["body"]]
    answers = [
        schema
        for operation in contract["operations"].values()
        for answer in operation["answers"].values()
        for schema in answer["content"].values()
    ]

    assert set(named([*bodies, *answers, *components.values()])) == components.keys()


def test_it_holds_no_words_but_keeps_members_that_are_called_like_some(contract):
    schemas = [
        schema
        for component in contract["components"]["schemas"].values()
        for _, schema in nested(component, "")
    ]
    members = {name for schema in schemas for name in schema.get("properties", ())}

    assert not [schema for schema in schemas if schema.keys() & _WORDS]
    assert {"title", "description"} <= members
