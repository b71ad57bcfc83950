"""Schemas of JSON request bodies say what their models check, and nothing beyond it."""

from collections.abc import Iterator
from typing import Any

from codegen.document import Document, join, mapping
from codegen.fault import Fault
from codegen.reach import component, named, reached, sent
from codegen.schema import nested

_NOTES = frozenset(
    """$comment contentEncoding contentMediaType default deprecated description example examples
    externalDocs format title""".split()  # noqa: SIM905 - a word a line is a page
)
_OF_NUMBERS = frozenset(
    {"exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf"}
)
# No `const` or `enum` but of strings: Python takes `True` for 1, and its `Literal` no fractions.
_CHECKED_BY_KIND = {
    "array": frozenset({"items", "maxItems", "minItems"}),
    "integer": _OF_NUMBERS,
    "number": _OF_NUMBERS,
    "object": frozenset({"additionalProperties", "properties", "required"}),
    "string": frozenset({"maxLength", "minLength", "pattern"}),
}
_CHOICES = frozenset({"const", "enum"})
_COUNTS = frozenset({"maxProperties", "minProperties"})
_HINTS = {"oneOf": "; write anyOf", "additionalProperties": ""}


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each thing that a request body would not be held against."""
    schemas = sent(document)
    inside = {name for schema in schemas.values() for name in named(schema)}
    for name, schema in schemas.items():
        root = join("/components/schemas", name)
        for pointer, node in nested(schema, root):
            counts = _COUNTS if pointer == root and name not in inside else frozenset()
            yield from _keywords(document, node, pointer, counts)
            yield from _object(document, node, pointer, root)
    yield from _circles(document, schemas)


def _keywords(
    document: Document, node: dict[str, Any], pointer: str, counts: frozenset[str]
) -> Iterator[Fault]:
    known = _NOTES | _checked(node)
    if "properties" in known:
        known |= counts
    for keyword in node:
        if keyword not in known and not keyword.startswith("x-"):
            message = f"a request body is not checked against '{keyword}' here"
            message += _HINTS.get(keyword, "")
            yield document.fault("SPEC015", message, join(pointer, keyword), at_key=True)


def _checked(node: dict[str, Any]) -> frozenset[str]:
    """Return the keywords that have an effect in a schema's model."""
    if component(node) is not None:
        return frozenset({"$ref"})
    kinds = node.get("type")
    if kinds is None:
        return frozenset({"anyOf"})
    if kinds == "string" and _CHOICES & node.keys():
        return _CHOICES | {"type"}
    listed = kinds if isinstance(kinds, list) else [kinds]
    values = [kind for kind in listed if kind != "null"]
    # Of several types, each would take the keywords of the others.
    checked = _CHECKED_BY_KIND.get(str(values[0]), frozenset()) if len(values) == 1 else frozenset()
    return checked | {"type"}


def _object(document: Document, node: dict[str, Any], pointer: str, root: str) -> Iterator[Fault]:
    kinds = node.get("type")
    if "object" not in (kinds if isinstance(kinds, list) else [kinds]):
        return
    if pointer != root or isinstance(kinds, list):
        message = "an object inside a request body is a component; name it by a $ref"
        yield document.fault("SPEC015", message, pointer, at_key=True)
    elif node.get("additionalProperties") is not False:
        message = "an object that is sent is closed: write `additionalProperties: false`"
        place = join(pointer, "additionalProperties")
        yield document.fault("SPEC015", message, place, at_key=True)


def _circles(document: Document, schemas: dict[str, Any]) -> Iterator[Fault]:
    """Yield a fault for each component that holds itself without an object in between."""
    written_out = {n: s for n, s in schemas.items() if mapping(s).get("type") != "object"}
    for name, schema in written_out.items():
        if name in reached(written_out, named(schema)):
            message = f"'{name}' holds itself; in a request body only an object does"
            place = join("/components/schemas", name)
            yield document.fault("SPEC015", message, place, at_key=True)
