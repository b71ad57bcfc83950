"""Put the look-alike together as an ASGI application."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Mapping, MutableMapping
from functools import partial
from typing import Any

from sandbox.lookalike.answers import Answer, RefusalError, encoded, html_answer, refusal, too_many
from sandbox.lookalike.call import Call
from sandbox.lookalike.catalogue import Catalogue
from sandbox.lookalike.command import Controls
from sandbox.lookalike.control import PREFIX, control
from sandbox.lookalike.credentials import Tier, credential, holders, tier_of
from sandbox.lookalike.faults import BAD_CREDENTIAL, BREAKAGES, Faults
from sandbox.lookalike.limits import Clock, RateLimits, RateWindows
from sandbox.lookalike.loading import load
from sandbox.lookalike.markup import media_of
from sandbox.lookalike.memory.memory import remember
from sandbox.lookalike.memory.seeds import load_seeds
from sandbox.lookalike.memory.soundness import check_seeds
from sandbox.lookalike.request import Request, Scope, read_request
from sandbox.lookalike.routes.table import ROUTER
from sandbox.lookalike.search_index import entries
from sandbox.lookalike.timestamps import Now, stamp, utc_now
from sandbox.lookalike.view import Holdings, View

TOKEN = "sandbox-token"  # noqa: S105  # opens nothing but the sandbox
OWNER = "crate_keeper"
TOKENS = {
    TOKEN: OWNER,
    "vinyl-friend-token": "vinyl_friend",
    "quiet-collector-token": "quiet_collector",
}
CONSUMERS = {"sandbox-key": "sandbox-secret"}
REMEMBERED = 1000
LARGEST_BODY = 262_144

Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
Wait = Callable[[], Awaitable[object]]


DISCOGS_LIMITS = RateLimits()
AN_HOUR: Wait = partial(asyncio.sleep, 3600)


class ConnectionDroppedError(ConnectionResetError):
    """Stand for a connection that ends before the answer; a server has to close it."""


class Lookalike:
    """Answer like api.discogs.com, remember what changes, and fail on demand.

    Tokens say whose they are; where only their names are given, all belong to the owner of TOKEN.
    """

    def __init__(
        self,
        catalogue: Catalogue | None = None,
        *,
        tokens: Mapping[str, str] | Collection[str] = TOKENS,
        clock: Clock = time.monotonic,
        now: Now = utc_now,
        limits: RateLimits = DISCOGS_LIMITS,
        wait: Wait = AN_HOUR,
    ) -> None:
        self.catalogue = catalogue or load()
        self.faults = Faults()
        self.requests: deque[Request] = deque(maxlen=REMEMBERED)
        self._seeds = load_seeds()
        check_seeds(self._seeds, self.catalogue)
        self.memory = remember(self._seeds)
        self._entries = list(entries(self.catalogue))
        self._holders = holders(tokens, OWNER)
        self._windows = RateWindows(limits, clock)
        self._wait, self._now = wait, now

    def reset(self) -> None:
        """Forget everything that has changed since the start."""
        self.memory = remember(self._seeds)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one ASGI scope."""
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "http":
            body = await _body(receive)
            request = read_request(scope, body)
            result = await self._result(request, receive)
            await _send(result, request, send)

    async def _result(self, request: Request, receive: Receive) -> Answer:
        if request.path.startswith(PREFIX):
            return control(request, self._controls())
        self.requests.append(request)
        if not request.headers.get("user-agent"):
            return html_answer(403, "Access denied", "This client did not say its name.")
        return await self._counted(request, receive)

    def _controls(self) -> Controls:
        return Controls(
            faults=self.faults,
            memory=self.memory,
            catalogue=self.catalogue,
            reset=self.reset,
            owner=OWNER,
            now=stamp(self._now()),
        )

    async def _counted(self, request: Request, receive: Receive) -> Answer:
        tier = tier_of(request, self._holders, CONSUMERS)
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
        sound = self._sound(request, tier)
        return (BREAKAGES[fault](sound) if fault else sound).having(usage.headers())

    def _sound(self, request: Request, tier: Tier) -> Answer:
        if tier == "refused":
            return refusal(401, BAD_CREDENTIAL)
        if len(request.body) > LARGEST_BODY:
            return refusal(413, "The request body is too large.")
        try:
            route, names = ROUTER.find(request.method, request.path)
            return route(self._call(request, tier, names))
        except RefusalError as error:
            return error.answer

    def _call(self, request: Request, tier: Tier, names: Mapping[str, str]) -> Call:
        token = credential(request).get("token", "") if tier == "user" else ""
        caller = self.memory.users.known(self._holders[token]) if token else None
        held = Holdings(self.memory, caller.username) if caller else None
        media = media_of(request.headers.get("accept", ""))
        return Call(
            request=request,
            view=View(self.catalogue, tier, media, held),
            memory=self.memory,
            entries=self._entries,
            caller=caller,
            now=stamp(self._now()),
            names=names,
        )


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
    """Return the body, and of one that is too large no more than shows it."""
    body = b""
    while True:
        event = await receive()
        body += bytes(event.get("body", b""))[: LARGEST_BODY + 1 - len(body)]
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
