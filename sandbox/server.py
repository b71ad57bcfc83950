"""ASGI applications served on loopback sockets until they are told to stop."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator, Sequence
from typing import Any

import uvicorn


class Server(uvicorn.Server):
    """A server that says when it answers, and leaves signals to whoever started it."""

    def __init__(self, app: Any) -> None:  # noqa: ANN401 - uvicorn takes any ASGI application
        super().__init__(
            uvicorn.Config(app, log_config=None, access_log=False, server_header=False)
        )
        self.ready = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take no signal, so that several servers can share a process."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        self.ready.set()


def bind(port: int) -> socket.socket:
    """Return a socket that listens on a loopback port; 0 picks a free one. Raise `OSError`."""
    # Only where the protocol is named does asyncio switch Nagle's delay of 40 ms off.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError:
        listener.close()
        raise
    return listener


async def serve(
    servers: Sequence[tuple[Server, socket.socket]], started: asyncio.Event, stop: asyncio.Event
) -> None:
    """Run the servers side by side: set `started` once all of them answer, end after `stop`."""
    tasks = [asyncio.create_task(one.serve([listener])) for one, listener in servers]
    for one, _ in servers:
        await one.ready.wait()
    started.set()
    await stop.wait()
    for one, _ in servers:
        one.should_exit = True
    await asyncio.gather(*tasks)
