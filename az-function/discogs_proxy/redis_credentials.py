"""Who the app is to a Redis that takes tokens, and a new token before the old one ends."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial

from redis.asyncio import ConnectionPool, Redis
from redis.auth.token import SimpleToken
from redis.credentials import CredentialProvider

from discogs_proxy import managed_identity, redis_store
from discogs_proxy.managed_identity import Token
from discogs_proxy.state_address import Identity

_RESOURCE = "https://redis.azure.com"
_MARGIN_SECONDS = 180.0
"""Redis drops who is let in by a token that ended."""
_SHORTEST_WAIT = 30.0

_log = logging.getLogger("discogs_proxy")


def connect(
    url: str,
    identity: Identity | None,
    sleep: Callable[[float], Awaitable[None]],
    now: Callable[[], float],
) -> Redis:
    """Return a client, let in by the identity if there is one; `now` is the wall clock."""
    if identity is None:
        return redis_store.connect(url)
    new_token = partial(managed_identity.token, identity, _RESOURCE)
    credentials = Credentials(identity.object_id, new_token, sleep, now)
    client = redis_store.connect(url, credentials)
    credentials.pool = client.connection_pool
    return client


class Credentials(CredentialProvider):
    """A user, and the token that is its password at the moment."""

    def __init__(
        self,
        user: str,
        new_token: Callable[[], Awaitable[Token]],
        sleep: Callable[[float], Awaitable[None]],
        now: Callable[[], float],
    ) -> None:
        """Take the wall clock: it is the one that tokens go by."""
        self._user = user
        self._new_token = new_token
        self._sleep = sleep
        self._now = now
        self._token: Token | None = None
        self._getting = asyncio.Lock()
        self._renewing: asyncio.Task[None] | None = None
        self.pool: ConnectionPool | None = None
        """The connections that are shown a new token in time."""

    async def get_credentials_async(self) -> tuple[str, str]:
        """Return what a new connection is let in by."""
        async with self._getting:
            token = self._token
            if token is None or self._left(token) < _MARGIN_SECONDS:
                token = self._token = await self._new_token()
        if self.pool is not None and (self._renewing is None or self._renewing.done()):
            self._renewing = asyncio.create_task(self._renew(self.pool))
        return self._user, token.text

    def close(self) -> None:
        """Renew no more."""
        if self._renewing is not None:
            self._renewing.cancel()

    async def _renew(self, pool: ConnectionPool) -> None:
        while True:
            # Azure hands the same token out for a while: the closer its end, the more often asked.
            left = self._left(self._token) if self._token else 0.0
            await self._sleep(max(_SHORTEST_WAIT, left / 2))
            try:
                token = self._token = await self._new_token()
                await pool.re_auth_callback(self._shown(token))
            except Exception as error:  # noqa: BLE001 - it is tried again, no call fails by it
                _log.warning("shared_state token=false error_type=%s", type(error).__name__)

    def _left(self, token: Token) -> float:
        return token.ends - self._now()

    def _shown(self, token: Token) -> SimpleToken:
        # The library takes the user from a claim of this name.
        return SimpleToken(token.text, token.ends * 1000, self._now() * 1000, {"oid": self._user})
