"""YAML read into a document: only what all YAML readers, old and new, read as the same JSON."""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from codegen.document import BEGINNING, Document, join
from codegen.fault import DescriptionError, Fault, Mark
from codegen.scalar import UnclearScalar, plain

_DEEPEST = 64
_MOST_VALUES = 200_000  # of which a few hundred bytes of nested aliases make billions
_QUOTED = ("'", '"', "|", ">")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # all but the tab and the line feed
_YAML = "tag:yaml.org,2002:"


def load(text: str, source: str) -> Document:
    """Parse YAML into a document; raise `DescriptionError` with every fault of its notation."""
    reader = _Reader()
    root = reader.read(_compose(text, source), "")
    if not isinstance(root, dict) and not reader.faults:
        reader.faults.append(_notation(BEGINNING, "a description is a mapping"))
    if reader.values > _MOST_VALUES:
        reader.faults.append(_notation(BEGINNING, f"more than {_MOST_VALUES} values by aliases"))
    if reader.faults:
        raise DescriptionError(source, reader.faults)
    return Document(source, root, reader.value_marks, reader.key_marks)


def _compose(text: str, source: str) -> yaml.Node | None:
    try:
        deep = _too_deep(text)
        if deep is None:
            return yaml.compose(text, yaml.CSafeLoader)
        fault = _notation(deep, f"nested deeper than {_DEEPEST} levels")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        fault = _notation(_mark(mark) if mark else BEGINNING, _sentence(error, text))
        raise DescriptionError(source, [fault]) from error
    except (yaml.YAMLError, UnicodeError) as error:
        fault = _notation(BEGINNING, f"no YAML text: {' '.join(str(error).split())}")
        raise DescriptionError(source, [fault]) from error
    raise DescriptionError(source, [fault])


def _too_deep(text: str) -> Mark | None:
    """Return where the nesting passes the limit; the parser's own recursion has none."""
    depth = 0
    for event in yaml.parse(text, yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            return _mark(event.start_mark)
    return None


def _sentence(error: yaml.MarkedYAMLError, text: str) -> str:
    if error.problem_mark and text[error.problem_mark.index :].startswith("\t"):
        return "a tab stands here; YAML is indented with spaces"
    if error.context and error.context.startswith("expected"):
        return f"{error.context}, {error.problem}"
    if error.context and error.context_mark:
        return f"{error.problem} {error.context} that begins on line {error.context_mark.line + 1}"
    return str(error.problem)


def _notation(mark: Mark, problem: str, pointer: str = "") -> Fault:
    return Fault(mark, "SPEC001", problem, pointer)


def _mark(mark: Any) -> Mark:  # noqa: ANN401 - PyYAML has two classes of them
    return Mark(mark.line + 1, mark.column + 1)


@dataclass
class _Reader:
    value_marks: dict[str, Mark] = field(default_factory=dict)
    key_marks: dict[str, Mark] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    depth: int = 0
    values: int = 0

    def read(self, node: yaml.Node | None, pointer: str) -> Any:  # noqa: ANN401
        self.values += 1
        if node is None or self.values > _MOST_VALUES:
            return None
        self.value_marks[pointer] = _mark(node.start_mark)
        if node.tag.startswith("!"):
            self._refuse(node, f"the tag {node.tag} has no place in a description", pointer)
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, pointer)
        if self.depth == _DEEPEST:
            self._refuse(node, f"aliases nest deeper than {_DEEPEST} levels, or without end", "")
            return None
        self.depth += 1
        inside = self._collection(node, pointer)
        self.depth -= 1
        return inside

    def _collection(self, node: yaml.Node, pointer: str) -> Any:  # noqa: ANN401
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, pointer)
        return [self.read(item, join(pointer, i)) for i, item in enumerate(node.value)]

    def _mapping(self, node: yaml.MappingNode, pointer: str) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node, pointer)
            below = join(pointer, key)
            if key in result:
                first = self.key_marks[below].line
                message = f"duplicate key '{key}'; the first one is on line {first}"
                self.faults.append(Fault(_mark(key_node.start_mark), "SPEC002", message, below))
                continue
            self.key_marks[below] = _mark(key_node.start_mark)
            result[key] = self.read(value_node, below)
            if key == "$ref" and result[key] is None and not value_node.value:
                self._refuse(key_node, "# begins a comment; quote the reference", below)
        return result

    def _key(self, node: yaml.Node, pointer: str) -> str:
        if not isinstance(node, yaml.ScalarNode):
            self._refuse(node, "a key is text", pointer)
            return ""
        text = str(node.value)
        if node.tag == f"{_YAML}merge":
            self._refuse(node, "no merge keys here; write the keys out", join(pointer, text))
        elif not isinstance(self._scalar(node, join(pointer, text)), str):
            message = f"the key {text} is no text to some YAML readers; write '{text}'"
            where = join(pointer, text)
            self.faults.append(Fault(_mark(node.start_mark), "SPEC003", message, where))
        return text

    def _scalar(self, node: yaml.ScalarNode, pointer: str) -> object:
        text = str(node.value)
        if _CONTROL.search(text):
            self._refuse(node, "the text holds a control character", pointer)
        if node.style in _QUOTED or node.tag.startswith("!"):
            return text
        try:
            return plain(text, node.tag.removeprefix(_YAML))
        except UnclearScalar as error:
            self.faults.append(Fault(_mark(node.start_mark), "SPEC003", str(error), pointer))
            return text

    def _refuse(self, node: yaml.Node, problem: str, pointer: str) -> None:
        self.faults.append(_notation(_mark(node.start_mark), problem, pointer))
