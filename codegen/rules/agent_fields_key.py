"""The shape of `x-proxy-agent-fields`: what a schema may say of what agents are shown."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import jsonschema_rs

from codegen.rules import violations

_LIST = {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": True}
SHAPE: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "anyOf": [{"required": ["keep"]}, {"required": ["text"]}],
    "properties": {
        # Always shown, in this order.
        "keep": _LIST,
        # Shown to who includes the group; what is kept and has a `longest` is not cut then.
        "include": {
            "type": "object",
            "propertyNames": {"pattern": "^[a-z][a-z_]*$"},
            "additionalProperties": _LIST,
        },
        # Values that say nothing, by property.
        "noise": {
            "type": "object",
            "additionalProperties": {
                "type": "array",
                "items": {"type": ["string", "number", "boolean"]},
                "minItems": 1,
            },
        },
        # Characters of a text, or items of a list of texts, by property.
        "longest": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}},
        # What the object becomes instead of an object.
        "text": {"type": "string", "minLength": 1},
        # Where people see it; becomes the property `url`.
        "url": {"type": "string", "pattern": "^https://"},
    },
}
NAMES = frozenset(SHAPE["properties"])


@cache
def validator() -> jsonschema_rs.Validator:
    """Return what checks the shape."""
    return violations.validator(SHAPE)
