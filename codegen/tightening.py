"""What agents may send: a name, or a name with limits that are tighter for them."""

from collections.abc import Iterator, Mapping
from typing import Any

from codegen.document import mapping

Entry = tuple[str, Mapping[str, Any]]
"""A name, and what is said of it for agents."""

_FLOORS = ("exclusiveMinimum", "minLength", "minimum")
_CEILINGS = ("exclusiveMaximum", "maxLength", "maximum")
LIMITS = (*_FLOORS, *_CEILINGS, "enum")
"""The keywords of a schema that may be tighter for agents."""


def entries(listed: object) -> Iterator[Entry]:
    """Yield what a list names, with what it says of it; whatever is badly shaped is left out."""
    for item in listed if isinstance(listed, list) else ():
        if isinstance(item, str):
            yield item, {}
        elif isinstance(item, dict) and len(item) == 1:
            ((name, said),) = item.items()
            yield str(name), mapping(said)


def tightened(schema: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """Return a schema with what is said for agents in the place of what it says itself."""
    return {**schema, **{key: said[key] for key in (*LIMITS, "default") if key in said}}


def looser(schema: Mapping[str, Any], said: Mapping[str, Any]) -> Iterator[str]:
    """Yield each limit said for agents that lets through what the schema refuses."""
    for key in (key for key in LIMITS if key in said and key in schema):
        if _is_looser(key, schema[key], said[key]):
            yield key


def _is_looser(key: str, own: Any, theirs: Any) -> bool:  # noqa: ANN401 - a keyword's values
    if key == "enum":
        return any(value not in own for value in theirs)
    return bool(theirs < own if key in _FLOORS else theirs > own)
