"""A Discogs that answers by script and remembers what it was asked."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass

import httpx


class Silence:
    """A step of a script: the request is taken and never answered."""


@dataclass(frozen=True)
class Reply:
    """A step of a script: an answer, its body in raw chunks; a chunk that is an error is raised."""

    status: int = 200
    chunks: tuple[bytes | BaseException | Silence, ...] = (b'{"id": 1}',)
    headers: tuple[tuple[str, str] | tuple[bytes, bytes], ...] = (
        ("Content-Type", "application/json"),
    )

    def response(self) -> httpx.Response:
        """Make a response whose body is unread, as a connection would."""
        return httpx.Response(self.status, headers=self.headers, stream=_Chunks(self.chunks))


def reply(body: object = None, status: int = 200, **headers: str) -> Reply:
    """Answer with a body (bytes as they are, all else as JSON); `x_y=` adds the header X-Y."""
    if body is None:
        body = {"id": 1}
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    names = {"content_type": "application/json", **headers}
    pairs = ((name.replace("_", "-"), value) for name, value in names.items())
    return Reply(status, (content,) if content else (), tuple(pairs))


HTML = reply(b"<!DOCTYPE html><title>Attention Required!</title>", content_type="text/html")


@dataclass(frozen=True)
class Late:
    """A step of a script: an answer after some seconds."""

    seconds: float
    reply: Reply


Step = Reply | BaseException | Silence | Late


class Upstream(httpx.AsyncBaseTransport):
    """Plays a script, one step a request, and repeats the last step for ever."""

    def __init__(self, steps: Iterable[Step]):
        self._steps = list(steps) or [reply()]
        self.requests: list[httpx.Request] = []
        self.responses: list[httpx.Response] = []

    @property
    def targets(self) -> list[str]:
        """Return path and query of each request, as they would stand on the wire."""
        return [request.url.raw_path.decode("ascii") for request in self.requests]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Take the next step."""
        self.requests.append(request)
        step = self._steps.pop(0) if len(self._steps) > 1 else self._steps[0]
        if isinstance(step, Silence):
            await asyncio.Event().wait()
        if isinstance(step, BaseException):
            raise step
        if isinstance(step, Late):
            await asyncio.sleep(step.seconds)
            step = step.reply
        assert isinstance(step, Reply)
        self.responses.append(step.response())
        return self.responses[-1]


class _Chunks(httpx.AsyncByteStream):
    def __init__(self, chunks: Iterable[bytes | BaseException | Silence]):
        self._chunks = chunks

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self._chunks:
            if isinstance(chunk, Silence):
                await asyncio.sleep(3600)
            elif isinstance(chunk, BaseException):
                raise chunk
            else:
                yield chunk
