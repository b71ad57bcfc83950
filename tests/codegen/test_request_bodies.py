"""A model of a request body takes what its schema takes, and what it cannot check is refused."""

import json
import sys
import types

import jsonschema_rs
import pytest
from pydantic import ValidationError

from codegen.fault import DescriptionError
from codegen.pipeline import check
from tests.compiled import compiled

_COMPONENTS = {
    "Dish": {
        "type": "object",
        "additionalProperties": False,
        "required": ["a"],
        "properties": {"a": {"type": "integer"}, "b": {"$ref": "#/components/schemas/Dish"}},
    },
    "Same": {"$ref": "#/components/schemas/Dish"},
    "Text": {"type": "string", "minLength": 2},
    "Size": {"type": "string", "enum": ["a", "ab"]},
    "Texts": {"type": "array", "items": {"$ref": "#/components/schemas/Text"}},
}
_HOSTILE = '"""\n\\'
_TEXT, _DISH = ({"$ref": f"#/components/schemas/{name}"} for name in ("Text", "Dish"))
_CHECKED = {
    "anything": {},
    "boolean": {"type": "boolean"},
    "null": {"type": "null"},
    "integer": {"type": "integer"},
    "integer within bounds": {"type": "integer", "minimum": 1, "maximum": 2},
    "integer below a whole fraction": {"type": "integer", "exclusiveMaximum": 2.0},
    "even integer": {"type": "integer", "multipleOf": 2},
    "integer or null": {"type": ["integer", "null"], "maximum": 2},
    "number": {"type": "number"},
    "number within bounds": {"type": "number", "minimum": 0.5, "exclusiveMaximum": 2},
    "halves": {"type": "number", "multipleOf": 0.5},
    "text": {"type": "string"},
    "text of a length": {"type": "string", "minLength": 1, "maxLength": 2},
    "text of a pattern": {"type": "string", "pattern": "b"},
    "text or null": {"type": ["string", "null"], "minLength": 1},
    "listed text": {"type": "string", "enum": ["a", "NO"]},
    "listed text or null": {"type": ["string", "null"], "enum": ["a", None]},
    "one text": {"type": "string", "const": "a"},
    "text that looks like the end of a text": {"type": "string", "enum": [_HOSTILE, "'"]},
    "pattern that looks like the end of a text": {"type": "string", "pattern": "^[\"'\\\\]"},
    "integer or text": {"type": ["integer", "string"]},
    "boolean, number or null": {"type": ["boolean", "number", "null"]},
    "array": {"type": "array"},
    "array of texts": {"type": "array", "items": {"type": "string", "minLength": 1}},
    "array of a length": {"type": "array", "items": {}, "minItems": 1, "maxItems": 2},
    "array or null": {"type": ["array", "null"], "items": {"type": "string"}, "maxItems": 1},
    "array of texts or nulls": {"type": "array", "items": {"type": ["string", "null"]}},
    "array of objects": {"type": "array", "items": _DISH},
    "number or a word": {
        "anyOf": [{"type": "number", "minimum": 1}, {"type": "string", "const": "ab"}]
    },
    "integer or digits": {
        "anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^[0-9]+$"}]
    },
    "object": _DISH,
    "object by way of another component": {"$ref": "#/components/schemas/Same"},
    "object or null": {"anyOf": [_DISH, {"type": "null"}]},
    "object or text": {"anyOf": [_DISH, {"type": "string"}]},
    "component of a text": _TEXT,
    "component of a text, with a note": {**_TEXT, "description": "A text."},
    "component of a text, or null": {"anyOf": [_TEXT, {"type": "null"}]},
    "component of a list": {"$ref": "#/components/schemas/Size"},
    "component of an array": {"$ref": "#/components/schemas/Texts"},
    "notes": {"type": "string", "format": "email", "title": "T", "deprecated": True, "x-a": 1},
    "a default": {"type": "integer", "default": 3},
}
_NUMBERS = (0, 1, 2, 3, -1, 0.5, 1.5, 2.5, 10**20, True, False)
_TEXTS = ("", "a", "b", "ab", "abc", "aba", "NO", "3", "1", "true", "é", "\n", _HOSTILE)
_ARRAYS = ([], [None], [1], ["a"], [""], ["ab", "ab"], ["a", "b", "c"], [{"a": 1}], [{"a": "1"}])
_OBJECTS = ({}, {"a": 1}, {"a": None}, {"a": 1, "b": {"a": 2}}, {"a": 1, "b": {}}, {"a": 1, "c": 1})
_VALUES = (None, *_NUMBERS, *_TEXTS, *_ARRAYS, *_OBJECTS)


_NAMES = (
    "class",
    "model_config",
    "json",
    "int",
    "Field",
    "MISSING",
    "Alike",
    "_x",
    "1st",
    "a-b",
    "fish",
    "",
    _HOSTILE,
)


def _closed(members, required=()):
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": members,
    }


def _description(bodies, **components):
    """Return a description with an operation for each body, by the name of its component."""
    paths = {f"/{name}": {"post": _operation(name)} for name in bodies}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Kitchen", "version": "1"},
        "paths": paths,
        "components": {"schemas": {**bodies, **_COMPONENTS, **components}},
    }


def _operation(name):
    body = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
    statuses = ("201", "400", "500")
    return {
        "operationId": f"place{name}",
        "tags": ["Orders"],
        "summary": "Place an order.",
        "requestBody": {"content": body},
        "responses": {status: {"description": "An answer."} for status in statuses},
    }


