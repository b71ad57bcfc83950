"""The description as parsed: plain data that remembers where in the text each part stands."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from codegen.fault import DescriptionError, Fault, Mark

# YAML 1.2.2, section 10.3.2: the core schema's plain scalars. Everything else plain is text.
_CORE: Sequence[tuple[re.Pattern[str], Callable[[str], object]]] = (
    (re.compile(r"|~|null|Null|NULL"), lambda _: None),
    (re.compile(r"true|True|TRUE"), lambda _: True),
    (re.compile(r"false|False|FALSE"), lambda _: False),
    (re.compile(r"[-+]?[0-9]+"), int),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"), float),
)
_QUOTED = ("'", '"', "|", ">")
_TEXT_TAG = "tag:yaml.org,2002:str"
_BEGINNING = Mark(1, 1)


@dataclass(frozen=True, slots=True)
class Document:
    """A description: its data, and the mark of every value and key by JSON pointer (RFC 6901)."""

    source: str
    root: Mapping[str, Any]
    value_marks: Mapping[str, Mark]
    key_marks: Mapping[str, Mark]

    def fault(self, code: str, message: str, pointer: str, *, at_key: bool = False) -> Fault:
        """Make a fault that stands at a pointer's value, or at its key."""
        marks = self.key_marks if at_key else self.value_marks
        mark = marks.get(pointer) or self.value_marks.get(pointer, _BEGINNING)
        return Fault(mark, code, message, pointer)

    def target(self, reference: str) -> Any:  # noqa: ANN401 - whatever stands there
        """Return what a local `#/…` reference points at; raise `KeyError` where nothing does."""
        if not reference.startswith("#/"):
            raise KeyError(reference)
        node: Any = self.root
        for token in reference[2:].split("/"):
            name = token.replace("~1", "/").replace("~0", "~")
            node = node[int(name)] if isinstance(node, list) and name.isdecimal() else node[name]
        return node

    def resolve(self, node: Any) -> Any:  # noqa: ANN401 - whatever stands there
        """Follow `$ref` from a node until something else is reached."""
        seen: set[str] = set()
        while isinstance(node, dict) and isinstance(node.get("$ref"), str):
            if node["$ref"] in seen:
                raise KeyError(node["$ref"])
            seen.add(node["$ref"])
            node = self.target(node["$ref"])
        return node


def join(pointer: str, *tokens: str | int) -> str:
    """Append reference tokens to a JSON pointer, escaped (RFC 6901, section 3)."""
    escaped = (str(token).replace("~", "~0").replace("/", "~1") for token in tokens)
    return "/".join((pointer, *escaped))


def walk(node: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """Yield every value below a node, itself first, with its pointer."""
    yield pointer, node
    if isinstance(node, dict):
        for key, value in node.items():
            yield from walk(value, join(pointer, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from walk(value, join(pointer, index))


def load(text: str, source: str) -> Document:
    """Parse YAML 1.2 into a document; raise `DescriptionError` with every fault of its notation."""
    try:
        node = yaml.compose(text, yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Mark(mark.line + 1, mark.column + 1) if mark else _BEGINNING
        raise DescriptionError(source, [_notation(place, str(error.problem), "")]) from error
    reader = _Reader()
    root = reader.read(node, "")
    if not isinstance(root, dict):
        reader.faults.append(_notation(_BEGINNING, "a description is a mapping", ""))
    if reader.faults:
        raise DescriptionError(source, reader.faults)
    return Document(source, root, reader.value_marks, reader.key_marks)


def _notation(mark: Mark, problem: str, pointer: str) -> Fault:
    return Fault(mark, "SPEC001", problem, pointer)


def _mark(node: yaml.Node) -> Mark:
    return Mark(node.start_mark.line + 1, node.start_mark.column + 1)


@dataclass
class _Reader:
    value_marks: dict[str, Mark] = field(default_factory=dict)
    key_marks: dict[str, Mark] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def read(self, node: yaml.Node | None, pointer: str) -> Any:  # noqa: ANN401
        if node is None:
            return None
        self.value_marks[pointer] = _mark(node)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, pointer)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, join(pointer, i)) for i, item in enumerate(node.value)]
        return self._scalar(node, pointer)

    def _mapping(self, node: yaml.MappingNode, pointer: str) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            below = join(pointer, key)
            if key in result:
                first = self.key_marks[below].line
                message = f"duplicate key '{key}'; the first one is on line {first}"
                self.faults.append(Fault(_mark(key_node), "SPEC002", message, below))
                continue
            self.key_marks[below] = _mark(key_node)
            self._scalar(key_node, below)
            result[key] = self.read(value_node, below)
        return result

    def _scalar(self, node: yaml.Node, pointer: str) -> object:
        text = str(node.value)
        if getattr(node, "style", None) in _QUOTED:
            return text
        for pattern, convert in _CORE:
            if pattern.fullmatch(text):
                return convert(text)
        if node.tag != _TEXT_TAG:
            kind = node.tag.rpartition(":")[2]
            message = f"unquoted {text} is a {kind} to some YAML readers; write '{text}'"
            self.faults.append(Fault(_mark(node), "SPEC003", message, pointer))
        return text
