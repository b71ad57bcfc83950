"""The description's own keys: each known, at its place, well formed."""

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs

from codegen.document import Document, join, walk
from codegen.fault import Fault, did_you_mean
from codegen.rules.paths import Place, operations, parameters

PREFIX = "x-proxy-"

# What an operation may say of itself beyond OpenAPI, as JSON Schema.
OPERATION_KEYS: Mapping[str, dict[str, Any]] = {
    # Offered to agents: the words a model reads (OpenAI stops at 300), what it may send.
    "x-proxy-agent": {
        "type": "object",
        "required": ["description", "parameters", "consequential"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 30, "maxLength": 300},
            "parameters": {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
            "consequential": {"type": "boolean"},
        },
    },
    # At least one declared query parameter has to be sent; the value is the reason in the 400.
    "x-proxy-require-query": {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"},
}


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each `x-proxy-*` key that is unknown, misplaced or badly shaped."""
    places = {at.pointer for at in operations(document)}
    for pointer, node in walk(document.root):
        for key in node if isinstance(node, dict) else ():
            if key.startswith(PREFIX):
                yield from _key(document, key, pointer, is_operation=pointer in places)
    for at in operations(document):
        yield from _agent_parameters(document, at)


def _key(document: Document, key: str, pointer: str, *, is_operation: bool) -> Iterator[Fault]:
    place = join(pointer, key)
    if key not in OPERATION_KEYS:
        message = f"unknown key '{key}'{did_you_mean(key, OPERATION_KEYS)}"
        yield document.fault("SPEC008", message, place, at_key=True)
    elif not is_operation:
        yield document.fault("SPEC008", f"'{key}' belongs on an operation", place, at_key=True)
    else:
        value = document.target("#" + place)
        for error in jsonschema_rs.validator_for(OPERATION_KEYS[key]).iter_errors(value):
            where = join(place, *error.instance_path)
            message = f"{key}: {error.message.replace(chr(34), chr(39))}"
            yield document.fault("SPEC008", message, where)


def _agent_parameters(document: Document, at: Place) -> Iterator[Fault]:
    agent = at.node.get("x-proxy-agent")
    offered = agent.get("parameters") if isinstance(agent, dict) else None
    declared = {str(parameter["name"]) for _, parameter in parameters(document, at)}
    for index, name in enumerate(offered if isinstance(offered, list) else []):
        if name not in declared:
            message = f"the operation has no parameter '{name}'{did_you_mean(str(name), declared)}"
            place = join(at.pointer, "x-proxy-agent", "parameters", index)
            yield document.fault("SPEC008", message, place)
