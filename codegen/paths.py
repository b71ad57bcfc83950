"""Where the operations of a description and their parameters stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from codegen.document import Document, join, mapping, parent

METHODS = ("get", "put", "post", "delete", "patch")


@dataclass(frozen=True, slots=True)
class Place:
    """An Operation Object of the description and where it stands."""

    path: str
    method: str
    pointer: str
    node: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path}"


@dataclass(frozen=True, slots=True)
class Found:
    """A Parameter Object, references resolved: where it is used and where it is written."""

    used: str
    written: str
    node: dict[str, Any]

    @property
    def name(self) -> str:
        """The name that a caller sends."""
        return str(self.node["name"])

    @property
    def place(self) -> str:
        """Where a caller sends it: path, query or header."""
        return str(self.node["in"])


def operations(document: Document) -> Iterator[Place]:
    """Yield every operation in the order of the description."""
    for path, item in mapping(document.root.get("paths")).items():
        for method, node in mapping(item).items():
            if not path.startswith("x-") and method in METHODS and isinstance(node, dict):
                yield Place(path, method, join("", "paths", path, method), node)


def parameters(document: Document, at: Place) -> Iterator[Found]:
    """Yield an operation's well-formed parameters: those of its whole path, then its own."""
    own = list(_found(document, at.pointer, at.node))
    taken = {(found.name, found.place) for found in own}
    item = document.target("#" + parent(at.pointer))
    for found in _found(document, parent(at.pointer), item):
        if (found.name, found.place) not in taken:
            yield found
    yield from own


def _found(document: Document, pointer: str, holder: dict[str, Any]) -> Iterator[Found]:
    raw = holder.get("parameters")
    for index, node in enumerate(raw if isinstance(raw, list) else []):
        used = join(pointer, "parameters", index)
        try:
            parameter = mapping(document.resolve(node))
            written = document.home(used)
        except KeyError:
            continue  # the reference has a fault of its own
        if isinstance(parameter.get("name"), str) and isinstance(parameter.get("in"), str):
            yield Found(used, written, parameter)
