"""How two JSON Schemas differ in the values they take: the old one against the new one."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from codegen.composition import alternatives, merged, resolved

_TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")
_FLOORS = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains")
_CEILINGS = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains")
# What tells a reader something and refuses no value.
_NOTES = (
    "contentEncoding", "contentMediaType", "contentSchema", "default", "deprecated",
    "discriminator", "format", "readOnly", "writeOnly",
)  # fmt: skip
_COMPARED = ("type", "enum", "const", "properties", "required", "additionalProperties", "items")
_MOST_SHOWN = 5


class Effect(Enum):
    """What becomes of the values that fit."""

    NARROWER = "some no longer fit"
    WIDER = "some fit that did not"
    OTHER = "both"
    NONE = "neither that anybody would notice"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was."""

    where: str
    what: str
    effect: Effect


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
        gone, come = _without_common(alternatives(old, _NOTES), alternatives(new, _NOTES))
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
        if was & now:
            yield from _choices(old, new, where)
            yield from _limits(old, new, where)
            yield from self._members(old, new, where)
            yield from self.differences(old.get("items", {}), new.get("items", {}), f"{where}[]")
            yield from _others(old, new, where)

    def _merged(
        self, old: dict[str, Any], new: dict[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Put together what each is made of, less the ingredients that both have."""
        gone, come = _without_common(old.get("allOf", []), new.get("allOf", []))
        return (
            merged({**old, "allOf": gone}, self.old),
            merged({**new, "allOf": come}, self.new),
        )

    def _members(
        self, old: dict[str, Any], new: dict[str, Any], where: str
    ) -> Iterator[Difference]:
        before, after = old.get("properties", {}), new.get("properties", {})
        must, have_to = set(old.get("required", ())), set(new.get("required", ()))
        for name, part in after.items():
            place = f"{where}.{name}"
            if name not in before:
                yield _newcomer(place, is_required=name in have_to)
                continue
            yield from self.differences(before[name], part, place)
            if name in have_to - must:
                yield Difference(place, "is required now", Effect.NARROWER)
            if name in must - have_to:
                yield Difference(place, "is optional now", Effect.WIDER)
        for name in before:
            if name not in after:
                yield Difference(f"{where}.{name}", "is gone", Effect.OTHER)
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


def _newcomer(place: str, *, is_required: bool) -> Difference:
    if is_required:
        return Difference(place, "is new and required", Effect.NARROWER)
    return Difference(place, "is new", Effect.NONE)


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


def _choices(old: dict[str, Any], new: dict[str, Any], where: str) -> Iterator[Difference]:
    before, after = _values(old), _values(new)
    if before is None and after is not None:
        yield Difference(where, f"is one of {_shown(after)} now", Effect.NARROWER)
    elif before is not None and after is None:
        yield Difference(where, "is no longer one of a few values", Effect.WIDER)
    elif before is not None and after is not None:
        if come := [text for text in after if text not in before]:
            yield Difference(where, f"may be {_shown(come)} now", Effect.WIDER)
        if gone := [text for text in before if text not in after]:
            yield Difference(where, f"is no longer {_shown(gone)}", Effect.NARROWER)


def _values(schema: dict[str, Any]) -> list[str] | None:
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    return None if values is None else [json.dumps(v, ensure_ascii=False) for v in values]


def _shown(texts: Sequence[str]) -> str:
    more = len(texts) - _MOST_SHOWN
    return ", ".join(texts[:_MOST_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _limits(old: dict[str, Any], new: dict[str, Any], where: str) -> Iterator[Difference]:
    for keywords, direction in ((_FLOORS, 1), (_CEILINGS, -1)):
        for keyword in keywords:
            before, after = old.get(keyword), new.get(keyword)
            if before != after:
                # As if it were a floor: without one everything fits, a higher one is narrower.
                none = float("-inf")
                was = none if before is None else before * direction
                now = none if after is None else after * direction
                effect = Effect.NARROWER if now > was else Effect.WIDER
                yield Difference(where, _changed(keyword, before, after), effect)


def _others(old: dict[str, Any], new: dict[str, Any], where: str) -> Iterator[Difference]:
    """Yield what differs in keywords of which only the presence can be judged."""
    judged = {*_COMPARED, *_FLOORS, *_CEILINGS}
    for keyword in sorted((old.keys() | new.keys()) - judged):
        before, after = old.get(keyword), new.get(keyword)
        if before != after:
            what = _changed(keyword, before, after)
            yield Difference(where, what, _effect_of(keyword, before, after))


def _effect_of(keyword: str, before: object, after: object) -> Effect:
    if keyword in _NOTES:
        return Effect.NONE
    if before in (None, False):
        return Effect.NARROWER
    return Effect.WIDER if after in (None, False) else Effect.OTHER


def _changed(keyword: str, before: object, after: object) -> str:
    if isinstance(before, dict | list) or isinstance(after, dict | list):
        return f"{keyword} is not as it was"
    old, new = ("none" if v is None else json.dumps(v, ensure_ascii=False) for v in (before, after))
    return f"{keyword} is {new} now, was {old}"
