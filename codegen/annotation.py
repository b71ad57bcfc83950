"""JSON Schemas of what callers send, written as the annotations that Pydantic checks."""

from collections.abc import Iterator, Mapping
from typing import Any

from codegen.document import Document
from codegen.reach import component

_TYPES = {
    "array": "list[Any]",
    "boolean": "bool",
    "integer": "int",
    "null": "None",
    "number": "float",
    "string": "str",
}
_OF_NUMBERS = ("exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf")
_LIMITS = {
    "exclusiveMaximum": "lt",
    "exclusiveMinimum": "gt",
    "maxItems": "max_length",
    "maxLength": "max_length",
    "maximum": "le",
    "minItems": "min_length",
    "minLength": "min_length",
    "minimum": "ge",
    "multipleOf": "multiple_of",
    "pattern": "pattern",
}
_LIMITS_BY_TYPE = {
    "array": frozenset({"items", "maxItems", "minItems"}),
    "integer": frozenset(_OF_NUMBERS),
    "number": frozenset(_OF_NUMBERS),
    "string": frozenset({"maxLength", "minLength", "pattern"}),
}
_LISTABLE = ("boolean", "integer", "string")  # Python's `Literal` takes no fractions
NOTES = frozenset(
    """$comment contentEncoding contentMediaType default deprecated description example examples
    externalDocs format title""".split()  # noqa: SIM905 - a word a line is a page
)
"""Keywords for readers: nothing is held against them."""


def checked(schema: Mapping[str, Any]) -> frozenset[str]:
    """Return the keywords of a schema that values are held against."""
    if component(schema) is not None:
        return frozenset({"$ref"})
    if "type" not in schema:
        return frozenset({"anyOf"})
    types = [kind for kind in listed(schema["type"]) if kind != "null"]
    if len(types) != 1:
        return frozenset({"type"})  # each would take the limits of the others
    if "const" in schema or "enum" in schema:
        choice = "const" if "const" in schema else "enum"
        return frozenset({"type", choice} if types[0] in _LISTABLE else {"type"})
    return frozenset({"type"}) | _LIMITS_BY_TYPE.get(types[0], frozenset())


def annotation(document: Document, schema: Mapping[str, Any]) -> str:
    """Return the type of the values that fit a schema; an object is a component, by its name."""
    name = component(schema)
    if name is not None:
        target = document.target(schema["$ref"])
        return name if target.get("type") == "object" else annotation(document, target)
    if "anyOf" in schema:
        return " | ".join(annotation(document, part) for part in schema["anyOf"])
    if "const" in schema or "enum" in schema:
        choices = [schema["const"]] if "const" in schema else schema["enum"]
        return f"Literal[{', '.join(map(repr, choices))}]"
    names = [_plain(document, schema, kind) for kind in listed(schema.get("type"))]
    return " | ".join(names) or "Any"


def field(**settings: object) -> str:
    """Return a call of Pydantic's `Field`, or nothing where there is nothing to set."""
    named = ", ".join(f"{name}={value!r}" for name, value in settings.items())
    return named and f"Field({named})"


def _plain(document: Document, schema: Mapping[str, Any], kind: str) -> str:
    name = _TYPES[kind]
    if kind == "array" and "items" in schema:
        name = f"list[{annotation(document, schema['items'])}]"
    limits = dict(_limits(schema)) if kind != "null" else {}
    return f"Annotated[{name}, {field(**limits)}]" if limits else name


def _limits(schema: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    for keyword, value in schema.items():
        if keyword in _LIMITS:
            yield _LIMITS[keyword], value


def listed(types: object) -> list[str]:
    """Return the types that `type` names."""
    if isinstance(types, list):
        return [str(kind) for kind in types]
    return [] if types is None else [str(types)]
