"""How long an answer can get, by its schema alone."""

from collections.abc import Iterable, Mapping
from math import inf
from typing import Any

from codegen.action_lint.spec import Schema, Spec, listed, types
from codegen.document import join, mapping

# Characters of the longest values of these types as JSON.
_FIXED = {"boolean": 5, "integer": 20, "null": 4, "number": 25}
_AROUND_TEXT = 2
_AROUND_MEMBER = 4  # two quotes, a colon, a comma
_FORMATS = {"date": 10, "date-time": 35, "time": 25, "uuid": 36}


def most_characters(spec: Spec, schema: Schema, within: frozenset[str] = frozenset()) -> float:
    """Return the characters of the longest JSON that fits a schema; infinite if nothing bounds it.

    Properties that a schema does not name are not counted, nor are escapes.
    """
    pointer, node = spec.target(schema)
    if pointer in within:
        return inf
    inside = _Inside(spec, pointer, within | {pointer})
    if "const" in node or "enum" in node:
        return _text_of(listed(node.get("enum")) or [node.get("const")])
    if "allOf" in node:
        return sum(inside.each("allOf", node)) + inside.of_types(node)
    for keyword in ("anyOf", "oneOf"):
        if keyword in node:
            return max(inside.each(keyword, node), default=inf)
    return inside.of_types(node) if types(node) else inf


class _Inside:
    """The lengths of the parts of one schema."""

    def __init__(self, spec: Spec, pointer: str, within: frozenset[str]) -> None:
        self._spec = spec
        self._pointer = pointer
        self._within = within

    def each(self, keyword: str, node: Mapping[str, Any]) -> Iterable[float]:
        for index, part in enumerate(listed(node[keyword])):
            yield self._of(mapping(part), keyword, index)

    def of_types(self, node: Mapping[str, Any]) -> float:
        return max((self._of_type(str(kind), node) for kind in types(node)), default=0)

    def _of_type(self, kind: str, node: Mapping[str, Any]) -> float:
        if kind == "string":
            longest = node.get("maxLength", _FORMATS.get(str(node.get("format")), inf))
            return _number(longest) + _AROUND_TEXT
        if kind == "array":
            item = self._of(mapping(node.get("items")), "items")
            most = _number(node.get("maxItems", inf))
            return 2 + (most * (item + 1) if most else 0)
        if kind == "object":
            return 2 + sum(
                len(name) + _AROUND_MEMBER + self._of(mapping(part), "properties", name)
                for name, part in mapping(node.get("properties")).items()
            )
        return _FIXED.get(kind, inf)

    def _of(self, node: dict[str, Any], *tokens: str | int) -> float:
        part = Schema(join(self._pointer, *tokens), node)
        return most_characters(self._spec, part, self._within)


def _number(value: object) -> float:
    return value if isinstance(value, (int, float)) else inf


def _text_of(values: Iterable[object]) -> float:
    return max(len(repr(value)) for value in values) + 1
