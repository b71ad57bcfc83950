"""How an operation is offered to language models."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from codegen.parameter import Parameter


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the JSON body that a model may send."""

    name: str
    origin: str
    """The name that it goes out under."""
    is_required: bool
    description: str
    schema: Mapping[str, Any]
    """The JSON Schema of its values: one type, with every reference resolved."""


@dataclass(frozen=True, slots=True)
class Unless:
    """What is asked before a write, so that it does not do twice what was done."""

    constant: str
    """The Python constant of the operation that reads what is there."""
    rows: str
    override: str


@dataclass(frozen=True, slots=True)
class Agent:
    """What a language model is told of an operation, what it may send, and what it gets."""

    description: str
    is_consequential: bool
    parameters: tuple[Parameter, ...]
    """Those of the operation with their tighter limits, then those of the face itself."""
    members: tuple[Member, ...]
    """Those of the body; none: no body is offered."""
    defaults: tuple[tuple[str, str], ...]
    """Query parameters that go out where the model sends none, and their texts."""
    groups: tuple[str, ...]
    """What a caller may include in the answer, `all` apart."""
    rows: str | None
    page: str | None
    unless: Unless | None
    since: str
    done: str
    present: str
    gone: str
    hints: tuple[tuple[int, str], ...]

    @property
    def renames(self) -> tuple[tuple[str, str], ...]:
        """The members that go out under another name, with that name."""
        return tuple((m.name, m.origin) for m in self.members if m.name != m.origin)

    @property
    def includes(self) -> bool:
        """Whether a caller may ask for more of the answer than it shows."""
        return any(parameter.name == INCLUDE for parameter in self.parameters)


INCLUDE, CONTINUE = "include", "continue_from"
"""The query parameters that the face itself takes."""
