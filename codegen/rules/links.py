"""Links lead to operations, and fill parameters that these have from what a call has."""

import re
from collections.abc import Iterator
from typing import Any

from codegen.document import Document, join, mapping, walk
from codegen.fault import Fault, did_you_mean
from codegen.paths import Place, operations, parameters

# OpenAPI 3.1.1, section 4.8.20.4; what does not begin with `$` is a value as it stands.
_EXPRESSION = re.compile(
    r"[^$].*|\$(url|method|statusCode)|\$(request|response)\.(body(#(/.*)?)?|header\..+)"
    r"|\$request\.(path|query)\..+",
    re.DOTALL,
)
_SENT = re.compile(r"\$request\.((?:header|path|query)\..+)", re.DOTALL)


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each link that points at nothing, or takes a value from nowhere."""
    by_id: dict[str, Place] = {}
    for at in operations(document):
        by_id.setdefault(str(at.node.get("operationId")), at)
    for pointer, node in document.objects:
        for name, link in mapping(node.get("links")).items():
            if isinstance(link, dict) and "$ref" not in link:
                yield from _link(document, link, join(pointer, "links", name), by_id)
    for at in operations(document):
        for pointer, node in walk(at.node, at.pointer):
            for name, link in mapping(node.get("links")).items():
                yield from _sources(document, at, mapping(link), join(pointer, "links", name))


def _link(
    document: Document, link: dict[str, Any], pointer: str, by_id: dict[str, Place]
) -> Iterator[Fault]:
    if "operationId" not in link:
        message = "a link names the operationId it goes to"
        yield document.fault("SPEC005", message, pointer, at_key=True)
        return
    target = str(link["operationId"])
    if target not in by_id:
        hint = did_you_mean(target, by_id)
        message = f"the link goes to an unknown operationId '{target}'{hint}"
        yield document.fault("SPEC005", message, join(pointer, "operationId"))
        return
    names = _names(document, by_id[target])
    for name, value in mapping(link.get("parameters")).items():
        place = join(pointer, "parameters", name)
        if name not in names:
            message = f"'{target}' has no parameter '{name}'{did_you_mean(name, names)}"
            yield document.fault("SPEC005", message, place, at_key=True)
        if isinstance(value, str) and value and not _EXPRESSION.fullmatch(value):
            message = f"'{value}' names no part of a call; $response.body#/id would, for one"
            yield document.fault("SPEC005", message, place)


def _names(document: Document, at: Place) -> set[str]:
    """Return the parameters of an operation, by name alone and with the place before it."""
    found = list(parameters(document, at))
    return {p.name for p in found} | {f"{p.place}.{p.name}" for p in found}


def _sources(document: Document, at: Place, link: dict[str, Any], pointer: str) -> Iterator[Fault]:
    """Yield a fault for each value that a link takes from a parameter that nobody sent."""
    names = _names(document, at)
    for name, value in mapping(link.get("parameters")).items():
        sent = _SENT.fullmatch(str(value))
        if sent and sent[1] not in names:
            message = f"{at} has no parameter '{sent[1]}'{did_you_mean(sent[1], names)}"
            yield document.fault("SPEC005", message, join(pointer, "parameters", name))
