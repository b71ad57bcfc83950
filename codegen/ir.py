"""The intermediate representation: the operations as the templates want them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from codegen import naming


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


@dataclass(frozen=True, slots=True)
class Agent:
    """What a language model is told of an operation, and what it may send."""

    description: str
    parameters: tuple[str, ...]
    is_consequential: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path."""

    operation_id: str
    method: str
    path: str
    summary: str
    parameters: tuple[Parameter, ...]
    require_query: str | None
    agent: Agent | None
    responses: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The name of the operation's Function and of its row in the log."""
        return naming.snake_case(self.operation_id)

    @property
    def constant(self) -> str:
        """The name of the Python constant that describes the operation."""
        return self.name.upper()

    @property
    def entity(self) -> str:
        """What the operation is about, in one word."""
        return naming.entity(self.name)

    @property
    def model(self) -> str:
        """The class that checks the operation's parameters."""
        return naming.pascal_case(self.operation_id) + "Parameters"

    @property
    def route(self) -> str:
        """The route as Azure Functions writes it."""
        return self.path.removeprefix("/")

    @property
    def methods(self) -> tuple[str, ...]:
        """The verbs of the route; the Functions host answers HEAD only where it is declared."""
        return ("GET", "HEAD") if self.method == "GET" else (self.method,)


@dataclass(frozen=True, slots=True)
class Api:
    """The whole description, ready to be rendered."""

    source: str
    package: str
    operations: tuple[Operation, ...]

    def model_path(self, operation: Operation) -> str:
        """Where the class that checks an operation's parameters is found (`module:name`)."""
        return f"{self.package}.parameters:{operation.model}"
