"""The operations offered to language models as the tests use them: each by its own example."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from discogs_api.agent_operations import AGENT_OPERATIONS
from discogs_proxy.agent_operation import AgentOperation
from tests.described import EXAMPLES, Example
from tests.shipped_app import KEY, ROOT, Served

ACTION: dict[str, Any] = json.loads(
    (ROOT / "generated" / "gpt-action" / "openapi.json").read_text(encoding="utf-8")
)
PREFIX = "/api/gpt"


@dataclass(frozen=True)
class Offered:
    """An operation of the Action spec, with the example of the one that it stands for."""

    agent: AgentOperation
    operation: Mapping[str, Any]
    example: Example
    changes: Mapping[str, Any] = field(default_factory=dict)
    """Members of the body beside the example's."""

    @property
    def name(self) -> str:
        """The operation's id."""
        return str(self.operation["operationId"])

    @property
    def parameters(self) -> dict[str, Mapping[str, Any]]:
        """What a model may send beside the body."""
        return {parameter["name"]: parameter for parameter in self.operation["parameters"]}

    @property
    def body(self) -> dict[str, Any]:
        """The example's body, its members under the names that a model knows."""
        if "requestBody" not in self.operation:
            return {}
        names = {origin: name for name, origin in self.agent.renames}
        members = json.loads(self.example.body or b"{}")
        content = self.operation["requestBody"]["content"]["application/json"]
        offered = content["schema"]["properties"]
        renamed = {names.get(name, name): value for name, value in members.items()}
        return {**{name: renamed[name] for name in renamed if name in offered}, **self.changes}

    @property
    def answer(self) -> Mapping[str, Any]:
        """The schema of its answer."""
        return self.operation["responses"]["200"]["content"]["application/json"]["schema"]

    def values(self) -> dict[str, Any]:
        """Return everything that a model would send."""
        return {**self.example.path_values, **self.example.query, **self.body}

    def send(self, served: Served, given: Mapping[str, Any] | None = None) -> httpx.Response:
        """Make the call."""
        target = self.example.target(given).replace("/api", PREFIX, 1)
        headers, content = {"x-api-key": KEY}, b""
        if self.body:
            headers["content-type"], content = "application/json", json.dumps(self.body).encode()
        return served.request(self.example.method, target, headers, content)


def _offered() -> list[Offered]:
    agents = {(a.face.method, a.operation.path): a for a in AGENT_OPERATIONS}
    examples = {example.operation["operationId"]: example for example in EXAMPLES}
    return [
        Offered(agents[method.upper(), path], operation, examples[operation["operationId"]])
        for path, methods in ACTION["paths"].items()
        for method, operation in methods.items()
    ]


OFFERED = _offered()
