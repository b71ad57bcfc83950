"""Serve a function app folder over ASGI with the routing and the rules of the Functions host."""

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from sandbox.host.errors import HostError
from sandbox.host.request import read_request
from sandbox.host.response import Answer, HostResponse, answer_for, render
from sandbox.host.router import Router, build_router, kestrel_path
from sandbox.host.settings import enter_script_root, has_homepage, read_http_settings, script_name
from sandbox.host.worker import IndexedFunction, Outcome, Worker
from sandbox.host.workers import choose_worker

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_HOMEPAGE = Answer(
    HTTPStatus.OK,
    {"content-type": "text/html"},
    body=b"<!DOCTYPE html><title>Functions</title><p>Your Functions host is up and running.</p>\n",
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Running:
    worker: Worker
    router: Router
    custom_headers: Mapping[str, str]
    homepage: Answer


class FunctionsHost:
    """Serve one function app; a process can host only one, because indexing happens once."""

    def __init__(self, script_root: Path) -> None:
        self._script_root = script_root.resolve()
        self._starting = asyncio.Lock()
        self._running: _Running | None = None

    async def start(self) -> None:
        """Index the function app unless that is done, or raise HostError."""
        async with self._starting:
            if self._running is None:
                self._running = await _start(self._script_root)

    @property
    def functions(self) -> tuple[IndexedFunction, ...]:
        """The functions being served, in the order in which their routes are tried."""
        return self._running.router.functions if self._running else ()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one ASGI connection."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] != "http":
            raise HostError(f"the host serves HTTP, not {scope['type']}")
        elif self._running is None:
            raise HostError("start the host before sending it requests")
        else:
            response = await _respond(self._running, scope, receive)
            if response is not None:
                await _send(response, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        try:
            await self.start()
        except HostError as error:
            await send({"type": "lifespan.startup.failed", "message": str(error)})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        if self._running is not None:
            self._running.worker.stop()
        await send({"type": "lifespan.shutdown.complete"})


async def _start(script_root: Path) -> _Running:
    http_settings = read_http_settings(script_root)
    enter_script_root(script_root)
    if not (script_root / script_name()).is_file():
        raise HostError(f"{script_root}: there is no {script_name()} to index")
    worker = choose_worker(script_root)
    functions = await worker.start()
    if not functions:
        raise HostError(f"{script_root}: no HTTP function was found; is a blueprint unregistered?")
    return _Running(
        worker=worker,
        router=build_router(functions, http_settings.route_prefix),
        custom_headers=http_settings.custom_headers,
        homepage=_HOMEPAGE if has_homepage() else Answer(HTTPStatus.NO_CONTENT),
    )


async def _respond(running: _Running, scope: Scope, receive: Receive) -> HostResponse | None:
    method, path = scope["method"], kestrel_path(scope["raw_path"])
    matched = running.router.match(method, path)
    if matched is None:
        answer = running.homepage if path == "/" else Answer(HTTPStatus.NOT_FOUND)
        return render(answer, method=method, custom_headers=running.custom_headers)
    body = await _collect_body(receive)
    if body is None:
        return None
    function, route_params = matched
    request = read_request(scope, path=path, route_params=route_params, body=body)
    outcome = await running.worker.invoke(function, request)
    return _finish(outcome, function.name, method=method, custom_headers=running.custom_headers)


async def _collect_body(receive: Receive) -> bytes | None:
    chunks = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        chunks.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(chunks)


def _finish(
    outcome: Outcome, name: str, *, method: str, custom_headers: Mapping[str, str]
) -> HostResponse:
    if outcome.failure is None:
        try:
            return render(answer_for(outcome), method=method, custom_headers=custom_headers)
        except ValueError:  # a status or a header that HTTP cannot carry
            outcome = Outcome(failure=traceback.format_exc())
    _log.error("Executed 'Functions.%s' (Failed)\n%s", name, outcome.failure)
    return render(answer_for(outcome), method=method, custom_headers=custom_headers)


async def _send(response: HostResponse, send: Send) -> None:
    start = {"type": "http.response.start", "status": response.status}
    await send({**start, "headers": list(response.headers)})
    await send({"type": "http.response.body", "body": response.body})
