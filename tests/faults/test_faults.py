"""Claim what each fault of Discogs costs and becomes, over real sockets: one table."""

import asyncio
import gzip
import json
from dataclasses import dataclass, field
from typing import Any

import pytest

from discogs_proxy.chain import chain
from discogs_proxy.exchange import Answer
from discogs_proxy.gateway import Gateway
from discogs_proxy.local_state import local_state
from discogs_proxy.mirror import Mirror
from discogs_proxy.network import Network
from discogs_proxy.operation import Operation
from discogs_proxy.settings import Settings
from tests.faults.support.discogs import (
    BODY,
    JSON,
    ZIPPED,
    Discogs,
    Drip,
    End,
    Pause,
    Step,
    head,
    packed,
    page,
    say,
)
from tests.faults.support.table import ROWS, Row
from tests.proxy.support.operations import DOWNLOAD, KEPT, MESSAGE, ORDER, RATE, REMOVE, STATUS
from tests.proxy.support.rig import ENVIRONMENT, KEY, TOKEN, WRITES, inbound, loop_time
from tests.proxy.support.virtual_time import run

KERNEL_SECONDS = 0.01
HOUR = 3600.0
OK = say()
CHUNKED = head(200, b"Content-Type: application/json", b"Transfer-Encoding: chunked") + b"\r\n"
LONG = head(200, b"Content-Type: application/json", b"Content-Length: 99999") + b"\r\n"
GZIP_LONG = head(200, JSON.rstrip(), b"Content-Encoding: gzip", b"Content-Length: 99999") + b"\r\n"
BOMB = gzip.compress(b" " * 50_000_000, mtime=0)
HEADS = (
    (head(502, b"Content-Type: text/html", b"Content-Length: 99") + b"\r\n",),
    (head(200, JSON.rstrip(), b"Content-Length: 99") + b"\r\n",),
)
NOTE = {"body": b'{"message": "x"}'}
STARS = {"body": b'{"rating": 3}'}


@dataclass(frozen=True)
class Case:
    """A call, what Discogs does with it, and what has to come of it."""

    steps: tuple[Step, ...]
    requests: int
    answer: str
    """Status, and the reason of an error or the X-Cache of what was kept."""
    operation: Operation = STATUS
    changes: dict[str, Any] = field(default_factory=dict)
    deadline: str = "40"
    before: float | None = None
    """So many seconds earlier the same was asked, with success, which is not counted."""
    at_most: float = 40.0
    """Seconds."""


