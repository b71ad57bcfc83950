"""The query parameters that the agent face takes itself, beside those of the upstream."""

from collections.abc import Mapping, Sequence
from typing import Any

from codegen.agent import CONTINUE, INCLUDE
from codegen.parameter import Parameter

_ALL = "all"
_POSITION = r"^[a-z_]+(\.[a-z_]+)*:[0-9]{1,9}$"
_LONGEST_POSITION = 100


def include(groups: Sequence[str]) -> Parameter:
    """Return what brings back more of an answer: some of the groups, or all there is."""
    if not groups:
        schema: Mapping[str, Any] = {"type": "string", "enum": [_ALL]}
        words = "all: the whole, long answer. Leave it out otherwise."
        return _query(INCLUDE, schema, words)
    choice = "|".join((*groups, _ALL))
    words = (
        f"What to add to the short answer, separated by commas: {', '.join(groups)}. all: the "
        "whole, long answer. Leave it out unless needed."
    )
    return _query(INCLUDE, {"type": "string", "pattern": f"^({choice})(,({choice}))*$"}, words)


def continue_from() -> Parameter:
    """Return what reads on where an answer was cut."""
    schema = {"type": "string", "maxLength": _LONGEST_POSITION, "pattern": _POSITION}
    words = (
        "After an answer that was truncated: its continue_from, with the other parameters as "
        "before. Leave it out otherwise."
    )
    return _query(CONTINUE, schema, words)


def override(name: str, description: str) -> Parameter:
    """Return the flag that does a write although it was done already."""
    return _query(name, {"type": "boolean", "default": False}, description)


def _query(name: str, schema: Mapping[str, Any], description: str) -> Parameter:
    return Parameter(
        name, "query", schema["type"], is_required=False, description=description, schema=schema
    )
