"""Claim that an identity gets in by tokens, stays in when they end, and shows them to nobody."""

import asyncio
import itertools
import json
import logging
import time

import pytest
from redis.exceptions import AuthenticationError

from discogs_proxy import managed_identity
from discogs_proxy.managed_identity import TokenRefused
from discogs_proxy.redis_credentials import Credentials, connect
from discogs_proxy.redis_store import Store
from discogs_proxy.state_address import Identity
from discogs_proxy.store_link import Link, Unreachable
from tests.proxy.support.redis_server import reached

USER = "11111111-2222-3333-4444-555555555555"
CLIENT = "66666666-7777-8888-9999-000000000000"
SECRET = "canary-identity-secret"
DAY = 24 * 3600.0


class Azure:
    """The endpoint where an app gets its tokens: each is a new one, that Redis knows then."""

    def __init__(self, admit, lasts=DAY):
        self.admit = admit
        self.lasts = lasts
        self.status = 200
        self.heads = []
        self.tokens = []

    async def __aenter__(self):
        self._server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        self.endpoint = f"http://127.0.0.1:{port}/msi/token"
        return self

    async def __aexit__(self, *_):
        self._server.close()

    def identity(self, client_id=None):
        return Identity(USER, client_id, self.endpoint, SECRET)

    async def _answer(self, reader, writer):
        self.heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
        token = f"canary-token-{len(self.tokens)}"
        if self.status == 200:
            self.tokens.append(token)
            await self.admit(token)
        ends = str(int(time.time() + self.lasts))
        body = json.dumps({"access_token": token, "expires_on": ends, "token_type": "Bearer"})
        head = f"HTTP/1.1 {self.status} X\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write((head + body).encode())
        await writer.drain()
        writer.close()


class Waits:
    """Sleeps that end when the test says so."""

    def __init__(self):
        self.seconds = []
        self._ends, self._begins = asyncio.Event(), asyncio.Event()

    async def __call__(self, seconds):
        self.seconds.append(seconds)
        self._begins.set()
        await self._ends.wait()
        self._ends.clear()

    async def end(self):
        """End the sleep that there is, and wait for the next one to begin."""
        await self._begins.wait()
        self._begins.clear()
        self._ends.set()
        await self._begins.wait()

    def free(self):
        """End the last one, after which nobody waits for the next."""
        self._ends.set()


def admitting(server):
    """Return who tells Redis that a token is the only password of the user from now on."""

    async def admit(token):
        keeper = connect(server.url, None, asyncio.sleep, time.time)
        await keeper.execute_command(
            "ACL", "SETUSER", USER, "on", "resetpass", f">{token}", "~*", "&*", "+@all"
        )
        await keeper.aclose()

    return admit


def said_nothing_secret(caplog):
    """Tell whether no token and no secret is in anything that was logged, debugging included."""
    return SECRET not in caplog.text and "canary-token" not in caplog.text


async def ended(client):
    """Close a client and what it does behind everybody's back."""
    provider = client.connection_pool.connection_kwargs["credential_provider"]
    provider.close()
    await client.aclose()


@pytest.mark.parametrize("client_id", [None, CLIENT])
def test_a_token_is_asked_for_as_azure_wants_it(client_id):
    async def nothing(_token):
        return None

    async def ask():
        async with Azure(nothing) as azure:
            token = await managed_identity.token(
                azure.identity(client_id), "https://redis.azure.com"
            )
            return token, azure.heads[0]

    token, head = asyncio.run(ask())

    which = "" if client_id is None else f"&client_id={client_id}"
    asked = f"?api-version=2019-08-01&resource=https%3A%2F%2Fredis.azure.com{which} HTTP/1.1"
    assert head.splitlines()[0] == f"GET /msi/token{asked}"
    assert f"x-identity-header: {SECRET}" in head.lower()
    assert token.text == "canary-token-0"
    assert 0 < token.ends - time.time() <= DAY
    assert "canary" not in repr(token)


def test_the_identity_gets_in_and_open_connections_are_shown_each_new_token(redis_server, caplog):
    caplog.set_level(logging.DEBUG)

    async def go():
        waits = Waits()
        async with Azure(admitting(redis_server)) as azure:
            url = f"redis://127.0.0.1:{redis_server.port}/0"
            client = connect(url, azure.identity(), waits, time.time)
            first = await client.acl_whoami(), await client.client_id()
            await waits.end()
            later = await client.acl_whoami(), await client.client_id()
            # Connections are opened by HELLO: an AUTH is of one that was open already.
            shown = (await client.info("commandstats"))["cmdstat_auth"]
            await ended(client)
            return first, later, shown, azure.tokens, waits.seconds

    first, later, shown, tokens, waited = asyncio.run(go())

    assert first == later
    assert (shown["calls"], shown["failed_calls"]) == (1, 0)
    assert first[0] == USER
    assert tokens == ["canary-token-0", "canary-token-1"]
    assert waited[0] == pytest.approx(DAY / 2, abs=5)
    assert said_nothing_secret(caplog)


