"""How an answer of Discogs differs from the description: names and types, never a value."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple, TypeAlias

from discogs_proxy.shape import Shape, Structure

_KINDS = {
    dict: "object",
    list: "array",
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    type(None): "null",
}
# A name comes from Discogs and may be anything, a sentence or a secret: what looks like neither is
# told, and for all others stands a mark.
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,31}")
_NO_NAME = "?"
_MOST_NAMES = 100
_MOST_DIFFERENCES = 30
_DEEPEST = 12

Values: TypeAlias = Sequence[Any]
"""Values of one answer that stand at the same path, such as all ids of a list's rows."""


class Difference(NamedTuple):
    """One way in which an answer is not as described."""

    what: str
    """`unknown`, `missing` or `changed`."""
    path: str
    """Such as `tracklist[].artists[].anv`; `*` is any member of a map, nothing the whole answer."""
    kind: str = ""
    """Changed: the JSON type that the value has."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found in one answer."""

    differences: frozenset[Difference]
    """No more than a few dozen, whatever the answer holds."""
    is_whole: bool
    """Whether there was an end to it before the limit."""


def compare(body: object, shape: Shape, most_values: int) -> Comparison:
    """Compare an answer with a shape; look at so many values at most, and never fail."""
    comparing = _Comparing(most_values)
    comparing.look([body], shape, "")
    return Comparison(frozenset(comparing.found), comparing.is_whole)


class _Comparing:
    """Goes down level by level: what is alike is looked at together, which is the quick way."""

    def __init__(self, most_values: int) -> None:
        self.found: set[Difference] = set()
        self.is_whole = True
        self._room = most_values

    def look(self, values: Values, shape: Shape, path: str, depth: int = 0) -> None:
        if depth > _DEEPEST or len(values) > self._room:
            self.is_whole = False
            values = [] if depth > _DEEPEST else values[: self._room]
        self._room -= len(values)
        for kind in _strange(values, shape.kinds):
            self._tell(Difference("changed", path, kind))
        structure = shape.structure
        if structure is None:
            return
        if objects := [value for value in values if type(value) is dict]:
            self._look_at_objects(objects, structure, path, depth)
        if structure.items is not None:
            items = [item for value in values if type(value) is list for item in value]
            if items:
                self.look(items, structure.items, f"{path}[]", depth + 1)

    def _look_at_objects(
        self, objects: Sequence[Mapping[str, Any]], structure: Structure, path: str, depth: int
    ) -> None:
        for name, shape in structure.fields.items():
            members = [each[name] for each in objects if name in each]
            if len(members) < len(objects) and name in structure.required:
                self._tell(Difference("missing", _below(path, name)))
            if members:
                self.look(members, shape, _below(path, name), depth + 1)
        others = set().union(*objects) - structure.fields.keys()
        if not others:
            return
        if structure.values is None:
            self.is_whole &= len(others) <= _MOST_NAMES
            for name in sorted({_shown(name) for name in islice(others, _MOST_NAMES)}):
                self._tell(Difference("unknown", _below(path, name)))
            return
        members = [each[name] for each in objects for name in each if name in others]
        self.look(members, structure.values, _below(path, "*"), depth + 1)

    def _tell(self, difference: Difference) -> None:
        if len(self.found) < _MOST_DIFFERENCES:
            self.found.add(difference)
        elif difference not in self.found:
            self.is_whole = False


def _strange(values: Values, kinds: frozenset[str]) -> Iterable[str]:
    """Return the types of values that should not have them."""
    found = {_KINDS[kind] for kind in set(map(type, values))}
    if not kinds or found <= kinds:
        return ()
    strange = found - kinds
    if "number" in kinds:
        strange.discard("integer")
    if "integer" in kinds and all(value.is_integer() for value in values if type(value) is float):
        strange.discard("number")
    return sorted(strange)


def _shown(name: str) -> str:
    return name if _NAME.fullmatch(name) else _NO_NAME


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
