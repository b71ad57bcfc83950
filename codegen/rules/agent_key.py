"""The shape of `x-proxy-agent`, as JSON Schema; its meaning has rules of its own."""

from collections.abc import Mapping
from typing import Any

_SENTENCE = {"type": "string", "minLength": 10, "maxLength": 300}
_WORDS = {"type": "string", "minLength": 1, "maxLength": 700}
_NAME = {"type": "string", "minLength": 1}


def _list(**said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the shape of a list of names, each alone or with what is said of it."""
    item = {
        "type": ["string", "object"],
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": False,
            "properties": {
                "description": _WORDS,
                "enum": {"type": "array", "minItems": 1, "uniqueItems": True},
                **{key: {"type": "number"} for key in ("exclusiveMaximum", "exclusiveMinimum")},
                **{key: {"type": "integer", "minimum": 0} for key in ("maxLength", "minLength")},
                **{key: {"type": "number"} for key in ("maximum", "minimum")},
                **said,
            },
        },
    }
    return {"type": "array", "items": item}


AGENT_KEY: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        # What a model reads before it calls: importers stop at 300 characters.
        "description": {"type": "string", "minLength": 30, "maxLength": 295},
        "parameters": _list(default={"type": ["boolean", "integer", "number", "string"]}),
        "consequential": {"type": "boolean"},
        "page": {"type": "string", "pattern": "^https://[^\\s]+$"},
        "rows": _NAME,
        "body": {**_list(**{"from": _NAME}), "minItems": 1},
        "unless": {
            "type": "object",
            "required": ["operation", "rows", "override", "description"],
            "additionalProperties": False,
            "properties": {
                "operation": _NAME,
                "rows": _NAME,
                "override": {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"},
                "description": _WORDS,
            },
        },
        "since": _NAME,
        "done": _SENTENCE,
        "present": _SENTENCE,
        "gone": _SENTENCE,
        "hints": {"type": "object", "minProperties": 1, "additionalProperties": _SENTENCE},
        "withheld": _SENTENCE,
    },
    "if": {"required": ["withheld"]},
    "then": {"maxProperties": 1},
    "else": {"required": ["description", "parameters", "consequential"]},
}
