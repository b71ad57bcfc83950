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


def annotation(document: Document, schema: Mapping[str, Any]) -> str:
    """Return the type of the values that fit a schema; an object is a component, by its name."""
    name = component(schema)
    if name is not None:
        target = document.resolve(schema)
        return name if target.get("type") == "object" else annotation(document, target)
    if "anyOf" in schema:
        return " | ".join(annotation(document, part) for part in schema["anyOf"])
    if "const" in schema or "enum" in schema:
        choices = [schema["const"]] if "const" in schema else schema["enum"]
        return f"Literal[{', '.join(map(repr, choices))}]"
    kinds = schema.get("type", [])
    names = [_plain(document, schema, kind) for kind in _listed(kinds)]
    return " | ".join(names) or "Any"


def field(**settings: object) -> str:
    """Return a call of Pydantic's `Field`, or nothing where there is nothing to set."""
    named = ", ".join(f"{name}={value!r}" for name, value in settings.items())
    return named and f"Field({named})"


def _plain(document: Document, schema: Mapping[str, Any], kind: str) -> str:
    name = _TYPES[kind]
    if kind == "array" and schema.get("items", True) is not True:
        name = f"list[{annotation(document, schema['items'])}]"
    limits = dict(_limits(schema)) if kind != "null" else {}
    return f"Annotated[{name}, {field(**limits)}]" if limits else name


def _limits(schema: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    for keyword, value in schema.items():
        if keyword in _LIMITS:
            yield _LIMITS[keyword], value


def _listed(kinds: str | list[str]) -> list[str]:
    return [kinds] if isinstance(kinds, str) else kinds
