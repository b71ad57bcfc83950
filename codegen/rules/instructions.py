"""The instructions for language models: well formed, and true to the operations offered."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from codegen.document import Document, join, mapping
from codegen.fault import Fault, did_you_mean
from codegen.paths import operations
from codegen.rules.violations import validator, violations
from codegen.rules.vocabulary import ROOT_KEY

_LINE: Mapping[str, Any] = {"type": "string", "pattern": r"\S"}
_LINES: Mapping[str, Any] = {"type": "array", "items": _LINE}
_TASK: Mapping[str, Any] = {
    "type": "object",
    "required": ["when", "calls"],
    "additionalProperties": False,
    "properties": {
        "when": _LINE,
        "calls": {"type": "array", "minItems": 1, "uniqueItems": True, "items": _LINE},
        "how": _LINE,
    },
}
# What is told of the product; what is told of the face itself is the template's.
_SHAPE: Mapping[str, Any] = {
    "type": "object",
    "required": ["role", "tasks", "starters"],
    "additionalProperties": False,
    "properties": {
        "role": _LINE,
        "tasks": {"type": "array", "minItems": 1, "items": _TASK},
        "always": _LINES,
        "data": _LINES,
        "dead_ends": _LINES,
        # A GPT shows four of them.
        "starters": {"type": "array", "minItems": 1, "maxItems": 4, "items": _LINE},
    },
}
_NAMES = frozenset((*_SHAPE["properties"], *_TASK["properties"]))
_OPERATION = re.compile(r"\b[a-z]+[A-Z]\w*")
"""What in a text looks like an operationId."""


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each part that is badly shaped or names what is not offered."""
    if ROOT_KEY not in document.root:
        return
    place = join("", ROOT_KEY)
    said = document.root[ROOT_KEY]
    faults = list(
        violations(document, validator(_SHAPE).iter_errors(said), place, "SPEC008", _NAMES)
    )
    if faults:
        yield from faults
        return
    offered = {
        str(at.node.get("operationId"))
        for at in operations(document)
        if "description" in mapping(at.node.get("x-proxy-agent"))
    }
    for pointer, name in _named(said, place):
        if name not in offered:
            message = f"agents are offered no '{name}'{did_you_mean(name, offered)}"
            yield document.fault("SPEC008", message, pointer)
    called = {name for task in said["tasks"] for name in task["calls"]}
    for name in sorted(offered - called):
        message = f"no task says when to call '{name}', which agents are offered"
        yield document.fault("SPEC008", message, join(place, "tasks"), at_key=True)


def _named(node: object, pointer: str) -> Iterator[tuple[str, str]]:
    """Yield each name of an operation in the texts, and where it stands."""
    if isinstance(node, str):
        is_call = pointer.split("/")[-2] == "calls"
        for name in [node] if is_call else _OPERATION.findall(node):
            yield pointer, name
    parts = dict(enumerate(node)) if isinstance(node, list) else mapping(node)
    for key, part in parts.items():
        yield from _named(part, join(pointer, key))
