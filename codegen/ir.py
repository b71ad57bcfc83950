"""The intermediate representation: the operations as the templates want them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from codegen import naming
from codegen.agent import Agent
from codegen.parameter import Parameter


@dataclass(frozen=True, slots=True)
class Body:
    """What a caller may send as the body of a request."""

    media_type: str
    is_required: bool
    component: str | None
    """JSON: the component schema that it has to fit."""
    fewest: int
    most: int | None
    """JSON: how many members the object has; a model of its members does not count them."""
    parts: tuple[str, ...]
    """Multipart: the parts that have to be there."""


@dataclass(frozen=True, slots=True)
class Cache:
    """What may be kept of an operation's answers, and what it makes out of date."""

    ttl: int | None = None
    """Seconds; None: nothing is kept."""
    invalidates: tuple[str, ...] = ()
    """The operationIds whose kept answers are out of date after it."""
    is_never: bool = False
    """Whether answers hold personal data, which nobody may keep."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path."""

    operation_id: str
    method: str
    path: str
    tag: str
    summary: str
    parameters: tuple[Parameter, ...]
    require_query: str | None
    agent: Agent | None
    """How it is offered to language models; None: it is not."""
    withheld: str | None
    """Why they do not get it, if the description gives a reason."""
    responses: Mapping[str, Any]
    body: Body | None
    produces: str | None
    """The media type of a successful answer; None: it has no body."""
    needs: str
    """Whom it takes: any `key`, the token of an `account`, or the `owner` of what is asked for."""
    cache: Cache
    is_idempotent: bool

    @property
    def name(self) -> str:
        """The name of the operation's Function and of its row in the log."""
        return naming.snake_case(self.operation_id)

    @property
    def invalidates(self) -> tuple[str, ...]:
        """The names of the operations whose kept answers are out of date after it."""
        return tuple(map(naming.snake_case, self.cache.invalidates))

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
    def agent_name(self) -> str:
        """The name of the Function that answers it to language models."""
        return f"gpt_{self.name}"

    @property
    def agent_path(self) -> str:
        """Its path for language models."""
        return f"/gpt{self.path}"

    @property
    def agent_body(self) -> str:
        """The class that checks the body that a language model sends."""
        return naming.pascal_case(self.operation_id) + "Body"

    @property
    def segments(self) -> tuple[str, ...]:
        """The parts of the path between its slashes."""
        return tuple(self.path.removeprefix("/").split("/"))

    @property
    def methods(self) -> tuple[str, ...]:
        """The verbs of the route; the Functions host answers HEAD only where it is declared."""
        return ("GET", "HEAD") if self.method == "GET" else (self.method,)


@dataclass(frozen=True, slots=True)
class Api:
    """The whole description, ready to be rendered."""

    source: str
    package: str
    """The package that is made."""
    core: str
    """The package that it is made for."""
    operations: tuple[Operation, ...]

    def route(self, operation: Operation) -> str:
        """Write an operation's route as Azure Functions does.

        A whole number that stands where another path has a word takes digits alone: the word, sent
        with a verb that its path lacks, is then no bad number but the catch-all's to refuse.
        """
        whole = {f"{{{p.name}}}" for p in operation.parameters if p.kind == "integer"}
        words = [other.segments for other in self.operations if _meet(operation, other)]
        return "/".join(
            f"{segment[:-1]}:long}}"
            if segment in whole and any(not other[index].startswith("{") for other in words)
            else segment
            for index, segment in enumerate(operation.segments)
        )

    def agent_route(self, operation: Operation) -> str:
        """Write the route of an operation for language models as Azure Functions does."""
        return f"gpt/{self.route(operation)}"

    @property
    def offered(self) -> tuple[tuple[Operation, Agent], ...]:
        """The operations that language models may use, each with how it is offered."""
        return tuple((o, o.agent) for o in self.operations if o.agent)

    def model_path(self, operation: Operation) -> str:
        """Where the class that checks an operation's parameters is found (`module:name`)."""
        return f"{self.package}.parameters:{operation.model}"

    def agent_model_path(self, operation: Operation) -> str:
        """Where the class that checks the parameters of a model is found (`module:name`)."""
        return f"{self.package}.agent_parameters:{operation.model}"

    def agent_body_path(self, operation: Operation) -> str:
        """Where the class that checks the body of a model is found (`module:name`)."""
        return f"{self.package}.agent_bodies:{operation.agent_body}"

    def view_path(self, operation: Operation) -> str:
        """Where the view of an operation's answer is found (`module:name`)."""
        return f"{self.package}.views:{operation.constant}"

    def body_path(self, body: Body) -> str | None:
        """Where the class that checks a JSON body is found (`module:name`)."""
        return body.component and f"{self.package}.bodies:{body.component}"


def _meet(one: Operation, other: Operation) -> bool:
    """Tell whether some path fits both."""
    return len(one.segments) == len(other.segments) and all(
        mine == theirs or mine.startswith("{") or theirs.startswith("{")
        for mine, theirs in zip(one.segments, other.segments, strict=True)
    )
