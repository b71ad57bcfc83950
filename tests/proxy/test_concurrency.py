"""More calls than connections, over real sockets."""

import asyncio
import contextlib
from collections import Counter

from discogs_proxy.chain import CONCURRENT_CALLS
from discogs_proxy.concurrency import with_concurrency
from discogs_proxy.credential import with_credential
from discogs_proxy.deadline import with_deadline
from discogs_proxy.errors import ProxyError
from discogs_proxy.network import Network
from tests.proxy.support.operations import request
from tests.proxy.support.rig import loop_time
from tests.proxy.support.virtual_time import run

KERNEL_SECONDS = 0.1
"""No deadline passes while anything is under way, however busy the machine is."""
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"


class Upstream:
    """A server that answers, or keeps silent while `silent` is set."""

    def __init__(self):
        self.silent = False
        self.connections = 0
        self.asked = 0
        self.writers = []

    async def serve(self, reader, writer):
        self.connections += 1
        self.writers.append(writer)
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                await reader.readuntil(b"\r\n\r\n")
                self.asked += 1
                if not self.silent:
                    writer.write(ANSWER)

    async def close(self):
        for writer in self.writers:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()


async def with_upstream(scenario):
    upstream = Upstream()
    server = await asyncio.start_server(upstream.serve, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    network = Network(address, "Tests/1")
    try:
        return await scenario(network, upstream)
    finally:
        await network.close()
        server.close()
        await upstream.close()


async def outcomes(send, count):
    async def one():
        try:
            return (await send(request())).status
        except ProxyError as error:
            return error.error

    return Counter(await asyncio.gather(*(one() for _ in range(count))))


async def crowd(send, turns):
    """Let a hundred callers ask, and leave all at once after so many turns of the loop."""
    calls = [asyncio.create_task(send(request())) for _ in range(100)]
    for _ in range(turns):
        await asyncio.sleep(0)
    for call in calls:
        call.cancel()
    await asyncio.gather(*calls, return_exceptions=True)


def test_calls_work_again_after_crowds_that_left_at_any_moment():
    async def scenario(network, _):
        send = with_concurrency(with_credential(network.send, "t"), CONCURRENT_CALLS)
        for turns in range(20):
            await crowd(send, turns)
        return await outcomes(with_deadline(send, 20, loop_time), 50)

    assert run(with_upstream(scenario), kernel_seconds=KERNEL_SECONDS) == {200: 50}


def test_calls_work_again_after_a_storm_that_discogs_met_with_silence():
    async def scenario(network, upstream):
        send = with_concurrency(with_credential(network.send, "t"), CONCURRENT_CALLS)
        upstream.silent = True
        for _ in range(4):
            storm = await outcomes(with_deadline(send, 0.2, loop_time), 100)
            assert storm == {"timeout": 100}
        upstream.silent = False
        return await outcomes(with_deadline(send, 20, loop_time), 50)

    assert run(with_upstream(scenario), kernel_seconds=KERNEL_SECONDS) == {200: 50}


def test_calls_beyond_the_limit_wait_their_turn_and_are_answered():
    async def scenario(network, upstream):
        send = with_concurrency(network.send, CONCURRENT_CALLS)
        counted = await outcomes(send, CONCURRENT_CALLS * 5)
        return counted, upstream.connections

    counted, connections = run(with_upstream(scenario), kernel_seconds=KERNEL_SECONDS)

    assert counted == {200: CONCURRENT_CALLS * 5}
    assert connections <= CONCURRENT_CALLS


def test_calls_one_after_the_other_share_one_connection():
    async def scenario(network, upstream):
        for _ in range(20):
            await network.send(request())
        return upstream.asked, upstream.connections

    assert run(with_upstream(scenario), kernel_seconds=KERNEL_SECONDS) == (20, 1)
