"""Schemas that contain themselves, unrolled once for readers that refuse recursion."""

from collections.abc import Mapping
from typing import Any

from codegen.document import walk
from codegen.reach import component
from codegen.schema import LISTED, NAMED, rebuild


def without_recursion(schemas: Mapping[str, Any]) -> dict[str, Any]:
    """Replace each reference that closes a circle by the schema it names, cut before the circle.

    A part that holds parts becomes a part that holds parts that hold none.
    """
    return {name: _unroll(schemas, schema, (name,)) for name, schema in schemas.items()}


def _unroll(schemas: Mapping[str, Any], schema: Any, ancestors: tuple[str, ...]) -> Any:  # noqa: ANN401
    if not isinstance(schema, dict):
        return schema
    name = component(schema)
    if name in ancestors:
        return _cut(schemas, schemas[name], frozenset(ancestors))
    if name is not None and _touches(schemas, schema, frozenset(ancestors), set()):
        return _unroll(schemas, schemas[name], (*ancestors, name))
    return rebuild(schema, lambda part: _unroll(schemas, part, ancestors))


def _cut(schemas: Mapping[str, Any], schema: Any, banned: frozenset[str]) -> Any:  # noqa: ANN401
    """Return a schema less the parts that lead back into the circle."""
    lost: set[str] = set()
    kept: dict[str, Any] = {}
    for keyword, value in schema.items():
        if not _touches(schemas, {keyword: value}, banned, set()):
            kept[keyword] = value
        elif keyword in NAMED:
            lost |= {name for name, part in value.items() if _touches(schemas, part, banned, set())}
            kept[keyword] = {name: part for name, part in value.items() if name not in lost}
        elif keyword in LISTED:
            kept[keyword] = [_cut_part(schemas, part, banned) for part in value]
    kept["required"] = [name for name in kept.get("required", ()) if name not in lost]
    return kept if kept["required"] else {k: v for k, v in kept.items() if k != "required"}


def _cut_part(schemas: Mapping[str, Any], part: Any, banned: frozenset[str]) -> Any:  # noqa: ANN401
    """Cut one alternative or ingredient of a schema; what is in the circle itself fits anything."""
    name = component(part) if isinstance(part, dict) else None
    if name in banned:
        return {}
    if name is not None and _touches(schemas, part, banned, set()):
        return _cut(schemas, schemas[name], banned | {name})
    return _cut(schemas, part, banned) if isinstance(part, dict) else part


def _touches(
    schemas: Mapping[str, Any],
    node: Any,  # noqa: ANN401 - any part of a schema
    goals: frozenset[str],
    seen: set[str],
) -> bool:
    """Tell whether a part of a schema leads to one of the goals, directly or not."""
    for _, part in walk(node):
        name = component(part)
        if name in goals:
            return True
        if name is not None and name not in seen:
            seen.add(name)
            if _touches(schemas, schemas[name], goals, seen):
                return True
    return False
