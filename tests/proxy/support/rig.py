"""The whole core put together in front of a scripted upstream, with nothing real around it."""

import asyncio
import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

from discogs_proxy.agent import Agent
from discogs_proxy.agent_operation import AgentOperation
from discogs_proxy.chain import chain
from discogs_proxy.exchange import Answer, Inbound
from discogs_proxy.gateway import Gateway
from discogs_proxy.local_state import local_state
from discogs_proxy.measuring import MeasuredCircuit, with_telemetry
from discogs_proxy.mirror import Made, Mirror
from discogs_proxy.network import Network
from discogs_proxy.operation import Operation
from discogs_proxy.recent import Recent
from discogs_proxy.settings import Settings
from discogs_proxy.state import State
from discogs_proxy.telemetry import SILENT, Telemetry
from discogs_proxy.turns import Turns
from tests.proxy.support.drift import watched
from tests.proxy.support.upstream import Step, Upstream
from tests.proxy.support.virtual_time import run

TOKEN = "canary-discogs-token-5d1f"
KEY = "canary-client-key-a83e"
ENVIRONMENT = {"DISCOGS_TOKEN": TOKEN, "X_API_KEY": KEY}
KEYED = {"x-api-key": KEY}
WRITES = {"ALLOW_WRITES": "true"}
NOW = 1_767_323_045.0
"""2026-01-02T03:04:05Z."""


def loop_time() -> float:
    """Tell the time of the running loop, which is virtual in most tests."""
    return asyncio.get_running_loop().time()


@dataclass
class Waits:
    """Remember what was waited for, and let virtual time pass."""

    seconds: list[float] = field(default_factory=list)

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(seconds)


@dataclass
class Proxy:
    """A gateway, its upstream, and what it waited for."""

    gateway: Gateway
    upstream: Upstream
    waits: Waits
    state: State
    made: Made
    turns: Turns = field(default_factory=Turns)

    def ask(self, operation: Operation, query: str = "", **changes: Any) -> Answer:
        """Ask for an operation and return the answer; `changes` are those of `inbound`."""
        return run(
            self.gateway.answer(Mirror(operation, self.made), inbound(operation, query, **changes))
        )

    def agent(self, offered: AgentOperation) -> Agent:
        """Return an operation as a language model meets it; the wall clock stands still."""
        return Agent(offered, self.state.budget.left, lambda: NOW, self.turns)

    def consult(self, offered: AgentOperation, query: str = "", **changes: Any) -> Answer:
        """Ask for an operation as a language model does."""
        return run(
            self.gateway.answer(self.agent(offered), inbound(offered.face, query, **changes))
        )


def proxy(
    *steps: Step,
    settings: Mapping[str, str] | None = None,
    random: float = 0.5,
    telemetry: Telemetry = SILENT,
    **overrides: Any,
) -> Proxy:
    """Put a gateway in front of a script."""
    read = Settings.from_environment({**ENVIRONMENT, **(settings or {})})
    upstream, waits = Upstream(steps), Waits()
    network = Network(read.discogs_base_url, read.user_agent, transport=upstream)
    state = local_state(read, loop_time, lambda: random)
    numbers = itertools.count(1)
    parts: dict[str, Any] = {
        "send": chain(
            with_telemetry(watched(network.send, read, random, loop_time, telemetry), telemetry),
            read,
            replace(state, circuit=MeasuredCircuit(state.circuit, telemetry)),
            clock=loop_time,
            sleep=waits,
            random=lambda: random,
        ),
        "quotas": state.quotas,
        "telemetry": telemetry,
        "clock": loop_time,
        "new_id": lambda: f"{next(numbers):032x}",
        **overrides,
    }
    made: Made = Recent(read.presented_bytes)
    return Proxy(Gateway(read, **parts), upstream, waits, state, made)


def inbound(
    operation: Operation,
    query: str = "",
    *,
    values: Mapping[str, str] | None = None,
    headers: Mapping[str, str] = KEYED,
    method: str | None = None,
    body: bytes = b"",
) -> Inbound:
    """Make the request that the host would hand over; path values are decoded, the query raw.

    A body of an operation that takes JSON says so, unless `headers` say otherwise.
    """
    if body and headers is KEYED and operation.body is not None:
        headers = {**KEYED, "content-type": operation.body.media_type}
    if values is None:
        values = {p.name: "1" for p in operation.parameters if p.place == "path"}
    path = operation.path
    for name, value in values.items():
        path = path.replace("{" + name + "}", quote(value, safe=""))
    question = f"?{query}" if query else ""
    url = f"https://proxy.test/api{path}{question}"
    return Inbound(method or operation.method, url, headers, values, body)


def envelope(answer: Answer) -> dict[str, Any]:
    """Read the error envelope of an answer."""
    content = json.loads(answer.body)
    assert answer.header("content-type") == "application/json"
    assert {"error", "reason", "message", "trace_id"} <= content.keys()
    return content
