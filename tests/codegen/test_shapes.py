"""Claim what of a schema its shape holds, and that whatever fits the schema passes."""

import json

import pytest
import yaml

from codegen.naming import snake_case
from discogs_proxy.drift import compare
from discogs_proxy.shape import read
from tests.compiled import compiled
from tests.described import operations, resolved


def ref(name):
    return {"$ref": f"#/components/schemas/{name}"}


def any_of(*schemas):
    return {"anyOf": list(schemas)}


def many(items):
    return {"type": "array", "items": items}


def map_of(values):
    return {"type": "object", "additionalProperties": values}


def object_of(**properties):
    return {"type": "object", "properties": properties}


A = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}}
B = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {
        "id": {"type": "integer"},
        "name": {"type": "string"},
        "next": {"anyOf": [{"$ref": "#/components/schemas/B"}, {"type": "null"}]},
    },
}
X = {"required": ["x"], "properties": {"x": {}}}
TEXT, NULL = {"type": "string"}, {"type": "null"}
# Each leads back to itself, by way of null, of a choice or of a name for a choice.
KNOTS = {
    "Tree": any_of(object_of(next=ref("Tree")), NULL),
    "Branch": object_of(next=ref("Twig")),
    "Twig": any_of(ref("Branch"), NULL),
    "Hen": object_of(next=any_of(ref("Hen"), ref("Egg")), hatched=TEXT),
    "Egg": object_of(next=any_of(ref("Hen"), ref("Egg")), laid=TEXT),
    "Other": ref("A"),
}
NAMED = {"A": A, "B": B, "X": X, "Word": {**TEXT, "enum": ["x"]}, **KNOTS}


def described(schema):
    """Return a description with one operation that answers so."""
    response = {"description": "x", "content": {"application/json": {"schema": schema}}}
    failures = {status: {"description": "x"} for status in ("400", "500")}
    operation = {
        "operationId": "getThing",
        "summary": "Get it.",
        "tags": ["things"],
        "responses": {"200": response, **failures},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "tags": [{"name": "things", "description": "x"}],
        "paths": {"/thing": {"get": operation}},
        "components": {"schemas": NAMED},
    }


def shape_file(description):
    files = compiled(yaml.safe_dump(description, sort_keys=False))
    return files["generated/discogs_api/shapes.json"]


def differences(schema, body):
    shape = read(shape_file(described(schema)).encode())["get_thing"]
    found = compare(body, shape, 1000).differences
    return sorted(" ".join(filter(None, difference)) for difference in found)


SAID = {
    "a type": (TEXT, 1, ["changed integer"]),
    "null": (TEXT, None, ["changed null"]),
    "types": ({"type": ["integer", "null"]}, "x", ["changed string"]),
    "a component": (ref("A"), {"x": 1}, ["missing id", "unknown x"]),
    "a component that is a text": (many(ref("Word")), [1], ["changed [] integer"]),
    "a component or null": (any_of(ref("A"), NULL), {"id": ""}, ["changed id string"]),
    "itself": (ref("B"), {"id": 1, "name": "", "next": {"id": 1}}, ["missing next.name"]),
    "all of": ({"allOf": [ref("A"), ref("X")]}, {}, ["missing id", "missing x"]),
    "all of one type": ({"allOf": [ref("A")], "type": "object"}, None, ["changed null"]),
    "any of two objects": (any_of(ref("A"), ref("B")), {"x": 1}, ["missing id", "unknown x"]),
    "a map": (map_of(ref("A")), {"k": {"y": 1}}, ["missing *.id", "unknown *.y"]),
    "no other members": ({**A, "additionalProperties": False}, {"id": 1, "x": 1}, ["unknown x"]),
    "a tree": (ref("Tree"), {"next": {"next": 5}}, ["changed next.next integer"]),
    "a branch": (ref("Twig"), {"next": {"new": 5}}, ["unknown next.new"]),
    "a hen or an egg": (any_of(ref("Hen"), ref("Egg")), {"laid": 1}, ["changed laid integer"]),
    "another name": (ref("Other"), {}, ["missing id"]),
    "a list or a text": (any_of(many(TEXT), TEXT), [1], ["changed [] integer"]),
}


@pytest.mark.parametrize("case", SAID)
def test_a_difference_that_a_shape_can_tell_is_told(case):
    schema, body, told = SAID[case]

    assert differences(schema, body) == told


PASSED = {
    "anything": ({}, {"x": [1]}),
    "any object": ({"type": "object"}, {"x": 1}),
    "any list": ({"type": "array"}, [1, "x", None]),
    "any members": (map_of({}), {"x": 1}),
    "any members, said shortly": ({"type": "object", "additionalProperties": True}, {"x": 1}),
    "members beside named ones": ({**A, "additionalProperties": {}}, {"id": 1, "x": 1}),
    "members by pattern": ({**A, "patternProperties": {"^x": TEXT}}, {"id": 1, "x1": "y"}),
    "null of any of": (any_of(ref("A"), NULL), None),
    "one of two objects": (any_of(ref("A"), ref("B")), {"id": 1, "next": None}),
    "one of two that demand less": (any_of(ref("B"), ref("A")), {"id": 1}),
    "what comes of an egg": (any_of(ref("Hen"), ref("Egg")), {"next": {"next": {"x": 1}}}),
    "the end of a tree": (ref("Tree"), {"next": {"next": None}}),
    "the end of a branch": (ref("Twig"), None),
    "one of": ({"oneOf": [TEXT, ref("A")]}, {"id": 1}),
    "the end of a chain": (ref("B"), {"id": 1, "name": "", "next": None}),
    "what two disagree about": (any_of(object_of(x=TEXT), object_of(x=NULL)), {"x": 5}),
    "any of beside members": ({**A, "anyOf": [{"required": ["id"]}, object_of(x={})]}, {"id": 1}),
}


@pytest.mark.parametrize("case", PASSED)
def test_what_fits_the_schema_or_is_beyond_a_shape_passes(case):
    schema, body = PASSED[case]

    assert differences(schema, body) == []


def test_only_what_successes_lead_to_is_there():
    made = json.loads(shape_file(described(many(ref("A")))))

    assert list(made["shapes"]) == ["A"]


def test_several_successes_of_an_operation_have_one_shape():
    description = described(ref("A"))
    answers = description["paths"]["/thing"]["get"]["responses"]
    answers["201"] = {"description": "x", "content": {"application/json": {"schema": ref("B")}}}
    shape = read(shape_file(description).encode())["get_thing"]

    for body in ({"id": 1}, {"id": 1, "name": "x"}):
        assert compare(body, shape, 1000).differences == frozenset()


def test_no_sample_of_the_shipped_description_differs_from_its_shape(repository):
    shapes = read((repository / "generated" / "discogs_api" / "shapes.json").read_bytes())
    compared = 0
    for _, _, operation in operations():
        for status, response in operation["responses"].items():
            media = resolved(response).get("content", {}).get("application/json", {})
            samples = [each["value"] for each in media.get("examples", {}).values()]
            samples += [media["example"]] if "example" in media else []
            for sample in samples if status.startswith("2") else ():
                found = compare(sample, shapes[snake_case(operation["operationId"])], 10**6)
                assert (found.differences, found.is_whole) == (frozenset(), True), operation
                compared += 1
    assert compared > 40
