"""Where the operations of a description and their parameters stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from codegen.document import Document, join

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@dataclass(frozen=True, slots=True)
class Place:
    """An Operation Object of the description and where it stands."""

    path: str
    method: str
    pointer: str
    node: dict[str, Any]


def operations(document: Document) -> Iterator[Place]:
    """Yield every operation in the order of the description."""
    paths = document.root.get("paths")
    for path, item in (paths if isinstance(paths, dict) else {}).items():
        for method, node in (item if isinstance(item, dict) else {}).items():
            if method in METHODS and isinstance(node, dict):
                yield Place(path, method, join("", "paths", path, method), node)


def parameters(document: Document, at: Place) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield an operation's well-formed parameters, references resolved, with their pointers."""
    raw = at.node.get("parameters")
    for index, node in enumerate(raw if isinstance(raw, list) else []):
        try:
            parameter = document.resolve(node)
        except (KeyError, TypeError, IndexError):
            continue  # the reference has a fault of its own
        if isinstance(parameter, dict) and {"name", "in"} <= parameter.keys():
            yield join(at.pointer, "parameters", index), parameter
