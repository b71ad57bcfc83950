"""References and links lead somewhere."""

from collections.abc import Iterator
from typing import Any

from codegen.document import Document, join, walk
from codegen.fault import Fault, did_you_mean
from codegen.rules.paths import Place, operations, parameters


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each `$ref` and each link that points at nothing."""
    for pointer, node in walk(document.root):
        if isinstance(node, dict) and isinstance(node.get("$ref"), str):
            yield from _reference(document, node["$ref"], join(pointer, "$ref"))
    yield from _links(document)


def _reference(document: Document, reference: str, pointer: str) -> Iterator[Fault]:
    try:
        document.resolve({"$ref": reference})
    except (KeyError, TypeError, IndexError):
        hint = did_you_mean(reference, _targets(document))
        yield document.fault("SPEC004", f"unresolved $ref '{reference}'{hint}", pointer)


def _targets(document: Document) -> Iterator[str]:
    for kind, components in document.root.get("components", {}).items():
        for name in components:
            yield join("#/components", kind, name)


def _links(document: Document) -> Iterator[Fault]:
    by_id = {at.node.get("operationId"): at for at in operations(document)}
    for at in operations(document):
        for status, response in _mapping(at.node.get("responses")).items():
            for name, link in _mapping(_mapping(response).get("links")).items():
                pointer = join(at.pointer, "responses", status, "links", name)
                yield from _link(document, _mapping(link), pointer, by_id)


def _link(
    document: Document, link: dict[str, Any], pointer: str, by_id: dict[Any, Place]
) -> Iterator[Fault]:
    target = link.get("operationId")
    if target not in by_id:
        hint = did_you_mean(str(target), map(str, by_id))
        message = f"the link goes to an unknown operationId '{target}'{hint}"
        yield document.fault("SPEC005", message, join(pointer, "operationId"))
        return
    names = {str(parameter["name"]) for _, parameter in parameters(document, by_id[target])}
    for name in _mapping(link.get("parameters")):
        if name.rpartition(".")[2] not in names:
            message = f"'{target}' has no parameter '{name}'{did_you_mean(name, names)}"
            place = join(pointer, "parameters", name)
            yield document.fault("SPEC005", message, place, at_key=True)


def _mapping(node: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever stands there
    return node if isinstance(node, dict) else {}
