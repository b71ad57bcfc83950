"""Claim that what goes wrong on a real connection never becomes a partial answer."""

import asyncio
import contextlib
import gzip
import json
import logging
from dataclasses import dataclass, field
from enum import Enum

import pytest

from discogs_api.operations import SEARCH
from discogs_proxy.chain import chain
from discogs_proxy.gateway import Gateway
from discogs_proxy.local_state import local_state
from discogs_proxy.mirror import Mirror
from discogs_proxy.network import Network
from discogs_proxy.settings import Settings
from tests.proxy.support.operations import STATUS
from tests.proxy.support.rig import ENVIRONMENT, TOKEN, inbound, loop_time

BODY = b'{"id": 1, "name": "' + b"x" * 500 + b'"}'
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
WHOLE = HEAD + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY
ZIPPED = gzip.compress(BODY)
GZIP = HEAD + b"Content-Encoding: gzip\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


class End(Enum):
    """A step on the wire: the connection ends in order, or is reset."""

    CLOSE = "close"
    RESET = "reset"


@dataclass
class Drip:
    """A step on the wire: these bytes now and then, for ever."""

    data: bytes


@dataclass
class Discogs:
    """A server that says the same to each request, byte for byte, and keeps what it read."""

    steps: tuple[bytes | End | Drip, ...]
    heads: list[bytes] = field(default_factory=list)

    async def serve(self, reader, writer):
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                await self._talk(reader, writer)
        finally:
            writer.transport.abort()

    async def _talk(self, reader, writer):
        while True:
            self.heads.append(await reader.readuntil(b"\r\n\r\n"))
            for step in self.steps:
                if step is End.CLOSE:
                    writer.close()
                    await writer.wait_closed()
                if isinstance(step, End):
                    return
                await self._say(writer, step)

    async def _say(self, writer, step):
        while isinstance(step, Drip):
            writer.write(step.data)
            await writer.drain()
            await asyncio.sleep(0.005)
        writer.write(step)
        await writer.drain()