CASES = {
    "nothing goes wrong": Case((OK,), 1, "200", at_most=0),
    "429 once": Case((say(429, b"\n"), OK), 2, "200", at_most=3),
    "429 once, Retry-After 2": Case((say(429, b"\n", b"Retry-After: 2"), OK), 2, "200", at_most=3),
    "429 once, Retry-After as a date 4 s later": Case(
        (
            say(
                *(429, b"\n", b"Date: Fri, 31 Dec 1999 23:59:00 GMT"),
                b"Retry-After: Fri, 31 Dec 1999 23:59:04 GMT",
            ),
            OK,
        ),
        *(2, "200"),
        at_most=5,
    ),
    "429 once, Retry-After junk": Case(
        (say(429, b"\n", b"Retry-After: soon"), OK), 2, "200", at_most=3
    ),
    "429 always, Retry-After 300": Case(
        (say(429, b"\n", b"Retry-After: 300"),), 1, "429 discogs_budget_spent", at_most=0
    ),
    "429 always": Case((say(429, b"\n"),), 3, "429 discogs_budget_spent", at_most=9),
    "429 as a page": Case((page(429), OK), 2, "200", at_most=3),
    "500 once": Case((say(500, b'{"message": "x"}'), OK), 2, "200", at_most=1),
    "500 always": Case((say(500, b'{"message": "x"}'),), 3, "502 upstream_status", at_most=2),
    "502 page once": Case((page(502), OK), 2, "200", at_most=1),
    "502 page always": Case((page(502),), 3, "502 upstream_status", at_most=2),
    "503 empty, Retry-After 3, once": Case(
        (say(503, b"", b"Retry-After: 3"), OK), 2, "200", at_most=4
    ),
    "503 empty, Retry-After 600": Case(
        (say(503, b"", b"Retry-After: 600"),), 1, "503 upstream_status", at_most=0
    ),
    "504 always": Case((say(504, b""),), 3, "502 upstream_status", at_most=2),
    "522 page of Cloudflare once": Case((page(522), OK), 2, "200", at_most=1),
    "403 page of Cloudflare": Case((page(403),), 1, "502 not_json", at_most=0),
    "200 page once": Case((page(), OK), 2, "200", at_most=1),
    "200 page always": Case((page(),), 3, "502 not_json", at_most=2),
    "200 cut JSON once": Case((say(200, BODY[:-9]), OK), 2, "200", at_most=1),
    "200 cut JSON always": Case((say(200, BODY[:-9]),), 3, "502 not_json", at_most=2),
    "200 with NaN in it": Case((say(200, b'{"a": NaN}'), OK), 2, "200", at_most=1),
    "200 empty once": Case((say(200, b""), OK), 2, "200", at_most=1),
    # What is left over spoils the second request on that connection.
    "Content-Length too short": Case(
        ((head(200, JSON.rstrip(), b"Content-Length: 100") + b"\r\n" + BODY,), OK),
        *(3, "200"),
        at_most=1,
    ),
    "Content-Length too long, then the end": Case(((LONG + BODY, End.CLOSE), OK), 2, "200"),
    "reset before a word, once": Case(((End.RESET,), OK), 2, "200", at_most=1),
    "reset before a word, always": Case(((End.RESET,),), 3, "502 unreachable", at_most=2),
    "reset in the body": Case(((LONG + BODY, End.RESET), OK), 2, "200", at_most=1),
    "end in the middle of a chunk": Case(((CHUNKED + b"400\r\n{", End.CLOSE), OK), 2, "200"),
    "chunks that are none": Case(((CHUNKED + b"zz\r\n",), OK), 2, "200", at_most=1),
    "gzip cut, lengths agree": Case((packed(ZIPPED[:40]), OK), 2, "200", at_most=1),
    "gzip corrupt": Case((packed(ZIPPED[:-8] + b"\0" * 8), OK), 2, "200", at_most=1),
    "plain said to be gzip": Case((packed(BODY), OK), 2, "200", at_most=1),
    "gzip bomb of 50 MB": Case((packed(BOMB),), 1, "502 too_large", at_most=0),
    "bomb within a bomb": Case(
        (say(200, gzip.compress(BOMB), b"Content-Encoding: gzip, gzip"),), 1, "502 bad_encoding"
    ),
    "encoding nobody asked for": Case(
        (say(200, BODY, b"Content-Encoding: br"),), 1, "502 bad_encoding"
    ),
    "redirect to another host": Case(
        (say(302, b"", b"Location: http://127.0.0.1:9/"),), 1, "502 upstream_status"
    ),
    "not HTTP at all": Case(((b"SSH-2.0-OpenSSH_9.6\r\n\r\n",), OK), 2, "200", at_most=1),
    "300 KB of headers": Case(((head(200, b"X: " + b"x" * 300_000), End.CLOSE), OK), 2, "200"),
    "NUL in a header": Case(((head(200, b"X: a\0b") + b"\r\n",), OK), 2, "200", at_most=1),
    "silence once": Case(((Pause(),), OK), 2, "200", at_most=16),
    "silence always": Case(((Pause(),),), 3, "504 deadline"),
    "silence in the body": Case(((LONG + BODY, Pause()), OK), 2, "200", at_most=16),
    "header that drips": Case(((head(200), Drip(b"X")),), 1, "504 deadline"),
    "body that drips": Case(((LONG, Drip(b" ")),), 1, "504 deadline"),
    "chunks that drip": Case(((CHUNKED, Drip(b"1\r\n \r\n")),), 1, "504 deadline"),
    "gzip that drips": Case(
        ((GZIP_LONG + ZIPPED[:20], Drip(ZIPPED[20:21])), OK), 1, "504 deadline"
    ),
    "silence, deadline 3 s": Case(((Pause(),),), 1, "504 deadline", deadline="3", at_most=3),
    "HEAD, 502 page once": Case(HEADS, 2, "200", changes={"method": "HEAD"}, at_most=1),
    "download that is a page, once": Case(
        (page(), say(200, b"id\n1\n", kind=b"Content-Type: text/csv")), 2, "200", DOWNLOAD
    ),
    "private answer cut, once": Case((say(200, BODY[:-9]), OK), 2, "200", ORDER),
    "our token refused": Case(
        (say(401, b'{"message": "Invalid consumer token."}'),), 1, "502 credential_refused"
    ),
    "404 with its message": Case((say(404, b'{"message": "no"}'),), 1, "404"),
    "404 page": Case((page(404),), 1, "502 not_json"),
    "POST reset": Case(((End.RESET,), OK), 1, "502 unreachable", MESSAGE, NOTE),
    "POST, silence": Case(((Pause(),), OK), 1, "504 no_answer", MESSAGE, NOTE, at_most=16),
    "POST 500": Case((say(500, b"{}"), OK), 1, "502 upstream_status", MESSAGE, NOTE),
    "POST 429 once": Case((say(429, b"\n"), say(201)), 2, "201", MESSAGE, NOTE, at_most=3),
    "PUT reset once": Case(((End.RESET,), OK), 2, "200", RATE, STARS, at_most=1),
    "DELETE 502 page once": Case((page(502), say(204, b"")), 2, "204", REMOVE, at_most=1),
    "kept an hour ago, 500 always": Case(
        (say(500, b"{}"),), 3, "200 STALE", KEPT, before=HOUR, at_most=5
    ),
    "kept an hour ago, silence": Case(((Pause(),),), 1, "200 STALE", KEPT, before=HOUR, at_most=5),
    "kept an hour ago, reset always": Case(
        ((End.RESET,),), 3, "200 STALE", KEPT, before=HOUR, at_most=5
    ),
    "kept an hour ago, 429 Retry-After 300": Case(
        (say(429, b"\n", b"Retry-After: 300"),), 1, "200 STALE", KEPT, before=HOUR, at_most=1
    ),
    "kept an hour ago, gone": Case(
        (say(404, b'{"message": "no"}'),), 1, "404", KEPT, before=HOUR, at_most=1
    ),
    "kept six hours ago, 500 always": Case(
        (say(500, b"{}"),), 3, "502 upstream_status", KEPT, before=6 * HOUR, at_most=2
    ),
    "kept a minute ago, silence": Case(((Pause(),),), 0, "200 HIT", KEPT, before=60, at_most=0),
}


