"""Schemas that some value fits, and whose `required` names what they have."""

import json
from collections.abc import Iterator
from typing import Any

from codegen.checked import listed
from codegen.document import Document, join, mapping
from codegen.fault import Fault, did_you_mean
from codegen.rules.violations import validator
from codegen.schema import IN_PLACE, nested, schemas

_OF_NUMBERS = ("exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf")
_TYPES = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})
_INTEGER = ("integer", ["integer", "null"], ["null", "integer"])
_BOUNDS = (
    ("minimum", "maximum"),
    ("minimum", "exclusiveMaximum"),
    ("exclusiveMinimum", "maximum"),
    ("exclusiveMinimum", "exclusiveMaximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
)


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each schema that contradicts itself."""
    names_by_place: dict[str, set[str]] = {}
    found = list(schemas(document))
    for pointer, schema in found:
        names = set(_properties(document, schema, set()))
        for place, _ in nested(schema, pointer, IN_PLACE):
            names_by_place.setdefault(place, set()).update(names)
    for pointer, schema in found:
        yield from _required(document, schema, pointer, names_by_place[pointer])
        yield from _bounds(document, schema, pointer)
        yield from _integers(document, schema, pointer)
        yield from _choices(document, schema, pointer)
        yield from _types(document, schema, pointer)


def _properties(document: Document, schema: dict[str, Any], seen: set[str]) -> Iterator[str]:
    """Yield the names of a schema's properties, with those of what it is made of."""
    for _, part in nested(schema, "", IN_PLACE):
        yield from mapping(part.get("properties"))
        reference = part.get("$ref")
        if isinstance(reference, str) and reference not in seen:
            seen.add(reference)
            yield from _properties(document, _target(document, reference), seen)


def _target(document: Document, reference: str) -> dict[str, Any]:
    try:
        return mapping(document.target(reference))
    except KeyError:
        return {}  # the reference has a fault of its own


def _required(
    document: Document, schema: dict[str, Any], pointer: str, names: set[str]
) -> Iterator[Fault]:
    required = schema.get("required")
    for index, name in enumerate(required if isinstance(required, list) else []):
        if isinstance(name, str) and name not in names:
            message = f"the schema has no property '{name}'{did_you_mean(name, names)}"
            yield document.fault("SPEC007", message, join(pointer, "required", index))


def _bounds(document: Document, schema: dict[str, Any], pointer: str) -> Iterator[Fault]:
    for lower, upper in _BOUNDS:
        least, most = schema.get(lower), schema.get(upper)
        if isinstance(least, int | float) and isinstance(most, int | float):
            is_open = lower.startswith("exclusive") or upper.startswith("exclusive")
            if least > most or (is_open and least == most):
                message = f"no value fits: {lower} is {least}, {upper} {most}"
                yield document.fault("SPEC007", message, join(pointer, lower))


def _integers(document: Document, schema: dict[str, Any], pointer: str) -> Iterator[Fault]:
    """Yield a fault for each fraction that an integer is held against."""
    if schema.get("type") not in _INTEGER:
        return
    for keyword in _OF_NUMBERS:
        bound = schema.get(keyword)
        if isinstance(bound, float) and not bound.is_integer():
            message = f"an integer has whole bounds, not {keyword} {bound}"
            yield document.fault("SPEC007", message, join(pointer, keyword))
    choices = schema["enum"] if isinstance(schema.get("enum"), list) else []
    values = {join(pointer, "const"): schema.get("const")}
    values |= {join(pointer, "enum", index): choice for index, choice in enumerate(choices)}
    for place, value in values.items():
        if isinstance(value, float) and value.is_integer():
            message = f"an integer is written as one: {int(value)}, not {value}"
            yield document.fault("SPEC007", message, place)


def _choices(document: Document, schema: dict[str, Any], pointer: str) -> Iterator[Fault]:
    if "const" in schema and not _is_of_type(schema["const"], schema.get("type")):
        message = f"{json.dumps(schema['const'], ensure_ascii=False)} is not of the schema's type"
        yield document.fault("SPEC007", message, join(pointer, "const"))
    choices = schema.get("enum")
    if not isinstance(choices, list):
        return
    place = join(pointer, "enum")
    if not choices:
        yield document.fault("SPEC007", "no value fits an empty enum", place)
    shown = [json.dumps(choice, ensure_ascii=False) for choice in choices]
    for index, choice in enumerate(choices):
        if shown[index] in shown[:index]:
            message = f"{shown[index]} is in this enum already"
            yield document.fault("SPEC007", message, join(place, index))
        if not _is_of_type(choice, schema.get("type")):
            message = f"{shown[index]} is not of the schema's type"
            yield document.fault("SPEC007", message, join(place, index))


def _types(document: Document, schema: dict[str, Any], pointer: str) -> Iterator[Fault]:
    choices = schema.get("enum")
    if not isinstance(choices, list) or not choices:
        return
    for kind in listed(schema.get("type")):
        if not any(_is_of_type(choice, kind) for choice in choices):
            message = f"no choice of the enum is of the type '{kind}'"
            yield document.fault("SPEC007", message, join(pointer, "type"))


def _is_of_type(value: object, kinds: object) -> bool:
    names = listed(kinds)
    if not names or not set(names) <= _TYPES or len(set(names)) < len(names):
        return True  # no type, or one that has a fault of its own
    return validator({"type": kinds}).is_valid(value)
