"""What the proxy can be asked to forward, as the generated code describes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple, TypeAlias

Place: TypeAlias = Literal["path", "query", "header"]


class Parameter(NamedTuple):
    """A value that a caller may send: where it stands and how its text is read."""

    name: str
    place: Place
    kind: Literal["string", "integer", "number", "boolean"]


@dataclass(frozen=True, slots=True)
class Body:
    """What a caller may send as the body of a request."""

    media_type: Literal["application/json", "multipart/form-data"]
    is_required: bool
    model: str | None = None
    """JSON: the Pydantic model that checks it, as `module:name`; loaded at its first use."""
    fewest: int = 0
    """JSON: how many members the object has at least (`minProperties`)."""
    most: int | None = None
    """JSON: how many members the object has at most (`maxProperties`)."""
    parts: tuple[str, ...] = ()
    """Multipart: the names of the parts that have to be there."""


@dataclass(frozen=True)
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
    body: Body | None = None
    """None: the operation takes no body."""
    produces: str | None = "application/json"
    """The media type of a successful answer; None when it has no body."""
    is_idempotent: bool = True
    """Whether asking twice does no more than asking once (RFC 9110, section 9.2.2)."""
    is_private: bool = False
    """Whether answers hold personal data, which no cache on the way may keep."""
    cache_seconds: int | None = None
    """For how long an answer may be given again; None: not at all."""
    invalidates: tuple[str, ...] = ()
    """The names of the operations whose answers this one changes."""

    @cached_property
    def declared(self) -> Mapping[Place, Mapping[str, Parameter]]:
        """Its parameters by place and name."""
        places: tuple[Place, ...] = ("path", "query", "header")
        return {at: {p.name: p for p in self.parameters if p.place == at} for at in places}
