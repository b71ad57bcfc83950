"""Which parts of a JSON Schema are schemas themselves."""

from collections.abc import Callable, Iterator
from typing import Any

from codegen.document import Document, join, mapping

NAMED = ("dependentSchemas", "patternProperties", "properties")
LISTED = ("allOf", "anyOf", "oneOf", "prefixItems")
SINGLE = (
    "additionalProperties", "contains", "contentSchema", "else", "if", "items", "not",
    "propertyNames", "then", "unevaluatedItems", "unevaluatedProperties",
)  # fmt: skip
APPLICATORS = frozenset((*NAMED, *LISTED, *SINGLE))
# Those that look at the same value as the schema that holds them.
IN_PLACE = frozenset((*LISTED[:3], "dependentSchemas", "else", "if", "not", "then"))


def schemas(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every Schema Object of the description, nested ones too, with its pointer."""
    components = mapping(document.root.get("components"))
    for name, schema in mapping(components.get("schemas")).items():
        yield from nested(schema, join("/components/schemas", name))
    for pointer, node in document.objects:
        yield from nested(node.get("schema"), join(pointer, "schema"))


def nested(
    schema: Any,  # noqa: ANN401 - whatever stands there
    pointer: str,
    within: frozenset[str] = APPLICATORS,
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield a schema and the schemas below it that the given keywords hold."""
    if not isinstance(schema, dict):
        return
    yield pointer, schema
    for keyword, value in schema.items():
        below = join(pointer, keyword)
        if keyword not in within:
            continue
        if keyword in NAMED:
            for name, part in mapping(value).items():
                yield from nested(part, join(below, name), within)
        elif keyword in LISTED:
            for index, part in enumerate(value if isinstance(value, list) else []):
                yield from nested(part, join(below, index), within)
        else:
            yield from nested(value, below, within)


def rebuild(schema: Any, change: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - a schema or a boolean
    """Return a schema with each schema right below it changed."""
    if not isinstance(schema, dict):
        return schema
    return {keyword: _rebuilt(keyword, value, change) for keyword, value in schema.items()}


def _rebuilt(keyword: str, value: Any, change: Callable[[Any], Any]) -> Any:  # noqa: ANN401
    if keyword in NAMED and isinstance(value, dict):
        return {name: change(part) for name, part in value.items()}
    if keyword in LISTED and isinstance(value, list):
        return [change(part) for part in value]
    return change(value) if keyword in SINGLE else value


def less(schema: Any, is_dropped: Callable[[str], bool]) -> Any:  # noqa: ANN401
    """Return a schema without some keywords, at every depth."""
    if not isinstance(schema, dict):
        return schema
    kept = {keyword: value for keyword, value in schema.items() if not is_dropped(keyword)}
    return rebuild(kept, lambda part: less(part, is_dropped))
