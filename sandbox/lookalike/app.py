"""Put the look-alike together as an ASGI application."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Mapping, MutableMapping
from functools import partial
from typing import Any

from sandbox.lookalike.answers import Answer, RefusalError, encoded, html_answer, refusal, too_many
from sandbox.lookalike.catalogue import Catalogue
from sandbox.lookalike.control import PREFIX, control
from sandbox.lookalike.credentials import credential, tier_of
from sandbox.lookalike.faults import BAD_CREDENTIAL, BREAKAGES, Faults
from sandbox.lookalike.limits import Clock, RateLimits, RateWindows
from sandbox.lookalike.loading import load
from sandbox.lookalike.markup import media_of
from sandbox.lookalike.request import Request, Scope, read_request
from sandbox.lookalike.routes import answer
from sandbox.lookalike.search_index import entries
from sandbox.lookalike.view import View

TOKEN = "sandbox-token"  # noqa: S105  # opens nothing but the sandbox
CONSUMERS = {"sandbox-key": "sandbox-secret"}
REMEMBERED = 1000
LARGEST_BODY = 65_536

Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
Wait = Callable[[], Awaitable[object]]


DISCOGS_LIMITS = RateLimits()
AN_HOUR: Wait = partial(asyncio.sleep, 3600)


class ConnectionDroppedError(ConnectionResetError):
    """Stand for a connection that ends before the answer; a server has to close it."""


class Lookalike:
    """Answer like api.discogs.com, remember the requests, and fail on demand."""

    def __init__(
        self,
        catalogue: Catalogue | None = None,
        *,
        tokens: Collection[str] = (TOKEN,),
        consumers: Mapping[str, str] = CONSUMERS,
        clock: Clock = time.monotonic,
        limits: RateLimits = DISCOGS_LIMITS,
        wait: Wait = AN_HOUR,
    ) -> None:
        self.catalogue = catalogue or load()
        self.faults = Faults()
        self.requests: deque[Request] = deque(maxlen=REMEMBERED)
        self._entries = list(entries(self.catalogue))
        self._tokens, self._consumers = tokens, consumers
        self._windows = RateWindows(limits, clock)
        self._wait = wait

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one ASGI scope."""
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "http":
            request = read_request(scope)
            result = await self._result(request, receive)
            await _send(result, request, send)

    async def _result(self, request: Request, receive: Receive) -> Answer:
        body = await _body(receive)
        if request.path.startswith(PREFIX):
            return control(request.method, request.path, body, self.faults)
        self.requests.append(request)
        if not request.headers.get("user-agent"):
            return html_answer(403, "Access denied", "This client did not say its name.")
        return await self._counted(request, receive)

    async def _counted(self, request: Request, receive: Receive) -> Answer:
        tier = tier_of(request, self._tokens, self._consumers)
        known = credential(request) if tier in ("user", "consumer") else {}
        caller = f"{request.client} {tier} {known.get('token') or known.get('key')}"
        usage = self._windows.take(caller, has_credential=tier != "anonymous")
        if usage.is_over:
            return too_many().having(usage.headers())
        fault = self.faults.take()
        if fault == "drop":
            raise ConnectionDroppedError(request.target)
        if fault == "hang":
            await _first_of(self._wait(), _disconnected(receive))
        view = View(self.catalogue, tier, media_of(request.headers.get("accept", "")))
        sound = self._sound(request, view)
        return (BREAKAGES[fault](sound) if fault else sound).having(usage.headers())

    def _sound(self, request: Request, view: View) -> Answer:
        if view.tier == "refused":
            return refusal(401, BAD_CREDENTIAL)
        try:
            return answer(request, view, self._entries)
        except RefusalError as error:
            return error.answer


def create() -> Lookalike:
    """Return a look-alike over the bundled catalogue."""
    return Lookalike()


async def _first_of(*waits: Awaitable[object]) -> None:
    tasks = [asyncio.ensure_future(each) for each in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _body(receive: Receive) -> bytes:
    body = b""
    while True:
        event = await receive()
        body += bytes(event.get("body", b""))[: LARGEST_BODY - len(body)]
        if not event.get("more_body"):
            return body


async def _live(receive: Receive, send: Send) -> None:
    while True:
        event = await receive()
        await send({"type": f"{event['type']}.complete"})
        if event["type"] == "lifespan.shutdown":
            return


async def _send(result: Answer, request: Request, send: Send) -> None:
    ready = encoded(result, request.headers.get("accept-encoding", ""))
    headers = [
        (name.encode("latin-1"), value.encode("latin-1")) for name, value in ready.headers.items()
    ]
    body = b"" if request.method == "HEAD" else ready.body
    await send({"type": "http.response.start", "status": ready.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
