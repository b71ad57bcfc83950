"""A value that a caller may send outside of the body."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value that a caller may send, and where."""

    name: str
    place: str
    kind: str
    is_required: bool
    description: str
    schema: Mapping[str, Any]
    """The JSON Schema of its values, with every reference resolved."""
