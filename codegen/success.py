"""The JSON of an operation's successful answer."""

from collections.abc import Iterator, Mapping
from typing import Any

from codegen.document import Document, mapping

_JSON = "application/json"
_DEEPEST = 8  # an object may hold, or be made of, its own kind


def status(document: Document, responses: object) -> str | None:
    """Return the first 2xx status that has JSON; None where none has."""
    return next((status for status, _ in _found(document, responses)), None)


def schema(document: Document, responses: object) -> Any:  # noqa: ANN401 - a schema or a boolean
    """Return the schema of the first 2xx answer that has JSON; None where none has."""
    return next((schema for _, schema in _found(document, responses)), None)


def _found(document: Document, responses: object) -> Iterator[tuple[str, Any]]:
    for status, response in mapping(responses).items():
        if str(status).startswith("2"):
            content = mapping(mapping(_resolved(document, response)).get("content"))
            if "schema" in mapping(content.get(_JSON)):
                yield status, content[_JSON]["schema"]


def is_broken(document: Document, responses: object) -> bool:
    """Tell whether the answer's schema leads nowhere, which has a fault of its own."""
    try:
        document.resolve(schema(document, responses))
    except KeyError:
        return True
    return False


def whole(document: Document, schema: object, depth: int = _DEEPEST) -> dict[str, Any]:
    """Return the schema of an object with what its `allOf` says written into it."""
    found = dict(mapping(_resolved(document, schema)))
    ingredients = found.pop("allOf", ())
    if not isinstance(ingredients, list) or depth == 0:
        return found
    parts = [whole(document, part, depth - 1) for part in ingredients]
    for part in parts:
        found = {**part, **found, **_joined(part, found)}
    return found


def properties(document: Document, schema: object) -> dict[str, Any]:
    """Return the properties of an object, references of them resolved."""
    held = mapping(whole(document, schema).get("properties"))
    return {name: whole(document, part) for name, part in held.items()}


def has_list(document: Document, schema: object) -> bool:
    """Tell whether an object has a list, or an object in it has one."""
    return any(True for _ in _lists(document, schema, 0))


def _lists(document: Document, schema: object, depth: int) -> Iterator[str]:
    for name, part in properties(document, schema).items():
        kinds = part.get("type")
        if "array" in (kinds if isinstance(kinds, list) else [kinds]):
            yield name
        elif depth < _DEEPEST:
            yield from _lists(document, part, depth + 1)


def _joined(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    members = {**mapping(one.get("properties")), **mapping(other.get("properties"))}
    required = [*one.get("required", ()), *other.get("required", ())]
    return {
        **({"properties": members} if members else {}),
        **({"required": list(dict.fromkeys(required))} if required else {}),
    }


def _resolved(document: Document, node: object) -> object:
    try:
        return document.resolve(node)
    except KeyError:
        return {}  # the reference has a fault of its own
