"""Schemas of JSON request bodies say what their models check, and nothing beyond it."""

import keyword
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from codegen.checked import NOTES, checked, listed, unknown
from codegen.document import Document, join, mapping
from codegen.fault import Fault
from codegen.reach import named, reached, sent
from codegen.schema import nested

_OF_OBJECTS = frozenset({"additionalProperties", "properties", "required"})
_COUNTS = frozenset({"maxProperties", "minProperties"})
_WITHIN = frozenset({"anyOf", "items", "properties"})
_FEWEST_CHOICES = 2
_CLASS_NAME = re.compile(r"[A-Z][A-Za-z0-9]*")
# What the module of the classes names itself.
_TAKEN = frozenset(
    """Annotated Any BaseModel ConfigDict Field Literal MISSING RootModel Sent
    Union""".split()  # noqa: SIM905 - a word a line is a page
)
_HINTS = {"oneOf": "; write anyOf"}


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each thing that a request body would not be held against."""
    schemas = sent(document)
    inside = {name for schema in schemas.values() for name in named(schema)}
    for name, schema in schemas.items():
        root = join("/components/schemas", name)
        counts = frozenset() if name in inside else _COUNTS
        yield from _boolean(document, schema, root)
        for pointer, node in nested(schema, root, _WITHIN):
            yield from _booleans(document, node, pointer)
            yield from _lone_choice(document, node, pointer)
            if "object" not in listed(node.get("type")):
                yield from _keywords(document, node, pointer, _known(node))
            elif pointer != root or node["type"] != "object":
                message = "an object inside a request body is a component; name it by a $ref"
                yield document.fault("SPEC015", message, pointer, at_key=True)
            else:
                yield from _open(document, node, pointer)
                yield from _member_names(document, node, pointer)
                yield from _class_name(document, name, pointer)
                yield from _keywords(
                    document, node, pointer, NOTES | _OF_OBJECTS | counts | {"type"}
                )
    yield from _circles(document, schemas)


def _known(node: dict[str, Any]) -> frozenset[str]:
    # Python takes `True` for 1, so that a `Literal` of numbers would let it pass.
    literal = {"const", "enum"} if "string" not in listed(node.get("type")) else frozenset()
    return NOTES | checked(node) - literal


def _keywords(
    document: Document, node: dict[str, Any], pointer: str, known: frozenset[str]
) -> Iterator[Fault]:
    for key in unknown(node, known):
        message = f"a request body cannot be checked against '{key}' here"
        message += _HINTS.get(key, "")
        yield document.fault("SPEC015", message, join(pointer, key), at_key=True)


def _booleans(document: Document, node: dict[str, Any], pointer: str) -> Iterator[Fault]:
    """Yield a fault for each schema right below that is `true` or `false`."""
    choices = node["anyOf"] if isinstance(node.get("anyOf"), list) else []
    held = {join(pointer, "items"): node.get("items")}
    held |= {join(pointer, "properties", k): v for k, v in mapping(node.get("properties")).items()}
    held |= {join(pointer, "anyOf", i): v for i, v in enumerate(choices)}
    for place, part in held.items():
        yield from _boolean(document, part, place)


def _boolean(document: Document, schema: object, place: str) -> Iterator[Fault]:
    """Yield a fault for a schema that is `true` or `false`, for which there is no type."""
    if isinstance(schema, bool):
        message = "a schema in a request body is a mapping; {} takes anything"
        yield document.fault("SPEC015", message, place, at_key=True)


def _lone_choice(document: Document, node: dict[str, Any], pointer: str) -> Iterator[Fault]:
    """Yield a fault for an `anyOf` without a choice: its model would take anything."""
    choices = node.get("anyOf")
    if not isinstance(choices, list):
        return
    beside_null = [c for c in choices if set(listed(mapping(c).get("type"))) != {"null"}]
    if len(choices) < _FEWEST_CHOICES or not beside_null:
        message = "an anyOf has two choices or more, and one that is not null; else write the one"
        yield document.fault("SPEC015", message, join(pointer, "anyOf"), at_key=True)


def _open(document: Document, node: dict[str, Any], pointer: str) -> Iterator[Fault]:
    if node.get("additionalProperties") is not False:
        message = "an object that is sent is closed: write `additionalProperties: false`"
        place = join(pointer, "additionalProperties")
        yield document.fault("SPEC015", message, place, at_key=True)


def _member_names(document: Document, node: dict[str, Any], pointer: str) -> Iterator[Fault]:
    for name in mapping(node.get("properties")):
        normal = unicodedata.normalize("NFKC", name)
        if normal != name:
            message = f"'{name}' is spelt '{normal}' in Python; write it so (NFKC)"
            place = join(pointer, "properties", name)
            yield document.fault("SPEC015", message, place, at_key=True)


def _class_name(document: Document, name: str, pointer: str) -> Iterator[Fault]:
    if not _CLASS_NAME.fullmatch(name) or name in _TAKEN or keyword.iskeyword(name):
        message = f"'{name}' is no name for a class that checks what is sent, such as NewOrder"
        yield document.fault("SPEC015", message, pointer, at_key=True)


def _circles(document: Document, schemas: dict[str, Any]) -> Iterator[Fault]:
    """Yield a fault for each component that holds itself without an object in between."""
    written_out = {n: s for n, s in schemas.items() if mapping(s).get("type") != "object"}
    for name, schema in written_out.items():
        if name in reached(written_out, named(schema)):
            message = f"'{name}' holds itself; in a request body only an object does"
            place = join("/components/schemas", name)
            yield document.fault("SPEC015", message, place, at_key=True)