def over_the_wire(*steps, calls=1, deadline="2", operation=STATUS, query=""):
    """Ask a real server, and return the answers with what the server read."""

    async def no_wait(_seconds):
        await asyncio.sleep(0)

    async def ask():
        discogs = Discogs(steps)
        server = await asyncio.start_server(discogs.serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        settings = Settings.from_environment(
            {
                **ENVIRONMENT,
                "DISCOGS_BASE_URL": f"http://127.0.0.1:{port}",
                "DEADLINE_SECONDS": deadline,
            }
        )
        network = Network(settings.discogs_base_url, settings.user_agent)
        state = local_state(settings, loop_time, lambda: 0.0)
        send = chain(
            network.send, settings, state, clock=loop_time, sleep=no_wait, random=lambda: 0.0
        )
        gateway = Gateway(settings, send, loop_time, lambda: "n" * 32, state.quotas)
        answers = [
            await gateway.answer(Mirror(operation), inbound(operation, query)) for _ in range(calls)
        ]
        await network.close()
        server.close()
        # A connection whose task is cancelled before it begins would stay open.
        await asyncio.sleep(0)
        served = asyncio.all_tasks() - {asyncio.current_task()}
        for task in served:
            task.cancel()
        await asyncio.gather(*served, return_exceptions=True)
        await asyncio.sleep(0)
        return answers, discogs.heads

    return asyncio.run(ask())


def outcome(answer):
    content = json.loads(answer.body)
    return (answer.status, content["reason"]) if "reason" in content else (answer.status, content)


@pytest.mark.parametrize(
    "steps",
    [
        (WHOLE,),
        (CHUNKED + b"%x\r\n" % len(BODY) + BODY + b"\r\n0\r\n\r\n",),
        (HEAD + b"Connection: close\r\n\r\n" + BODY, End.CLOSE),
        (GZIP + b"Content-Length: %d\r\n\r\n" % len(ZIPPED) + ZIPPED,),
        (WHOLE[:50], WHOLE[50:200], WHOLE[200:]),
    ],
    ids=["length", "chunked", "until close", "gzip", "in parts"],
)
def test_a_whole_answer_arrives_whole(steps):
    answers, heads = over_the_wire(*steps, calls=2)

    assert [(answer.status, answer.body) for answer in answers] == [(200, BODY)] * 2
    assert len(heads) == 2


@pytest.mark.parametrize(
    ("steps", "reason", "attempts"),
    [
        ((End.CLOSE,), "unreachable", 3),
        ((End.RESET,), "unreachable", 3),
        ((HEAD[:20], End.RESET), "unreachable", 3),
        ((WHOLE[:-100], End.RESET), "unreachable", 3),
        ((WHOLE[:-100], End.CLOSE), "unreachable", 3),
        ((CHUNKED + b"400\r\n" + BODY, End.CLOSE), "unreachable", 3),
        ((CHUNKED + b"zz\r\n" + BODY,), "unreachable", 3),
        ((GZIP + b"Content-Length: 20\r\n\r\n" + ZIPPED[:20],), "unreachable", 3),
        ((GZIP + b"Content-Length: 5\r\n\r\n" + ZIPPED[:5],), "unreachable", 3),
        ((GZIP + WHOLE[len(HEAD) :],), "unreachable", 3),
        ((b"SSH-2.0-OpenSSH_9.6\r\n\r\n",), "unreachable", 3),
        ((HEAD + b"X: " + b"x" * 300_000, End.CLOSE), "unreachable", 3),
        ((HEAD + b"X: a\x00b\r\n\r\n",), "unreachable", 3),
        ((HEAD + b"Content-Length: 9\r\nContent-Length: 8\r\n\r\n123456789",), "unreachable", 3),
        ((HEAD + b"Content-Length: 100\r\n\r\n" + BODY,), "not_json", 3),
        ((HEAD + b"Content-Length: 0\r\n\r\n",), "not_json", 3),
        ((HEAD + b"Connection: close\r\n\r\n" + BODY[:-100], End.CLOSE), "not_json", 3),
    ],
)
def test_a_broken_answer_is_a_502(steps, reason, attempts):
    answers, heads = over_the_wire(*steps)

    assert outcome(answers[0]) == (502, reason)
    assert len(heads) == attempts


def test_a_length_that_is_too_short_does_not_spoil_the_next_call():
    answers, _ = over_the_wire(HEAD + b"Content-Length: 2\r\n\r\n{}" + BODY, calls=2)

    assert [outcome(answer) for answer in answers] == [(200, {}), (200, {})]


@pytest.mark.parametrize(
    "steps",
    [
        (Drip(b"H"),),
        (HEAD, Drip(b"X")),
        (HEAD + b"Content-Length: 99999\r\n\r\n", Drip(b" ")),
        (CHUNKED, Drip(b"1\r\n \r\n")),
        (GZIP + b"Content-Length: 99999\r\n\r\n" + ZIPPED[:20], Drip(ZIPPED[20:21])),
    ],
    ids=["first line", "header", "body", "chunks", "gzip"],
)
def test_a_dripping_answer_ends_at_the_deadline(steps):
    answers, heads = over_the_wire(*steps, deadline="0.1")

    assert outcome(answers[0]) == (504, "deadline")
    assert len(heads) <= 1


def test_nobody_listening_is_a_502():
    async def ask():
        server = await asyncio.start_server(lambda _r, _w: None, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        server.close()
        settings = Settings.from_environment(
            {**ENVIRONMENT, "DISCOGS_BASE_URL": f"http://127.0.0.1:{port}"}
        )
        network = Network(settings.discogs_base_url, settings.user_agent)
        state = local_state(settings, loop_time, lambda: 0.0)
        send = chain(
            network.send, settings, state, clock=loop_time, sleep=asyncio.sleep, random=lambda: 0.0
        )
        gateway = Gateway(settings, send, loop_time, lambda: "n" * 32, state.quotas)
        answer = await gateway.answer(Mirror(STATUS), inbound(STATUS))
        await network.close()
        return answer

    assert outcome(asyncio.run(ask())) == (502, "unreachable")


def test_the_bytes_on_the_wire_are_these():
    _, heads = over_the_wire(WHOLE, operation=SEARCH, query="q=%2e%2e%2f%0d%0aX:+1&token=x")
    head = heads[0].decode().split("\r\n")

    assert head[0] == "GET /database/search?q=..%2F%0D%0AX%3A%201 HTTP/1.1"
    assert sorted(line.split(":")[0] for line in head[1:] if line) == [
        "Accept",
        "Accept-Encoding",
        "Authorization",
        "Connection",
        "Host",
        "User-Agent",
    ]


def test_the_libraries_below_log_nothing_of_it(caplog):
    caplog.set_level("DEBUG")
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.NOTSET)

    answers, _ = over_the_wire(WHOLE, operation=SEARCH, query="q=canary-query-value")

    assert answers[0].status == 200
    assert {record.name for record in caplog.records} <= {"discogs_proxy", "asyncio"}
    for secret in (TOKEN, "canary-query-value", "xxxxx"):
        assert secret not in caplog.text
