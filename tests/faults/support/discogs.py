"""A Discogs over a real socket that goes wrong by script, one step for each request."""

import asyncio
import contextlib
import gzip
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

BODY = b'{"id": 1, "name": "' + b"x" * 500 + b'"}'
JSON = b"Content-Type: application/json\r\n"
BUDGET = b"X-Discogs-Ratelimit: 60\r\nX-Discogs-Ratelimit-Used: 1\r\n"


class End(Enum):
    """The connection ends, in order or not."""

    CLOSE = "close"
    RESET = "reset"


@dataclass(frozen=True)
class Drip:
    """These bytes every half second, for ever."""

    data: bytes


@dataclass(frozen=True)
class Pause:
    """Nothing for so many seconds."""

    seconds: float = 1_000_000.0


Part = bytes | End | Drip | Pause
Step = tuple[Part, ...]


def head(status: int = 200, *lines: bytes) -> bytes:
    """Write status line and headers, without the blank line that ends them."""
    return b"HTTP/1.1 %d X\r\n" % status + b"".join(line + b"\r\n" for line in lines)


def say(status: int = 200, body: bytes = BODY, *lines: bytes, kind: bytes = JSON) -> Step:
    """Answer as HTTP wants it."""
    length = b"Content-Length: %d" % len(body)
    return (head(status, kind.rstrip(), length, *lines) + b"\r\n" + body,)


def page(status: int = 200) -> Step:
    """Answer with a page for people."""
    return say(status, b"<!DOCTYPE html><title>One moment</title>", kind=b"Content-Type: text/html")


def packed(content: bytes) -> Step:
    """Answer with these bytes, said to be gzip."""
    return say(200, content, b"Content-Encoding: gzip")


ZIPPED = gzip.compress(BODY, mtime=0)


@dataclass
class Discogs:
    """Play a script, one step a request, the last one for ever, and keep what was asked."""

    steps: list[Step]
    heads: list[bytes] = field(default_factory=list)
    _writers: list[asyncio.StreamWriter] = field(default_factory=list)

    @classmethod
    def of(cls, steps: Iterable[Step]) -> "Discogs":
        return cls(list(steps))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.append(writer)
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                await self._talk(reader, writer)
        finally:
            writer.transport.abort()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            self.heads.append(await self._request(reader))
            step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
            for part in step:
                if part is End.CLOSE:
                    writer.close()
                    await writer.wait_closed()
                if isinstance(part, End):
                    return
                await self._say(writer, part)

    async def _request(self, reader: asyncio.StreamReader) -> bytes:
        asked = await reader.readuntil(b"\r\n\r\n")
        for line in asked.lower().split(b"\r\n"):
            if line.startswith(b"content-length:"):
                await reader.readexactly(int(line.partition(b":")[2]))
        return asked

    async def _say(self, writer: asyncio.StreamWriter, part: Part) -> None:
        while isinstance(part, Drip):
            writer.write(part.data)
            await writer.drain()
            await asyncio.sleep(0.5)
        if isinstance(part, Pause):
            await asyncio.sleep(part.seconds)
        if isinstance(part, bytes):
            writer.write(part)
            await writer.drain()
