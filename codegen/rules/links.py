"""Links lead to operations and fill parameters that these have."""

from collections.abc import Iterator
from typing import Any

from codegen.document import Document, join, mapping, walk
from codegen.fault import Fault, did_you_mean
from codegen.paths import Place, operations, parameters


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each link that points at nothing."""
    by_id: dict[str, Place] = {}
    for at in operations(document):
        by_id.setdefault(str(at.node.get("operationId")), at)
    for pointer, node in walk(document.root):
        for name, link in mapping(node.get("links")).items():
            if isinstance(link, dict) and "$ref" not in link:
                yield from _link(document, link, join(pointer, "links", name), by_id)


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
    names = {found.name for found in parameters(document, by_id[target])}
    for name in mapping(link.get("parameters")):
        if name.partition(".")[2] not in names and name not in names:
            message = f"'{target}' has no parameter '{name}'{did_you_mean(name, names)}"
            place = join(pointer, "parameters", name)
            yield document.fault("SPEC005", message, place, at_key=True)
