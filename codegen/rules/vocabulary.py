"""The description's own keys: each known, at its place, well formed."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import jsonschema_rs

from codegen.document import Document, join, mapping
from codegen.fault import Fault, did_you_mean, nearest
from codegen.paths import Place, operations, parameters
from codegen.rules.agent_key import AGENT_KEY
from codegen.rules.violations import validator, violations

PREFIX = "x-proxy-"
SCHEMA_KEY = "x-proxy-agent-fields"
"""What the schema of an object may say of itself; `agent_fields` checks it."""

ROOT_KEY = "x-proxy-instructions"
"""What the whole description may say; `instructions` checks it."""

# What an operation may say of itself beyond OpenAPI, as JSON Schema.
OPERATION_KEYS: Mapping[str, Mapping[str, Any]] = {
    # How an operation is offered to agents, or why it is not.
    "x-proxy-agent": AGENT_KEY,
    # How long an answer may be kept, what a write makes out of date, or that nobody keeps it.
    "x-proxy-cache": {
        "type": ["object", "string"],
        "if": {"type": "string"},
        "then": {"enum": ["never"]},
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": False,
        "properties": {
            "ttl": {"type": "integer", "minimum": 1},
            "invalidates": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        },
    },
    # A POST or PATCH that does no more when it is sent twice; of other methods HTTP says it.
    "x-proxy-idempotent": {"const": True},
    # Whose token the proxy has to hold: any account's, or that of who owns what the path names.
    "x-proxy-needs": {"enum": ["account", "owner"]},
    # At least one declared query parameter has to be sent; the value is the reason in the 400.
    "x-proxy-require-query": {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"},
}


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each `x-proxy-*` key that is unknown, misplaced or badly shaped."""
    places = {at.pointer for at in operations(document)}
    for pointer, node in document.objects:
        for key in node:
            if key == SCHEMA_KEY or (key, pointer) == (ROOT_KEY, ""):
                continue
            if key.startswith(PREFIX):
                yield from _key(document, key, pointer, is_operation=pointer in places)
            elif pointer in places and key.startswith("x-") and nearest(key, OPERATION_KEYS, 0.8):
                yield from _unknown(document, key, pointer)
    for at in operations(document):
        yield from _required_query(document, at)
        yield from _idempotent(document, at)
        yield from _owned(document, at)


def _key(document: Document, key: str, pointer: str, *, is_operation: bool) -> Iterator[Fault]:
    place = join(pointer, key)
    if key == ROOT_KEY:
        yield document.fault("SPEC008", f"'{key}' belongs at the top", place, at_key=True)
    elif key not in OPERATION_KEYS:
        yield from _unknown(document, key, pointer)
    elif not is_operation:
        yield document.fault("SPEC008", f"'{key}' belongs on an operation", place, at_key=True)
    else:
        errors = _compiled(key).iter_errors(document.target("#" + place))
        known = frozenset(_names(OPERATION_KEYS[key]))
        yield from violations(document, errors, place, "SPEC008", known)


@cache
def _compiled(key: str) -> jsonschema_rs.Validator:
    return validator(OPERATION_KEYS[key])


def _names(shape: object) -> Iterator[str]:
    """Yield the keys that a shape knows, at every depth."""
    if isinstance(shape, Mapping):
        yield from mapping(shape.get("properties"))
        for part in shape.values():
            yield from _names(part)


def _unknown(document: Document, key: str, pointer: str) -> Iterator[Fault]:
    message = f"unknown key '{key}'{did_you_mean(key, (*OPERATION_KEYS, SCHEMA_KEY, ROOT_KEY))}"
    yield document.fault("SPEC008", message, join(pointer, key), at_key=True)


def _required_query(document: Document, at: Place) -> Iterator[Fault]:
    key = "x-proxy-require-query"
    if key in at.node and not any(p.place == "query" for p in parameters(document, at)):
        message = "the operation has no query parameter to require"
        yield document.fault("SPEC008", message, join(at.pointer, key), at_key=True)


def _idempotent(document: Document, at: Place) -> Iterator[Fault]:
    key = "x-proxy-idempotent"
    if key in at.node and at.method not in ("patch", "post"):
        message = f"a {at.method.upper()} is idempotent by HTTP (RFC 9110, section 9.2.2)"
        yield document.fault("SPEC008", message, join(at.pointer, key), at_key=True)


def _owned(document: Document, at: Place) -> Iterator[Fault]:
    if at.node.get("x-proxy-needs") == "owner" and "{" not in at.path:
        message = f"'{at.path}' names nothing that somebody owns; 'account' is for it"
        yield document.fault("SPEC008", message, join(at.pointer, "x-proxy-needs"))
