"""Operations are named, documented, and shaped so that code can be made of them."""

import keyword
import re
from collections.abc import Iterator
from typing import Any

from codegen.document import Document, join
from codegen.fault import Fault, did_you_mean
from codegen.naming import snake_case
from codegen.rules.paths import Place, operations, parameters

_OPERATION_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
_TEMPLATE = re.compile(r"\{([^{}]*)\}")
_KINDS = ("string", "integer", "number", "boolean")
_PLACES = ("path", "query", "header")


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each operation that cannot be compiled, or that leaves words out."""
    yield from _names(document)
    for at in operations(document):
        yield from _words(document, at)
        yield from _responses(document, at)
        yield from _parameters(document, at)


def _names(document: Document) -> Iterator[Fault]:
    first_by_name: dict[str, Place] = {}
    for at in operations(document):
        place = join(at.pointer, "operationId")
        operation_id = at.node.get("operationId")
        if not isinstance(operation_id, str):
            message = f"{at.method.upper()} {at.path} has no operationId"
            yield document.fault("SPEC009", message, at.pointer, at_key=True)
            continue
        name = snake_case(operation_id)
        if not _OPERATION_ID.fullmatch(operation_id) or keyword.iskeyword(name):
            message = (
                f"operationId '{operation_id}' makes no name: it needs a letter, then letters, "
                "digits or underscores, 64 at most, and may not be a Python keyword"
            )
            yield document.fault("SPEC009", message, place)
        if name in first_by_name:
            other = first_by_name[name]
            line = document.value_marks[join(other.pointer, "operationId")].line
            where = f"{other.method.upper()} {other.path} on line {line}"
            message = f"operationId '{operation_id}' is taken by {where}"
            yield document.fault("SPEC009", message, place)
        first_by_name.setdefault(name, at)


def _words(document: Document, at: Place) -> Iterator[Fault]:
    if not at.node.get("summary"):
        message = f"{at.method.upper()} {at.path} has no summary"
        yield document.fault("SPEC010", message, at.pointer, at_key=True)
    if not at.node.get("tags"):
        message = f"{at.method.upper()} {at.path} has no tag"
        yield document.fault("SPEC010", message, at.pointer, at_key=True)


def _responses(document: Document, at: Place) -> Iterator[Fault]:
    responses = at.node.get("responses")
    statuses = list(responses) if isinstance(responses, dict) else []
    for family in "245":
        if not any(status.startswith(family) for status in statuses):
            message = f"{at.method.upper()} {at.path} says nothing of any {family}xx answer"
            yield document.fault("SPEC010", message, join(at.pointer, "responses"), at_key=True)


def _parameters(document: Document, at: Place) -> Iterator[Fault]:
    in_path: set[str] = set()
    seen: set[tuple[str, str]] = set()
    for pointer, parameter in parameters(document, at):
        name, place = parameter["name"], parameter["in"]
        if (name, place) in seen:
            yield document.fault("SPEC011", f"parameter '{name}' is declared twice", pointer)
        seen.add((name, place))
        if place == "path":
            in_path.add(name)
        yield from _shape(document, parameter, pointer)
    yield from _template(document, at, in_path)


def _shape(document: Document, parameter: dict[str, Any], pointer: str) -> Iterator[Fault]:
    name, place = parameter["name"], parameter["in"]
    if place not in _PLACES:
        message = f"parameter '{name}' is in '{place}'; only {', '.join(_PLACES)} can be forwarded"
        yield document.fault("SPEC011", message, pointer)
    if not parameter.get("description"):
        yield document.fault("SPEC010", f"parameter '{name}' has no description", pointer)
    try:
        schema = document.resolve(parameter["schema"])
        kind = schema.get("type")
    except (KeyError, TypeError, AttributeError):
        kind = None
    if kind not in _KINDS:
        message = f"parameter '{name}' needs a schema whose type is one of {', '.join(_KINDS)}"
        yield document.fault("SPEC011", message, pointer)


def _template(document: Document, at: Place, declared: set[str]) -> Iterator[Fault]:
    named = set(_TEMPLATE.findall(at.path))
    for name in sorted(named - declared):
        hint = did_you_mean(name, declared)
        message = f"{at.path} names '{name}', which is no path parameter of it{hint}"
        yield document.fault("SPEC011", message, at.pointer, at_key=True)
    for name in sorted(declared - named):
        message = f"path parameter '{name}' is missing in {at.path}{did_you_mean(name, named)}"
        yield document.fault("SPEC011", message, join(at.pointer, "parameters"), at_key=True)
