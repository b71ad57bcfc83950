"""Serve one function app and answer the requests that arrive on standard input, a JSON line each.

An app can be indexed once in a process, so every app of the tests gets a process of its own. This
script needs no test tools, so that any interpreter with the project's run-time packages can run it.
"""

import asyncio
import json
import logging
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx

from sandbox.host.app import FunctionsHost
from sandbox.host.settings import apply_local_settings


class _LogLines(logging.Handler):
    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage())


async def serve(script_root: Path) -> None:
    apply_local_settings(script_root, os.environ)
    host, log = FunctionsHost(script_root), _LogLines()
    logging.getLogger().addHandler(log)
    to_host, from_host = asyncio.Queue(), asyncio.Queue()
    lifespan = asyncio.create_task(host({"type": "lifespan"}, to_host.get, from_host.put))
    await to_host.put({"type": "lifespan.startup"})
    started = await from_host.get()
    _write(started)
    if started["type"] == "lifespan.startup.complete":
        await host.start()
        for line in sys.stdin:
            log.lines.clear()
            answer = await _exchange(host, json.loads(line))
            _write(answer | {"log": list(log.lines)})
        await to_host.put({"type": "lifespan.shutdown"})
        await from_host.get()
    await lifespan


async def _exchange(host: FunctionsHost, question: dict) -> dict:
    body = question["body"].encode()
    request = httpx.Request(
        question["method"],
        httpx.URL("http://host.test").copy_with(raw_path=question["target"].encode()),
        headers=question["headers"],
        content=_chunks(body) if question["is_chunked"] else body,
    )
    response = await httpx.ASGITransport(app=host).handle_async_request(request)
    return {
        "status": response.status_code,
        "headers": response.headers.multi_items(),
        "body": (await response.aread()).decode(),
    }


async def _chunks(body: bytes) -> AsyncIterator[bytes]:
    yield body[:1]
    yield body[1:]


def _write(message: dict) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
