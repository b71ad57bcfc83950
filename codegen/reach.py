"""Which component schemas a part of a description leads to."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from codegen.document import Document, mapping, walk

_LOCAL = "#/components/schemas/"


def named(node: object) -> Iterator[str]:
    """Yield the name of each component schema that a part refers to itself."""
    for _, part in walk(node):
        name = component(part)
        if name is not None:
            yield name


def component(schema: Mapping[str, Any]) -> str | None:
    """Return the name of the component schema that a schema refers to, if it does."""
    reference = schema.get("$ref")
    if isinstance(reference, str) and reference.startswith(_LOCAL):
        return reference.removeprefix(_LOCAL)
    return None


def reference(name: str) -> str:
    """Return what a `$ref` to a component schema says."""
    return f"{_LOCAL}{name}"


def reached(schemas: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Return the components named and those that they lead to, in the order of the description."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found and name in schemas:
            found.add(name)
            waiting.extend(named(schemas[name]))
    return {name: schema for name, schema in schemas.items() if name in found}


def sent(document: Document) -> dict[str, Any]:
    """Return the component schemas that JSON request bodies lead to."""
    schemas = component_schemas(document)
    return reached(schemas, (name for name, is_sent in _uses(document) if is_sent))


def answered(document: Document) -> dict[str, Any]:
    """Return the component schemas that anything else leads to, or nothing at all."""
    schemas = component_schemas(document)
    used = {name for name, is_sent in _uses(document) if not is_sent}
    return reached(schemas, used | (schemas.keys() - sent(document).keys()))


def component_schemas(document: Document) -> dict[str, Any]:
    """Return the component schemas by their names."""
    return mapping(mapping(document.root.get("components")).get("schemas"))


def _uses(document: Document) -> Iterator[tuple[str, bool]]:
    """Yield each component that something else names, and whether a JSON body is it."""
    for pointer, node in document.objects:
        name = component(node)
        if name is not None and not pointer.startswith("/components/schemas/"):
            yield name, _is_in_body(pointer)


def _is_in_body(pointer: str) -> bool:
    """Tell whether a pointer is below the `requestBody` of an operation, or a component of it."""
    tokens = pointer.split("/")
    is_below = tokens[4:5] == ["requestBody"] or tokens[2:3] == ["requestBodies"]
    return is_below and "application~1json" in tokens