def _build(bodies, **components):
    return compiled(json.dumps(_description(bodies, **components)), package="kitchen")


@pytest.fixture(scope="module")
def bodies():
    """Return the body of each schema above, where its one member may be absent, and where not."""
    optional = {f"Optional{i}": _closed({"x": part}) for i, part in enumerate(_CHECKED.values())}
    required = {
        f"Required{i}": _closed({"x": part}, ["x"]) for i, part in enumerate(_CHECKED.values())
    }
    named = {f"Named{i}": _closed({name: {"type": "integer"}}) for i, name in enumerate(_NAMES)}
    alike = _closed({name: {"type": "integer"} for name in ("a-b", "a_b", "a b", "a_b_")})
    hiding = _closed({"Dish": {"type": "integer"}, "dish": _DISH})
    return {**optional, **required, **named, "Alike": alike, "Hiding": hiding}


@pytest.fixture(scope="module")
def module(bodies):
    """Return the module that checks the bodies."""
    made = types.ModuleType("kitchen_bodies")
    sys.modules[made.__name__] = made
    exec(_build(bodies)["generated/kitchen/bodies.py"], vars(made))  # noqa: S102 - what the generator wrote
    yield made
    del sys.modules[made.__name__]


def _takes(model, value):
    try:
        model.model_validate(value, strict=True)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("number", range(len(_CHECKED)), ids=_CHECKED)
def test_a_model_takes_what_its_schema_takes(module, bodies, number):
    sent = [{}, *({"x": value} for value in _VALUES)]
    for name in (f"Optional{number}", f"Required{number}"):
        model, components = getattr(module, name), {"schemas": {**bodies, **_COMPONENTS}}
        validator = jsonschema_rs.validator_for({**bodies[name], "components": components})

        assert [b for b in sent if _takes(model, b)] == [b for b in sent if validator.is_valid(b)]


@pytest.mark.parametrize("kind", ["integer", "integer or null", "integer or text"])
def test_a_whole_fraction_is_no_integer_here(module, kind):
    model = getattr(module, f"Optional{list(_CHECKED).index(kind)}")

    assert _takes(model, {"x": 1})
    assert not _takes(model, {"x": 1.0})


@pytest.mark.parametrize("number", range(len(_NAMES)), ids=_NAMES)
def test_a_member_is_sent_by_its_own_name_whatever_python_wants(module, number):
    model, name = getattr(module, f"Named{number}"), _NAMES[number]

    assert _takes(model, {name: 3})
    assert not _takes(model, {name: "3"})
    assert not _takes(model, {f"{name}_": 3})


def test_members_that_python_would_call_the_same_are_told_apart(module, bodies):
    names = bodies["Alike"]["properties"]

    assert _takes(module.Alike, dict.fromkeys(names, 1))
    assert [name for name in names if _takes(module.Alike, {name: "1"})] == []


def test_a_member_called_like_a_component_hides_it_from_no_other(module):
    assert _takes(module.Hiding, {"Dish": 1, "dish": {"a": 1}})
    assert not _takes(module.Hiding, {"dish": 1})


def test_a_component_that_is_sent_and_answered_is_in_both_modules():
    order, answer = _closed({"dish": _DISH}), {"type": "object", "properties": {"dish": _DISH}}

    files = _build({"Order": order}, Answer=answer)

    assert "class Dish(" in files["generated/kitchen/bodies.py"]
    assert "class Dish(" in files["generated/kitchen/models.py"]
    assert "class Order(" not in files["generated/kitchen/models.py"]
    assert "class Answer(" not in files["generated/kitchen/bodies.py"]


def test_a_member_more_changes_the_bodies_and_the_contract_alone():
    before = _build({"Order": _closed({"a": {"type": "integer"}})})
    after = _build({"Order": _closed({"a": {"type": "integer"}, "b": {"type": "string"}})})

    bodies, contract = "generated/kitchen/bodies.py", "generated/contract.json"
    assert [name for name in before if before[name] != after[name]] == [bodies, contract]
    assert "b: str | MISSING = MISSING\n" in after[bodies]


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "integer", "enum": [1]},
        {"type": "boolean", "const": True},
        {"type": "number", "enum": [0.5]},
        {"enum": ["a"]},
        {"type": ["string", "integer"], "enum": ["a", 1]},
        {"type": ["integer", "string"], "minimum": 1},
        {"type": "array", "uniqueItems": True},
        {"type": "array", "prefixItems": [{"type": "string"}]},
        {"type": "object", "additionalProperties": {"type": "string"}},
        {"type": "string", "anyOf": [{"minLength": 3}]},
        {"oneOf": [{"type": "string"}, {"type": "number"}]},
        {"not": {"type": "string"}},
        {"anyOf": [{"type": "integer", "minimum": 1}]},
        {"anyOf": [_TEXT]},
        {"anyOf": [{"type": "null"}, {"type": ["null"]}]},
        {**_TEXT, "maxLength": 3},
        True,
    ],
)
def test_a_schema_that_a_model_would_not_keep_to_is_refused(schema):
    with pytest.raises(DescriptionError) as caught:
        check(json.dumps(_description({"Order": _closed({"x": schema})})), "openapi.yaml")

    assert {fault.code for fault in caught.value.faults} == {"SPEC015"}
