"""How two JSON Schemas differ in the values they take: the old one against the new one."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from codegen.composition import alternatives, merged, resolved
from codegen.difference import Difference, Effect
from codegen.restrictions import NOTES, choices, limits, others

_TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sets of component schemas, which the schemas compared refer to.

    What both sides name by the same reference is equal here: a component that changed is compared
    for itself, once, however many schemas lead to it and even when it leads to itself.
    """

    old: Mapping[str, Any]
    new: Mapping[str, Any]
    _open: set[tuple[str, str]] = field(default_factory=set, init=False)

    def differences(self, old: Any, new: Any, where: str) -> Iterator[Difference]:  # noqa: ANN401
        """Yield how the new schema differs from the old one, in the order of the new one."""
        if old == new:
            return
        gone, come = _without_common(alternatives(old, NOTES), alternatives(new, NOTES))
        pairs, gone, come = self._paired(gone, come)
        for before, after in pairs:
            yield from self._one(before, after, where)
        for part in come:
            yield Difference(where, f"may be {_named(part)} now", Effect.WIDER)
        for part in gone:
            yield Difference(where, f"is no longer {_named(part)}", Effect.NARROWER)

    def _paired(
        self, gone: Sequence[Any], come: Sequence[Any]
    ) -> tuple[list[tuple[Any, Any]], list[Any], list[Any]]:
        """Pair alternatives of the same types; return the pairs and what is left of both."""
        left, pairs, alone = list(come), [], []
        for before in gone:
            kinds = _types(resolved(before, self.old))
            partner = next((p for p in left if _types(resolved(p, self.new)) == kinds), None)
            if partner is None:
                alone.append(before)
            else:
                left.remove(partner)
                pairs.append((before, partner))
        if len(alone) == len(left) == 1:
            return [*pairs, (alone[0], left[0])], [], []
        return pairs, alone, left

    def _one(self, old: Any, new: Any, where: str) -> Iterator[Difference]:  # noqa: ANN401
        if "$ref" not in old and "$ref" not in new:
            yield from self._keywords(old, new, where)
            return
        names = (json.dumps(old), json.dumps(new))
        if names not in self._open:  # else this pair is being compared further out already
            self._open.add(names)
            yield from self.differences(resolved(old, self.old), resolved(new, self.new), where)
            self._open.remove(names)

    def _keywords(
        self, old: dict[str, Any], new: dict[str, Any], where: str
    ) -> Iterator[Difference]:
        old, new = self._merged(old, new)
        was, now = _types(old), _types(new)
        if was != now:
            what = f"is {_type_names(new)} now, was {_type_names(old)}"
            yield Difference(where, what, _effect_of_sets(was, now))
        if was & now and (new or was == now):  # of what may be anything there is no more to say
            yield from choices(old, new, where)
            yield from limits(old, new, where)
            yield from self._members(old, new, where)
            yield from self.differences(old.get("items", {}), new.get("items", {}), f"{where}[]")
            yield from others(old, new, where)

    def _merged(
        self, old: dict[str, Any], new: dict[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Put together what each is made of; the ingredients that both have are equal in both."""
        before, after = old.get("allOf", []), new.get("allOf", [])
        shared = merged({"allOf": [part for part in after if part in before]}, self.new)
        gone, come = _without_common(before, after)
        return (
            merged({**old, "allOf": [*gone, shared]}, self.old),
            merged({**new, "allOf": [*come, shared]}, self.new),
        )

    def _members(
        self, old: dict[str, Any], new: dict[str, Any], where: str
    ) -> Iterator[Difference]:
        before, after = old.get("properties", {}), new.get("properties", {})
        for name, part in after.items():
            if name in before:
                yield from self.differences(before[name], part, f"{where}.{name}")
        yield from _presence(old, new, where)
        yield from self._other_members(old, new, where)

    def _other_members(
        self, old: dict[str, Any], new: dict[str, Any], where: str
    ) -> Iterator[Difference]:
        before, after = (s.get("additionalProperties", True) for s in (old, new))
        if before is not False and after is not False:
            yield from self.differences(before, after, f"{where}.*")
        elif after is False and before is not False:
            yield Difference(where, "has no other members now", Effect.NARROWER)
        elif after is not False:
            # As with a member more: who reads it does not look for what nobody told of.
            yield Difference(where, "may have other members now", Effect.NONE)


def _presence(old: dict[str, Any], new: dict[str, Any], where: str) -> Iterator[Difference]:
    """Yield which members are new, gone, or no longer as sure to be there as they were."""
    before, after = old.get("properties", {}), new.get("properties", {})
    must, have_to = set(old.get("required", ())), set(new.get("required", ()))
    come, gone = after.keys() - before.keys(), before.keys() - after.keys()
    for name in dict.fromkeys([*after, *before, *sorted(must | have_to)]):
        place = f"{where}.{name}"
        if name in gone:
            yield Difference(place, "is gone", Effect.OTHER)
        elif name in come:
            is_required = name in have_to
            what = "is new and required" if is_required else "is new"
            yield Difference(place, what, Effect.NARROWER if is_required else Effect.NONE)
        elif name in have_to - must:
            yield Difference(place, "is required now", Effect.NARROWER)
        elif name in must - have_to:
            yield Difference(place, "is optional now", Effect.WIDER)


def _without_common(old: Sequence[Any], new: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    return [part for part in old if part not in new], [part for part in new if part not in old]


def _types(schema: Mapping[str, Any]) -> frozenset[str]:
    kinds = schema.get("type", _TYPES)
    listed = {kinds} if isinstance(kinds, str) else set(kinds)
    return frozenset(listed | {"integer"} if "number" in listed else listed)


def _type_names(schema: Mapping[str, Any]) -> str:
    kinds = schema.get("type", "of any type")
    return kinds if isinstance(kinds, str) else " or ".join(kinds)


def _named(schema: Mapping[str, Any]) -> str:
    """Name an alternative in one word."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    return _type_names(schema)


def _effect_of_sets(old: frozenset[str], new: frozenset[str]) -> Effect:
    if old < new:
        return Effect.WIDER
    return Effect.NARROWER if new < old else Effect.OTHER
