"""Two paths that some value of a parameter makes one."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs

from codegen.document import Document, mapping
from codegen.paths import Place, parameters
from codegen.rules.violations import validator
from codegen.schema import APPLICATORS


def confusions(document: Document, one: Place, other: Place) -> dict[str, str]:
    """Return which text in which parameter makes two paths one, if any does.

    The paths have as many segments. The host matches text ignoring case.
    """
    found: dict[str, str] = {}
    for at, segments in ((one, _pairs(one, other)), (other, _pairs(other, one))):
        schemas = dict(_path_schemas(document, at))
        for mine, theirs in segments:
            name = mine.strip("{}")
            if not mine.startswith("{") or theirs.startswith("{"):
                continue
            if not any(_fits(schemas.get(name), text) for text in _spellings(theirs)):
                return {}
            found[name] = theirs
    return found


def _pairs(one: Place, other: Place) -> Iterator[tuple[str, str]]:
    return zip(one.path.strip("/").split("/"), other.path.strip("/").split("/"), strict=True)


def _path_schemas(document: Document, at: Place) -> Iterator[tuple[str, dict[str, Any]]]:
    for found in parameters(document, at):
        if found.place == "path":
            try:
                yield found.name, mapping(document.resolve(found.node.get("schema")))
            except KeyError:
                continue  # the reference has a fault of its own


def _spellings(text: str) -> tuple[str, ...]:
    return (text, text.lower(), text.upper())


def _fits(schema: Mapping[str, Any] | None, text: str) -> bool:
    """Tell whether a text is a value of a parameter."""
    if schema is None:
        return False  # a parameter that is not declared has a fault of its own
    flat = {keyword: value for keyword, value in schema.items() if keyword not in APPLICATORS}
    try:
        return validator(flat).is_valid(text if flat.get("type") == "string" else _decoded(text))
    except jsonschema_rs.ValidationError:
        return False  # the schema has a fault of its own


def _decoded(text: str) -> object:
    try:
        return json.loads(text, parse_constant=str)
    except ValueError:
        return text