class Outcome:
    """Everything that came of one case."""

    def __init__(self, answer: Answer, seconds: float, heads: list[bytes]):
        self.answer = answer
        self.seconds = seconds
        self.heads = heads

    @property
    def words(self) -> str:
        """Say in short what the answer is."""
        told = self.answer.header("x-cache")
        if self.answer.status >= 400 and b'"trace_id"' in self.answer.body:
            told = json.loads(self.answer.body)["reason"]
        return str(self.answer.status) if told in {None, "MISS"} else f"{self.answer.status} {told}"


async def meet(case: Case) -> Outcome:
    discogs = Discogs.of((OK, *case.steps) if case.before is not None else case.steps)
    server = await asyncio.start_server(discogs.serve, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    settings = Settings.from_environment(
        {**ENVIRONMENT, **WRITES, "DISCOGS_BASE_URL": address, "DEADLINE_SECONDS": case.deadline}
    )
    network = Network(settings.discogs_base_url, settings.user_agent)
    state = local_state(settings, loop_time, lambda: 0.5)
    send = chain(
        network.send, settings, state, clock=loop_time, sleep=asyncio.sleep, random=lambda: 0.5
    )
    gateway = Gateway(settings, send, loop_time, lambda: "n" * 32, state.quotas)
    if case.before is not None:
        await gateway.answer(Mirror(case.operation), inbound(case.operation, **case.changes))
        discogs.heads.clear()
        await asyncio.sleep(case.before)
    started = loop_time()
    answer = await gateway.answer(Mirror(case.operation), inbound(case.operation, **case.changes))
    outcome = Outcome(answer, loop_time() - started, discogs.heads)
    await network.close()
    server.close()
    await _end_all()
    return outcome


async def _end_all() -> None:
    served = asyncio.all_tasks() - {asyncio.current_task()}
    for task in served:
        task.cancel()
    await asyncio.gather(*served, return_exceptions=True)
    await asyncio.sleep(0)


@pytest.mark.parametrize("name", CASES)
def test_a_fault_costs_and_becomes_what_the_table_says(name, caplog):
    caplog.set_level("DEBUG")
    case = CASES[name]

    outcome = run(meet(case), kernel_seconds=KERNEL_SECONDS)

    deadline = float(case.deadline)
    ROWS.append(Row(name, len(outcome.heads), outcome.words, outcome.seconds, deadline))
    assert (len(outcome.heads), outcome.words) == (case.requests, case.answer)
    assert outcome.seconds <= min(deadline, case.at_most) + 0.001
    written = caplog.text + repr(outcome.answer.headers) + outcome.answer.body.decode()
    for secret in (TOKEN, KEY):
        assert secret not in written
    assert b"<" not in outcome.answer.body
    if outcome.answer.status in {429, 503, 504}:
        # A change of which nobody knows the end is not to be asked for again at any time.
        is_known = b"Whether it did what was asked is not known" not in outcome.answer.body
        assert (int(outcome.answer.header("retry-after") or 0) > 0) == is_known


def test_there_are_faults_enough():
    assert len(CASES) >= 30
