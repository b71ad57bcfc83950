"""Schemas that contain themselves, unrolled once for readers that refuse recursion."""

from collections.abc import Mapping
from typing import Any

_LOCAL = "#/components/schemas/"


def without_recursion(schemas: Mapping[str, Any]) -> dict[str, Any]:
    """Replace each reference that closes a circle by the schema it names, cut before the circle.

    A track that holds tracks becomes a track that holds tracks that hold none.
    """
    return {name: _unroll(schemas, schema, (name,)) for name, schema in schemas.items()}


def _unroll(schemas: Mapping[str, Any], node: Any, ancestors: tuple[str, ...]) -> Any:  # noqa: ANN401
    if isinstance(node, list):
        return [_unroll(schemas, item, ancestors) for item in node]
    if not isinstance(node, dict):
        return node
    name = _name(node)
    if name in ancestors:
        return _without(schemas, schemas[name], frozenset(ancestors))
    if name is not None and _leads_to(schemas, name, frozenset(ancestors), frozenset()):
        return _unroll(schemas, schemas[name], (*ancestors, name))
    return {key: _unroll(schemas, value, ancestors) for key, value in node.items()}


def _without(schemas: Mapping[str, Any], node: Any, banned: frozenset[str]) -> Any:  # noqa: ANN401
    """Return a schema less the properties that lead back into the circle."""
    if not isinstance(node, dict) or "properties" not in node:
        return node
    kept = {
        name: schema
        for name, schema in node["properties"].items()
        if not _touches(schemas, schema, banned, frozenset())
    }
    required = [name for name in node.get("required", []) if name in kept]
    return {**node, "properties": kept, **({"required": required} if required else {})}


def _leads_to(
    schemas: Mapping[str, Any], name: str, goals: frozenset[str], seen: frozenset[str]
) -> bool:
    return name not in seen and _touches(schemas, schemas[name], goals, seen | {name})


def _touches(
    schemas: Mapping[str, Any],
    node: Any,  # noqa: ANN401 - any part of a schema
    goals: frozenset[str],
    seen: frozenset[str],
) -> bool:
    if isinstance(node, list):
        return any(_touches(schemas, item, goals, seen) for item in node)
    if not isinstance(node, dict):
        return False
    name = _name(node)
    if name is not None:
        return name in goals or _leads_to(schemas, name, goals, seen)
    return any(_touches(schemas, value, goals, seen) for value in node.values())


def _name(node: Mapping[str, Any]) -> str | None:
    reference = node.get("$ref")
    local = isinstance(reference, str) and reference.startswith(_LOCAL)
    return reference.removeprefix(_LOCAL) if local and isinstance(reference, str) else None
