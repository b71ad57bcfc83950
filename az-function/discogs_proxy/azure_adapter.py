"""Between Azure Functions' request and response objects and the core's own."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

import azure.functions as func

from discogs_proxy.agent_operation import AgentOperation
from discogs_proxy.exchange import Answer, Inbound
from discogs_proxy.gateway import Gateway
from discogs_proxy.mirror import Made, Mirror
from discogs_proxy.operation import Operation
from discogs_proxy.state import State
from discogs_proxy.turns import Turns

Handle: TypeAlias = Callable[[Operation, func.HttpRequest], Awaitable[func.HttpResponse]]
"""What a generated route of the mirror calls."""
AgentHandle: TypeAlias = Callable[[AgentOperation, func.HttpRequest], Awaitable[func.HttpResponse]]
"""What a generated route for language models calls."""


def handler(gateway: Gateway, made: Made) -> Handle:
    """Return the handler that all routes of the mirror share, and what it made before."""

    async def handle(operation: Operation, request: func.HttpRequest) -> func.HttpResponse:
        return response(await gateway.answer(Mirror(operation, made), inbound(request)))

    return handle


def agent_handler(gateway: Gateway, state: State, now: Callable[[], float]) -> AgentHandle:
    """Return the handler that all routes for language models share; `now` is the wall clock."""
    turns = Turns()

    async def handle(operation: AgentOperation, request: func.HttpRequest) -> func.HttpResponse:
        # No start of the app pays for what only the first call of a model needs.
        from discogs_proxy.agent import Agent  # noqa: PLC0415

        agent = Agent(operation, state.budget.left, now, turns)
        return response(await gateway.answer(agent, inbound(request)))

    return handle


def inbound(request: func.HttpRequest) -> Inbound:
    """Take what the core needs of a request; `request.params` lost blanks and duplicates."""
    return Inbound(
        method=request.method.upper(),
        url=request.url,
        headers={name.lower(): value for name, value in request.headers.items()},
        route_params=dict(request.route_params),
        body=request.get_body(),
    )


def response(answer: Answer) -> func.HttpResponse:
    """Hand an answer to the host."""
    return func.HttpResponse(
        answer.body, status_code=answer.status, headers=dict(answer.headers), mimetype=None
    )
