"""What the proxy can be asked to forward, as the generated code describes it."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a caller may send: where it stands and how its text is read."""

    name: str
    place: Literal["path", "query", "header"]
    kind: Literal["string", "integer", "number", "boolean"]


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of the description."""

    name: str
    entity: str
    """What it is about, in one word, for the log."""
    method: str
    path: str
    """The path template, such as `/artists/{artist_id}`."""
    parameters: tuple[Parameter, ...]
    model: str
    """The Pydantic model that checks the parameters, as `module:name`; loaded at its first use."""
    require_query: str | None
    """The reason given in a 400 when no declared query parameter is sent; None: none is needed."""
