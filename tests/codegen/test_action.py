"""What agents are given keeps to the dialect that OpenAI's importer reads."""

import json
from pathlib import Path

import openapi_spec_validator
import pytest
from openapi_pydantic import OpenAPI

from codegen.recursion import without_recursion

_REPOSITORY = Path(__file__).parents[2]
_SPECS = {
    "shipped": _REPOSITORY / "generated" / "gpt-action" / "openapi.json",
    **{
        path.parents[3].name: path
        for path in sorted(
            Path(__file__).parent.glob("golden/*/files/generated/gpt-action/openapi.json")
        )
    },
}


@pytest.fixture(params=_SPECS.values(), ids=_SPECS)
def text(request):
    return request.param.read_text(encoding="utf-8")


@pytest.fixture
def spec(text):
    return json.loads(text)


def _operations(spec):
    return [operation for methods in spec["paths"].values() for operation in methods.values()]


def _mappings(node):
    if isinstance(node, dict):
        yield node
        for key, value in node.items():
            if key != "const" and (key != "enum" or isinstance(value, dict)):
                yield from _mappings(value)
    elif isinstance(node, list):
        for value in node:
            yield from _mappings(value)


def _schemas(spec):
    """Yield the mappings below the places of schemas; a map of properties has no `type` text."""
    for place in ("paths", "components"):
        for node in _mappings(spec[place]):
            if isinstance(node.get("type"), str | list):
                yield node


def test_it_is_openapi_to_two_independent_readers(spec):
    OpenAPI.model_validate(spec)
    openapi_spec_validator.validate(spec)


def test_it_has_exactly_one_server_with_an_absolute_https_address(spec):
    (server,) = spec["servers"]

    assert list(server) == ["url"]
    assert server["url"].startswith("https://")
    assert "{" not in server["url"]


def test_every_operation_says_whether_it_is_consequential(spec):
    assert {type(operation["x-openai-isConsequential"]) for operation in _operations(spec)} <= {
        bool
    }


def test_words_for_the_model_keep_to_what_importers_take(spec):
    for operation in _operations(spec):
        assert len(operation["summary"]) <= 300
        assert len(operation["description"]) <= 300
        assert all(len(parameter["description"]) <= 700 for parameter in operation["parameters"])


def test_parameters_are_written_out_and_stand_in_path_or_query(spec):
    for operation in _operations(spec):
        assert "$ref" not in json.dumps(operation["parameters"])
        assert {parameter["in"] for parameter in operation["parameters"]} <= {"path", "query"}


def test_own_keys_and_samples_stay_at_home(spec):
    for node in _schemas(spec):
        assert not {key for key in node if key.startswith("x-")}
        assert not node.keys() & {"example", "examples"}
    for operation in _operations(spec):
        assert {key for key in operation if key.startswith("x-")} == {"x-openai-isConsequential"}


def test_the_security_schemes_are_those_that_security_names(spec):
    named = {name for requirement in spec["security"] for name in requirement}

    assert spec["components"]["securitySchemes"].keys() == named
    assert len(named) <= 1


def test_every_object_has_properties(spec):
    objects = [node for node in _schemas(spec) if "object" in node["type"]]

    assert all(isinstance(node.get("properties"), dict) for node in objects)


def test_every_reference_leads_to_a_component_and_every_component_is_used(spec):
    references = {
        node["$ref"].removeprefix("#/components/schemas/")
        for node in _mappings(spec)
        if isinstance(node.get("$ref"), str)
    }

    assert references == spec["components"]["schemas"].keys()


def test_no_component_leads_back_to_itself(spec):
    steps = {
        name: {
            node["$ref"].rpartition("/")[2]
            for node in _mappings(schema)
            if isinstance(node.get("$ref"), str)
        }
        for name, schema in spec["components"]["schemas"].items()
    }
    while leaves := [name for name, targets in steps.items() if not targets & steps.keys()]:
        for leaf in leaves:
            del steps[leaf]

    assert steps == {}


def test_the_shipped_one_holds_no_own_key_and_no_sample_at_all():
    text = _SPECS["shipped"].read_text(encoding="utf-8")

    assert "x-proxy-" not in text
    assert '"example' not in text


def test_a_body_is_written_out_flat_with_the_names_and_limits_for_agents():
    spec = json.loads(_SPECS["request_body"].read_text(encoding="utf-8"))
    (operation,) = _operations(spec)

    assert operation["requestBody"] == {
        "required": False,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "minProperties": 1,
                    "properties": {
                        "paid": {"type": "boolean", "description": "Whether it was paid."},
                        "gratuity": {
                            "type": "number",
                            "minimum": 0,
                            "maximum": 100,
                            "description": "What the guest gives beyond the bill.",
                        },
                    },
                    "additionalProperties": False,
                }
            }
        },
    }


def test_what_an_operation_needs_beyond_the_key_is_the_proxys_business():
    text = _SPECS["needs"].read_text(encoding="utf-8")

    assert json.loads(text)["security"] == [{"clientKey": []}]
    assert "account" not in text


def test_a_schema_that_holds_itself_is_unrolled_once():
    node = {
        "type": "object",
        "required": ["name", "next"],
        "properties": {"name": {}, "next": {"$ref": "#/components/schemas/Node"}},
    }

    assert without_recursion({"Node": node}) == {
        "Node": {
            "type": "object",
            "required": ["name", "next"],
            "properties": {
                "name": {},
                "next": {"type": "object", "required": ["name"], "properties": {"name": {}}},
            },
        }
    }


def test_schemas_that_hold_each_other_are_cut_where_the_circle_closes():
    schemas = {
        "A": {"properties": {"b": {"$ref": "#/components/schemas/B"}}},
        "B": {"properties": {"a": {"$ref": "#/components/schemas/A"}, "n": {}}},
        "C": {"properties": {"a": {"$ref": "#/components/schemas/A"}}},
    }

    assert without_recursion(schemas) == {
        "A": {"properties": {"b": {"properties": {"a": {"properties": {}}, "n": {}}}}},
        "B": {
            "properties": {
                "a": {"properties": {"b": {"properties": {"n": {}}}}},
                "n": {},
            }
        },
        "C": {"properties": {"a": {"$ref": "#/components/schemas/A"}}},
    }


def test_alternatives_and_ingredients_that_close_a_circle_are_cut_too():
    schemas = {
        "Tree": {
            "allOf": [
                {"properties": {"name": {}}},
                {"properties": {"left": {"$ref": "#/components/schemas/Tree"}}},
            ]
        },
        "Nest": {
            "type": "array",
            "items": {"anyOf": [{"type": "string"}, {"$ref": "#/components/schemas/Nest"}]},
        },
    }

    assert without_recursion(schemas) == {
        "Tree": {
            "allOf": [
                {"properties": {"name": {}}},
                {
                    "properties": {
                        "left": {"allOf": [{"properties": {"name": {}}}, {"properties": {}}]}
                    }
                },
            ]
        },
        "Nest": {
            "type": "array",
            "items": {"anyOf": [{"type": "string"}, {"type": "array"}]},
        },
    }
