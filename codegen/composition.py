"""What a JSON Schema is made of: references followed, ingredients put together, alternatives."""

from collections.abc import Iterable, Mapping
from typing import Any

from codegen.reach import component

_EITHER = ("anyOf", "oneOf")
_NULL = {"type": "null"}


def resolved(schema: Any, components: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ANN401
    """Return the schema that references to components lead to, a boolean one as a mapping."""
    seen: set[str] = set()
    while (name := component(_mapping(schema))) is not None:
        beside = {keyword: value for keyword, value in schema.items() if keyword != "$ref"}
        target = {} if name in seen else components[name]
        seen.add(name)
        schema = {**target, **beside} if isinstance(target, dict) else target
    return _mapping(schema)


def merged(
    schema: Mapping[str, Any],
    components: Mapping[str, Any],
    within: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """Put a schema together from its `allOf`; where two parts say different things, one wins."""
    whole = {keyword: value for keyword, value in schema.items() if keyword != "allOf"}
    for part in schema.get("allOf", ()):
        names = frozenset(filter(None, [component(_mapping(part))]))
        if not names & within:
            _add(whole, merged(resolved(part, components), components, within | names))
    return whole


def _add(whole: dict[str, Any], part: Mapping[str, Any]) -> None:
    for keyword, value in part.items():
        if keyword == "properties":
            whole[keyword] = {**value, **whole.get(keyword, {})}
        elif keyword == "required":
            whole[keyword] = list(dict.fromkeys([*whole.get(keyword, ()), *value]))
        else:
            whole.setdefault(keyword, value)


def alternatives(schema: Any, beside: Iterable[str] = ()) -> list[dict[str, Any]]:  # noqa: ANN401
    """Return schemas of which a value that fits this one fits some; null is always one itself.

    Keywords `beside` an `anyOf` or `oneOf` do not count as saying anything.
    """
    schema = _mapping(schema)
    for keyword in _EITHER:
        if keyword in schema and not schema.keys() - {keyword, *beside}:
            return [part for whole in schema[keyword] for part in alternatives(whole, beside)]
    kinds = schema.get("type")
    if not isinstance(kinds, list) or "null" not in kinds or kinds == ["null"]:
        return [schema]
    rest = [kind for kind in kinds if kind != "null"]
    other = {**schema, "type": rest if len(rest) > 1 else rest[0]}
    if "enum" in schema:
        other["enum"] = [value for value in schema["enum"] if value is not None]
    return [other, dict(_NULL)]


def _mapping(schema: Any) -> dict[str, Any]:  # noqa: ANN401 - a schema or a boolean
    if isinstance(schema, dict):
        return schema
    return {} if schema else {"not": {}}
