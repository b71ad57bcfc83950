"""Let uvicorn serve the look-alike, dropped connections included."""

from collections.abc import Awaitable, Callable

from sandbox.lookalike.app import ConnectionDroppedError, Lookalike, Receive, Send, create
from sandbox.lookalike.request import Scope

Application = Callable[[Scope, Receive, Send], Awaitable[object]]


def served(lookalike: Lookalike | None = None) -> Application:
    """Return an application that makes uvicorn close a dropped connection unanswered.

    uvicorn answers an exception with a 500, but a returned value makes it hang up without a word.
    """
    lookalike = lookalike or create()

    async def application(scope: Scope, receive: Receive, send: Send) -> object:
        try:
            await lookalike(scope, receive, send)
        except ConnectionDroppedError:
            return "a connection dropped on demand"
        return None

    return application
