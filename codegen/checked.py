"""Which keywords of a JSON Schema the models of what callers send hold values against."""

from collections.abc import Iterator, Mapping, Set
from typing import Any

from codegen.reach import component

_OF_NUMBERS = ("exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf")
_LIMITS_BY_TYPE = {
    "array": frozenset({"items", "maxItems", "minItems"}),
    "integer": frozenset(_OF_NUMBERS),
    "number": frozenset(_OF_NUMBERS),
    "string": frozenset({"maxLength", "minLength", "pattern"}),
}
_LISTABLE = ("boolean", "integer", "string")  # Python's `Literal` takes no fractions
NOTES = frozenset(
    """$comment contentEncoding contentMediaType default deprecated description example examples
    externalDocs format title""".split()  # noqa: SIM905 - a word a line is a page
)
"""Keywords for readers: nothing is held against them."""


def checked(schema: Mapping[str, Any]) -> frozenset[str]:
    """Return the keywords of a schema that values are held against."""
    if component(schema) is not None:
        return frozenset({"$ref"})
    if "type" not in schema:
        return frozenset({"anyOf"})
    types = [kind for kind in listed(schema["type"]) if kind != "null"]
    if len(types) != 1:
        return frozenset({"type"})  # each would take the limits of the others
    if "const" in schema or "enum" in schema:
        choice = "const" if "const" in schema else "enum"
        return frozenset({"type", choice} if types[0] in _LISTABLE else {"type"})
    return frozenset({"type"}) | _LIMITS_BY_TYPE.get(types[0], frozenset())


def unknown(schema: Mapping[str, Any], known: Set[str]) -> Iterator[str]:
    """Yield the keywords of a schema that are not among the known ones and claim to be checked."""
    return (key for key in schema if key not in known and not key.startswith("x-"))


def listed(types: object) -> list[str]:
    """Return the types that `type` names."""
    if isinstance(types, list):
        return [str(kind) for kind in types]
    return [] if types is None else [str(types)]
