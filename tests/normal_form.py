"""JSON Schemas that mean the same, written in the same way."""

import json

_KEYWORDS_BY_KIND = {
    "array": {"items", "maxItems", "minItems", "uniqueItems"},
    "boolean": set(),
    "integer": {"exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf"},
    "null": set(),
    "number": {"exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf"},
    "object": {"additionalProperties", "properties", "required"},
    "string": {"maxLength", "minLength", "pattern"},
}
_EITHER = ("anyOf", "oneOf")


def normal(schema):
    """Write a schema in one of the ways that mean the same: its notes and its alternatives.

    Out go titles, and defaults that only say that there is none: Pydantic adds them.
    """
    notes = {key: schema[key] for key in ("deprecated", "description") if key in schema}
    if "description" in notes:
        notes["description"] = " ".join(notes["description"].split())
    if schema.get("default") is not None:
        notes["default"] = schema["default"]
    distinct = {json.dumps(part): part for part in _alternatives(schema)}
    alternatives = [distinct[key] for key in sorted(distinct)]
    return {**notes, "any of": alternatives} if notes else alternatives


def _alternatives(schema):
    either = next((keyword for keyword in _EITHER if keyword in schema), None)
    if either:
        for part in schema[either]:
            inner = normal(part)
            yield from inner if isinstance(inner, list) else [inner]
    elif "$ref" in schema:
        yield {"$ref": schema["$ref"]}
    elif "const" in schema or "enum" in schema:
        values = [schema["const"]] if "const" in schema else schema["enum"]
        yield from ({"is": value} for value in values)
    else:
        kinds = schema.get("type", sorted(_KEYWORDS_BY_KIND))
        for kind in [kinds] if isinstance(kinds, str) else kinds:
            yield {"type": kind, **dict(_limits(schema, kind))}


def _limits(schema, kind):
    for keyword in sorted(_KEYWORDS_BY_KIND[kind] & schema.keys()):
        value = schema[keyword]
        if keyword == "properties":
            yield keyword, {name: normal(value[name]) for name in sorted(value)}
        elif keyword == "required":
            yield keyword, sorted(value)
        elif isinstance(value, dict) and value:
            yield keyword, normal(value)
        elif value != {} and value is not True:
            yield keyword, value
