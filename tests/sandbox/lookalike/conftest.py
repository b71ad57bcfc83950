"""Ask a look-alike in process, without a server."""

import asyncio
from collections.abc import Mapping
from typing import Any, Protocol

import httpx
import pytest

from sandbox.lookalike.app import Lookalike
from sandbox.lookalike.limits import UNLIMITED
from sandbox.lookalike.loading import load

CATALOGUE = load()


class Ask(Protocol):
    def __call__(
        self, path: str, method: str = "GET", headers: Mapping[str, str] = ..., body: Any = None
    ) -> httpx.Response: ...


@pytest.fixture
def lookalike():
    return Lookalike(CATALOGUE, limits=UNLIMITED)


@pytest.fixture
def asking():
    def ask_of(app: Any) -> Ask:
        async def send(path, method, headers, body):
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                return await client.request(method, path, headers=headers, json=body)

        def ask(path, method="GET", headers=None, body=None):
            return asyncio.run(send(path, method, headers or {}, body))

        return ask

    return ask_of


@pytest.fixture
def ask(asking, lookalike):
    return asking(lookalike)
