"""Ask a look-alike in process, without a server, as one of its users or as nobody."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any, Protocol

import httpx
import pytest

from sandbox.lookalike.app import Lookalike
from sandbox.lookalike.limits import UNLIMITED
from sandbox.lookalike.loading import load

CATALOGUE = load()
NOON = datetime(2024, 7, 1, 19, 0, tzinfo=UTC)


class Ask(Protocol):
    def __call__(
        self,
        path: str,
        method: str = "GET",
        headers: Mapping[str, str] = ...,
        body: Any = None,
        **more: Any,
    ) -> httpx.Response: ...


class Time:
    """A wall clock that the test sets."""

    def __init__(self):
        self.now = NOON

    def __call__(self):
        return self.now


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def lookalike(time):
    return Lookalike(CATALOGUE, limits=UNLIMITED, now=time)


@pytest.fixture
def asking():
    def ask_of(app: Any) -> Ask:
        async def send(path, method, **more):
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                return await client.request(method, path, **more)

        def ask(path, method="GET", headers=None, body=None, **more):
            return asyncio.run(send(path, method, headers=headers or {}, json=body, **more))

        return ask

    return ask_of


@pytest.fixture
def ask(asking, lookalike):
    return asking(lookalike)


@pytest.fixture
def as_user(ask):
    def user(token: str) -> Ask:
        return partial(_with_token, ask, token)

    return user


@pytest.fixture
def owner(as_user):
    """Ask as crate_keeper."""
    return as_user("sandbox-token")


@pytest.fixture
def friend(as_user):
    """Ask as vinyl_friend, who sells and hides nothing."""
    return as_user("vinyl-friend-token")


@pytest.fixture
def quiet(as_user):
    """Ask as quiet_collector, who hides everything and cannot sell."""
    return as_user("quiet-collector-token")


def _with_token(ask, token, path, method="GET", body=None, headers=None, **more):
    credential = {"authorization": f"Discogs token={token}"}
    return ask(path, method, headers={**credential, **(headers or {})}, body=body, **more)
