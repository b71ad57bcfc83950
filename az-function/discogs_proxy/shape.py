"""What Discogs' answers look like by the description, as `shapes.json` of the generated code says.

A shape there is a text of JSON types and `#Name`s with `|` between them, empty for anything, or an
object with `kinds`, `required`, `optional`, `values` and `items`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson


@dataclass(slots=True)
class Structure:
    """What is in an object or in a list; it may hold itself, and so is filled in bit by bit."""

    fields: dict[str, "Shape"] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    values: "Shape | None" = None
    """The shape of members that are no fields; None: there should be none."""
    items: "Shape | None" = None


class Shape(NamedTuple):
    """What a value may be."""

    kinds: frozenset[str]
    """JSON types; none at all stands for any."""
    structure: Structure | None = None
    """None: whatever is in it is as good."""


def read(text: bytes) -> dict[str, Shape]:
    """Return the shape of each operation's successful answer, by the operation's name."""
    content = orjson.loads(text)
    reader = _Reader(content["shapes"])
    return {name: reader.shape(written) for name, written in content["operations"].items()}


class _Reader:
    def __init__(self, shared: Mapping[str, Any]) -> None:
        self._shared = shared
        self._structures: dict[str, Structure] = {}

    def shape(self, written: str | Mapping[str, Any]) -> Shape:
        if not isinstance(written, str):
            return Shape(_kinds(written["kinds"]), self._filled(Structure(), written))
        words = frozenset(written.split("|"))
        name = next((word[1:] for word in words if word.startswith("#")), None)
        if name is None:
            return Shape(_kinds(written))
        shared = self._named(name)
        more = {word for word in words if not word.startswith("#")}
        return Shape(shared.kinds and shared.kinds | more, shared.structure)

    def _named(self, name: str) -> Shape:
        written = self._shared[name]
        if isinstance(written, str):
            return self.shape(written)
        return Shape(_kinds(written["kinds"]), self._structure(name))

    def _structure(self, name: str) -> Structure:
        if name not in self._structures:
            self._structures[name] = Structure()
            self._filled(self._structures[name], self._shared[name])
        return self._structures[name]

    def _filled(self, structure: Structure, written: Mapping[str, Any]) -> Structure:
        required, optional = written.get("required", {}), written.get("optional", {})
        for name, part in (required | optional).items():
            structure.fields[name] = self.shape(part)
        structure.required = tuple(required)
        structure.values = self._maybe(written.get("values"))
        structure.items = self._maybe(written.get("items"))
        return structure

    def _maybe(self, written: str | Mapping[str, Any] | None) -> Shape | None:
        return None if written is None else self.shape(written)


def _kinds(written: str) -> frozenset[str]:
    return frozenset(written.split("|") if written else ())
