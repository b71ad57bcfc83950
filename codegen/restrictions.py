"""How two JSON Schemas differ in the keywords that hold no schemas."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from codegen.difference import Difference, Effect

Schema: TypeAlias = Mapping[str, Any]

_FLOORS = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains")
_CEILINGS = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains")
# What tells a reader something and refuses no value.
NOTES = (
    "contentEncoding", "contentMediaType", "contentSchema", "default", "deprecated",
    "format", "readOnly", "writeOnly",
)  # fmt: skip
# What not to say a keyword says.
_UNSAID: Mapping[str, Any] = {
    "deprecated": False, "minContains": 1, "minItems": 0, "minLength": 0, "minProperties": 0,
    "readOnly": False, "uniqueItems": False, "writeOnly": False,
}  # fmt: skip
_COMPARED = ("type", "enum", "const", "properties", "required", "additionalProperties", "items")
_MOST_SHOWN = 5


def choices(old: Schema, new: Schema, where: str) -> Iterator[Difference]:
    """Yield what differs in `enum` and `const`."""
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


def _values(schema: Schema) -> list[str] | None:
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    return None if values is None else [json.dumps(v, ensure_ascii=False) for v in values]


def _shown(texts: Sequence[str]) -> str:
    more = len(texts) - _MOST_SHOWN
    return ", ".join(texts[:_MOST_SHOWN]) + (f" and {more} more" if more > 0 else "")


def limits(old: Schema, new: Schema, where: str) -> Iterator[Difference]:
    """Yield what differs in bounds of numbers and lengths."""
    for keywords, direction in ((_FLOORS, 1), (_CEILINGS, -1)):
        for keyword in keywords:
            before, after = _said(keyword, old), _said(keyword, new)
            if before != after:
                # As if it were a floor: without one everything fits, a higher one is narrower.
                none = float("-inf")
                was = none if before is None else before * direction
                now = none if after is None else after * direction
                effect = Effect.NARROWER if now > was else Effect.WIDER
                yield Difference(where, _changed(keyword, before, after), effect)


def others(old: Schema, new: Schema, where: str) -> Iterator[Difference]:
    """Yield what differs in keywords of which only the presence can be judged."""
    judged = {*_COMPARED, *_FLOORS, *_CEILINGS}
    for keyword in sorted((old.keys() | new.keys()) - judged):
        before, after = _said(keyword, old), _said(keyword, new)
        if before != after:
            what = _changed(keyword, before, after)
            yield Difference(where, what, _effect_of(keyword, before, after))


def _said(keyword: str, schema: Schema) -> Any:  # noqa: ANN401 - a keyword's value
    return schema.get(keyword, _UNSAID.get(keyword))


def _effect_of(keyword: str, before: object, after: object) -> Effect:
    if keyword in NOTES:
        return Effect.NONE
    if before in (None, False):
        return Effect.NARROWER
    return Effect.WIDER if after in (None, False) else Effect.OTHER


def _changed(keyword: str, before: object, after: object) -> str:
    if isinstance(before, dict | list) or isinstance(after, dict | list):
        return f"{keyword} is not as it was"
    old, new = ("none" if v is None else json.dumps(v, ensure_ascii=False) for v in (before, after))
    return f"{keyword} is {new} now, was {old}"