def test_the_instances_of_an_identity_share_their_state(redis_server):
    async def go():
        numbers = itertools.count()
        async with Azure(admitting(redis_server)) as azure:
            url = f"redis://127.0.0.1:{redis_server.port}/0"
            client = connect(url, azure.identity(), Waits(), time.time)
            store = Store(client, "owner", lambda: str(next(numbers)), lambda: 0.5)
            await store.ping()
            await ended(client)
            return len(azure.tokens)

    assert asyncio.run(go()) == 1


@pytest.mark.parametrize("lasts", [170.0, -5.0])
def test_a_token_that_ends_soon_lets_no_new_connection_in(lasts):
    got = []

    async def new_token():
        got.append(lasts if not got else DAY)
        return managed_identity.Token(f"canary-token-{len(got)}", got[-1])

    async def go():
        credentials = Credentials(USER, new_token, asyncio.sleep, lambda: 0.0)
        return [await credentials.get_credentials_async() for _ in range(3)]

    shown = asyncio.run(go())

    assert shown == [(USER, "canary-token-1"), (USER, "canary-token-2"), (USER, "canary-token-2")]


def test_a_crowd_of_new_connections_asks_for_one_token():
    asked = []

    async def new_token():
        asked.append(1)
        await asyncio.sleep(0)
        return managed_identity.Token("canary-token", DAY)

    async def go():
        credentials = Credentials(USER, new_token, asyncio.sleep, lambda: 0.0)
        await asyncio.gather(*(credentials.get_credentials_async() for _ in range(8)))

    asyncio.run(go())

    assert len(asked) == 1


def test_no_token_is_no_caller_s_concern_and_is_got_later(redis_server, caplog):
    caplog.set_level(logging.DEBUG)

    async def go():
        async with Azure(admitting(redis_server)) as azure:
            azure.status = 500
            url = f"redis://127.0.0.1:{redis_server.port}/0"
            client = connect(url, azure.identity(), Waits(), time.time)
            store = Store(client, "owner", lambda: "id", lambda: 0.5)
            waits = Waits()
            link = Link(store.ping, waits)
            with pytest.raises(Unreachable):
                await link.ask(store.ping)
            await waits.end()
            azure.status = 200
            waits.free()
            await reached(link)
            await ended(client)

    asyncio.run(go())

    said = [message for message in caplog.messages if message.startswith("shared_state")]
    assert said == [
        "shared_state reachable=false error_type=TokenRefused",
        "shared_state reachable=true",
    ]
    assert said_nothing_secret(caplog)


def test_a_renewal_that_fails_is_tried_again_and_said(redis_server, caplog):
    async def go():
        waits = Waits()
        async with Azure(admitting(redis_server), lasts=100.0) as azure:
            url = f"redis://127.0.0.1:{redis_server.port}/0"
            client = connect(url, azure.identity(), waits, time.time)
            await client.acl_whoami()
            azure.status = 403
            await waits.end()
            azure.status = 200
            await waits.end()
            await ended(client)
            return azure.tokens, waits.seconds

    tokens, waited = asyncio.run(go())

    assert tokens == ["canary-token-0", "canary-token-1"]
    assert all(30 <= seconds <= 50 for seconds in waited)
    assert caplog.messages == ["shared_state token=false error_type=TokenRefused"]


def test_who_has_no_rights_is_told_so_by_the_type_of_the_error_alone(redis_server):
    async def nobody(_token):
        return None

    async def go():
        async with Azure(nobody) as azure:
            url = f"redis://127.0.0.1:{redis_server.port}/0"
            client = connect(url, azure.identity(), Waits(), time.time)
            with pytest.raises(AuthenticationError) as refusal:
                await client.ping()
            await ended(client)
            return str(refusal.value)

    assert "canary" not in asyncio.run(go())


def test_a_refusal_of_azure_says_its_status_and_nothing_else():
    async def nothing(_token):
        return None

    async def go():
        async with Azure(nothing) as azure:
            azure.status = 400
            with pytest.raises(TokenRefused) as refusal:
                await managed_identity.token(azure.identity(), "https://redis.azure.com")
            return str(refusal.value)

    assert asyncio.run(go()) == "status 400"
