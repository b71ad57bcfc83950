"""The way to Discogs: one HTTP client for the life of the worker, and one attempt at a time.

Only this module knows httpx; what it raises is the core's own.
"""

import logging
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from discogs_proxy import response_body
from discogs_proxy.errors import AttemptFailed
from discogs_proxy.exchange import Answer, Outbound

_ACCEPT = "application/vnd.discogs.v2.plaintext+json"
"""Discogs' text fields without its wiki markup."""

# No queue in here: whoever sends bounds how many calls there are at a time.
_LIMITS = httpx.Limits(max_connections=None, max_keepalive_connections=32, keepalive_expiry=55)
_TIMEOUT = httpx.Timeout(connect=5, read=15, write=10, pool=None)
_BEFORE_SENDING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


@dataclass(slots=True)
class Network:
    """Sends requests to the one upstream it was made for."""

    base_url: str
    user_agent: str
    transport: httpx.AsyncBaseTransport | None = None
    _client: httpx.AsyncClient | None = field(default=None, init=False)

    async def send(self, outbound: Outbound) -> Answer:
        """Ask once and read the whole answer; raise `AttemptFailed` where none arrives whole."""
        client = self._client = self._client or self._open()
        try:
            return await self._exchange(client, outbound)
        except httpx.TransportError as error:
            raise AttemptFailed(
                type(error).__name__,
                timed_out=isinstance(error, httpx.TimeoutException),
                was_ineffective=isinstance(error, _BEFORE_SENDING),
            ) from error

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def _exchange(self, client: httpx.AsyncClient, outbound: Outbound) -> Answer:
        # The fixed base keeps its host whatever the path holds; httpx would join an address.
        base = client.base_url
        path = base.raw_path.rstrip(b"/") + outbound.target.encode("ascii")
        url = base.copy_with(raw_path=path)
        request = client.build_request(
            outbound.method, url, headers=outbound.headers, content=outbound.body or None
        )
        response = await client.send(request, stream=True)
        try:
            encoding = response.headers.get("content-encoding", "").strip().lower()
            content = await response_body.read(response.aiter_raw(), encoding)
        finally:
            await response.aclose()
        return Answer(response.status_code, tuple(response.headers.multi_items()), content)

    def _open(self) -> httpx.AsyncClient:
        # Both log addresses, and httpcore headers too; a query value has no place in a log.
        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.WARNING)
        return httpx.AsyncClient(
            base_url=self.base_url,
            headers={
                "User-Agent": self.user_agent,
                "Accept": _ACCEPT,
                "Accept-Encoding": "gzip",
            },
            limits=_LIMITS,
            timeout=_TIMEOUT,
            follow_redirects=False,
            trust_env=False,
            # A cookie set on one caller's answer has no place in another's request.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            transport=self.transport,
        )
