"""What tells a contract of the format that is written now from anything else."""

from functools import cache
from typing import Any

import jsonschema_rs

FORMAT = 4
"""Raised with each change of what a contract holds: none of another format can be compared."""
_META_SCHEMA = "https://json-schema.org/draft/2020-12/schema"
# How an object is shown, in one of four ways.
_SHOWN = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": 1,
    "additionalProperties": False,
    "properties": {
        "all": {"const": True},
        "component": {"type": "string"},
        "properties": {"type": "object", "additionalProperties": {"$ref": "#/$defs/property"}},
        "text": {"type": "string"},
    },
}
_PROPERTY = {
    "type": "object",
    "properties": {
        "group": {"type": "string"},
        "longest": {"type": "integer"},
        "noise": {"type": "array"},
        "whole": {"type": "string"},
    },
}


@cache
def shape() -> jsonschema_rs.Validator:
    """Return what tells a contract of this format from anything else."""
    schema = {"$ref": _META_SCHEMA}
    text, truth, texts = {"type": "string"}, {"type": "boolean"}, _list({"type": "string"})
    parameters = _list(_object(name=text, required=truth, schema=schema, **{"in": text}))
    body = _optional(_object(media_type=text, required=truth, schema=schema))
    shown = _mapping(_SHOWN)
    operation = _object(
        method=text,
        path=text,
        needs={"enum": ["key", "account", "owner"]},
        requires_query={"type": ["string", "null"]},
        cached_for={"type": ["integer", "null"]},
        is_private=truth,
        is_repeatable=truth,
        agents=_optional(_object(asks_first=truth, parameters=parameters, body=body, shown=shown)),
        parameters=parameters,
        body=body,
        answers=_mapping(_object(headers=texts, content=_mapping(schema))),
    )
    whole = _object(
        contract={"const": FORMAT},
        security=_list(_list(_object(type=text))),
        operations=_mapping(operation),
        components=_object(schemas=_mapping(schema), shown=_mapping(shown)),
    )
    return jsonschema_rs.validator_for({**whole, "$defs": {"property": _PROPERTY}}, offline=True)


def _object(**properties: object) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


def _mapping(values: object) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": values}


def _list(items: object) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _optional(schema: object) -> dict[str, Any]:
    return {"anyOf": [{"type": "null"}, schema]}
