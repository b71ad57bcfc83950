"""Schemas that importers turn into the types of arguments and answers."""

from collections.abc import Iterator, Mapping
from typing import Any

from codegen.action_lint.finding import ERROR, WARNING, Problem, Rule
from codegen.action_lint.spec import SCHEMAS, Spec, listed, types
from codegen.document import join, mapping

_ALTERNATIVES = ("oneOf", "anyOf")


def _objects(spec: Spec) -> Iterator[Problem]:
    sent = {schema.pointer for schema in spec.inputs()}
    for pointer, node in spec.schemas():
        if "object" not in types(node):
            continue
        properties = node.get("properties")
        if pointer in sent and not mapping(properties):
            message = "an object without properties takes no argument; name them"
            yield Problem(pointer, message)
        elif not isinstance(properties, dict):
            is_component = pointer.startswith(f"{SCHEMAS}/")
            cost = "loses the component and all that refers to it" if is_component else "is a risk"
            message = f"an object without properties {cost}; name them, or write {{}}"
            yield Problem(pointer, message, None if is_component else WARNING)


def _closed(spec: Spec) -> Iterator[Problem]:
    for pointer, node in spec.inputs():
        for keyword in ("patternProperties", "propertyNames"):
            if keyword in node:
                message = f"'{keyword}' lets nothing through: name every property"
                yield Problem(join(pointer, keyword), message)
        if node.get("additionalProperties", False) is not False:
            message = "an argument that is not declared never leaves ChatGPT: name every property"
            yield Problem(join(pointer, "additionalProperties"), message)


def _single(spec: Spec) -> Iterator[Problem]:
    roots = spec.body_roots()  # GA014 holds those to more
    for at in spec.operations:
        for found in spec.parameters(at):
            if not isinstance(found.node.get("schema"), dict):
                yield Problem(found.used, f"'{found.name}' has no schema; give it one with a type")
    for pointer, node in spec.inputs():
        if pointer not in roots:
            yield from _type(pointer, node)


def _type(pointer: str, node: Mapping[str, Any]) -> Iterator[Problem]:
    kind = node.get("type")
    alternatives = [keyword for keyword in _ALTERNATIVES if keyword in node]
    for keyword in alternatives:
        message = f"'{keyword}' costs the argument its type; choose one"
        yield Problem(join(pointer, keyword), message)
    if alternatives or "$ref" in node or "const" in node:
        return
    if kind is None:
        yield Problem(pointer, "there is no type; name one")
    elif not isinstance(kind, str) or kind == "null":
        message = f"the type is {kind!r}; name one, and for an optional value leave 'required' out"
        yield Problem(join(pointer, "type"), message)


def _contents(spec: Spec) -> Iterator[Problem]:
    for pointer, node in spec.schemas():
        if "array" in types(node) and not mapping(node.get("items")):
            yield Problem(pointer, "nothing says what the array holds; describe its items")
        if "enum" in node:
            yield from _choices(join(pointer, "enum"), listed(node["enum"]))


def _choices(pointer: str, values: list[object]) -> Iterator[Problem]:
    texts = [repr(value) for value in values]
    if not values:
        yield Problem(pointer, "there is nothing to choose from; list the values")
    elif len(set(texts)) < len(texts):
        twice = next(text for text in texts if texts.count(text) > 1)
        yield Problem(pointer, f"{twice} is listed twice; once is enough")
    elif len({_kind(value) for value in values}) > 1:
        yield Problem(pointer, "the values are of several types; list those of one")


def _kind(value: object) -> str:
    return "number" if type(value) in (int, float) else type(value).__name__


RULES = (
    Rule(
        "GA015",
        ERROR,
        "every object has properties (in an answer written inline, a warning)",
        _objects,
        (
            "In context=('components','schemas','X'), object schema missing properties",
            "reference to unknown component X; using empty schema",
        ),
    ),
    Rule(
        "GA016",
        ERROR,
        "what is sent is closed: no patternProperties, propertyNames or open additionalProperties",
        _closed,
        ("UnrecognizedKwargsError: ('x',...)",),
    ),
    Rule(
        "GA017",
        ERROR,
        "what is sent has one type each: no null, oneOf, anyOf or schema without a type",
        _single,
    ),
    Rule(
        "GA021",
        ERROR,
        "arrays say what they hold; enums list distinct values of one type",
        _contents,
        ("(..., 'Schema','enum'): List should have at least 1 item after validation, not 0",),
    ),
)
