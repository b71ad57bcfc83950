"""The description as parsed: plain data that remembers where in the text each part stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from codegen.fault import Fault, Mark

BEGINNING = Mark(1, 1)

# Keys whose mapping has names of the author's own, and keys whose value is data of the API.
_NAMED = frozenset(
    """callbacks content dependentSchemas encoding examples headers links mapping parameters paths
    pathItems patternProperties properties requestBodies responses schemas scopes securitySchemes
    variables webhooks""".split()  # noqa: SIM905 - a word a line is a page
)
_EXTENSIBLE = frozenset({"paths", "responses"})
_SAMPLES = frozenset({"const", "default", "enum", "example", "value"})


@dataclass(frozen=True)
class Document:
    """A description: its data, and the mark of every value and key by JSON pointer (RFC 6901)."""

    source: str
    root: Mapping[str, Any]
    value_marks: Mapping[str, Mark]
    key_marks: Mapping[str, Mark]

    @cached_property
    def objects(self) -> tuple[tuple[str, dict[str, Any]], ...]:
        """Every object that OpenAPI or JSON Schema defines, with its pointer: `walk` of the root.

        Nearly every rule goes through them, so that they are looked for once.
        """
        return tuple(walk(self.root))

    def fault(self, code: str, message: str, pointer: str, *, at_key: bool = False) -> Fault:
        """Make a fault that stands at a pointer's value, or at its key."""
        near = pointer
        while near not in self.value_marks and near:
            near, at_key = parent(near), True
        marks = self.key_marks if at_key else self.value_marks
        mark = marks.get(near) or self.value_marks.get(near, BEGINNING)
        return Fault(mark, code, message, pointer)

    def target(self, reference: str) -> Any:  # noqa: ANN401 - whatever stands there
        """Return what a local `#/…` reference points at; raise `KeyError` where nothing does."""
        if not reference.startswith("#/"):
            raise KeyError(reference)
        node: Any = self.root
        for token in reference[2:].split("/"):
            name = token.replace("~1", "/").replace("~0", "~")
            try:
                node = node[int(name)] if isinstance(node, list) else node[name]
            except (IndexError, TypeError, ValueError) as error:
                raise KeyError(reference) from error
        return node

    def resolve(self, node: Any) -> Any:  # noqa: ANN401 - whatever stands there
        """Follow `$ref` from a node to the end; keys beside a `$ref` go before the target's."""
        seen: set[str] = set()
        while isinstance(node, dict) and isinstance(node.get("$ref"), str):
            reference = node["$ref"]
            if reference in seen:
                raise KeyError(reference)
            seen.add(reference)
            target = self.target(reference)
            beside = {key: value for key, value in node.items() if key != "$ref"}
            node = {**target, **beside} if isinstance(target, dict) else target
        return node

    def home(self, pointer: str) -> str:
        """Return the pointer at the end of the `$ref` that may stand at this one."""
        node = self.target("#" + pointer)
        seen: set[str] = set()
        while isinstance(node, dict) and isinstance(node.get("$ref"), str) and pointer not in seen:
            seen.add(pointer)
            pointer = node["$ref"].removeprefix("#")
            node = self.target(node["$ref"])
        return pointer


def mapping(node: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever stands there
    """Return a mapping as it is, and an empty one instead of anything else."""
    return node if isinstance(node, dict) else {}


def join(pointer: str, *tokens: str | int) -> str:
    """Append reference tokens to a JSON pointer, escaped (RFC 6901, section 3)."""
    for token in tokens:
        text = str(token)
        if "~" in text or "/" in text:  # seldom, and this runs for every value of a description
            text = text.replace("~", "~0").replace("/", "~1")
        pointer = f"{pointer}/{text}"
    return pointer


def parent(pointer: str) -> str:
    """Return the pointer of what holds this one."""
    return pointer.rpartition("/")[0]


def walk(node: Any, pointer: str = "") -> Iterator[tuple[str, dict[str, Any]]]:  # noqa: ANN401
    """Iterate over every object that OpenAPI or JSON Schema defines, with its pointer.

    Left out are data of the API (examples, defaults) and mappings whose keys are free names.
    """
    found: list[tuple[str, dict[str, Any]]] = []
    _collect(node, pointer, found)
    return iter(found)


def _collect(node: Any, pointer: str, found: list[tuple[str, dict[str, Any]]]) -> None:  # noqa: ANN401
    if isinstance(node, dict):
        found.append((pointer, node))
        for key, value in node.items():
            if isinstance(value, (dict, list)):
                _collect_below(key, value, join(pointer, key), found)
    elif isinstance(node, list):
        for index, value in enumerate(node):
            _collect(value, join(pointer, index), found)


def _collect_below(
    key: str,
    value: dict[str, Any] | list[Any],
    below: str,
    found: list[tuple[str, dict[str, Any]]],
) -> None:
    if key in _NAMED and isinstance(value, dict):
        if key in _EXTENSIBLE:
            found.append((below, value))
        for name, named in value.items():
            _collect(named, join(below, name), found)
    elif key not in _SAMPLES and (key, type(value)) != ("examples", list):
        _collect(value, below, found)
