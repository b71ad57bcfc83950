"""The core put together in front of a made-up Discogs, without a host around it."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from bench.apps import KEY
from discogs_proxy.chain import chain
from discogs_proxy.exchange import Answer, Inbound, Send
from discogs_proxy.gateway import Gateway
from discogs_proxy.local_state import local_state
from discogs_proxy.mirror import Made, Mirror
from discogs_proxy.operation import Operation
from discogs_proxy.recent import Recent
from discogs_proxy.settings import Settings

_ENVIRONMENT = {"DISCOGS_TOKEN": "bench", "X_API_KEY": KEY, "ALLOW_WRITES": "true"}


@dataclass(frozen=True, slots=True)
class Core:
    """The mirror, as the adapter calls it."""

    gateway: Gateway
    made: Made

    async def answer(self, operation: Operation, request: Inbound) -> Answer:
        """Answer a request."""
        return await self.gateway.answer(Mirror(operation, self.made), request)


def core(discogs: Send, clock: Callable[[], float], random: Callable[[], float]) -> Core:
    """Put it together in front of that Discogs; its log lines are written, but to nowhere."""
    log = logging.getLogger("discogs_proxy")
    log.setLevel(logging.INFO)
    log.propagate, log.handlers = False, [logging.NullHandler()]
    settings = Settings.from_environment(_ENVIRONMENT)
    state = local_state(settings, clock, random)
    send = chain(discogs, settings, state, clock=clock, sleep=asyncio.sleep, random=random)
    gateway = Gateway(settings, send, clock, lambda: "0" * 32, state.quotas)
    return Core(gateway, Recent(settings.presented_bytes))


def inbound(operation: Operation, values: Mapping[str, str], query: str = "") -> Inbound:
    """Return the request that the host would hand over."""
    path = operation.path
    for name, value in values.items():
        path = path.replace("{" + name + "}", quote(value, safe=""))
    url = f"https://proxy.test/api{path}" + (f"?{query}" if query else "")
    return Inbound(operation.method, url, {"x-api-key": KEY}, values)


def good(body: bytes) -> Answer:
    """Return an answer of Discogs, with so much budget left that nobody has to wait."""
    headers = (
        ("Content-Type", "application/json"),
        ("X-Discogs-Ratelimit", "1000000"),
        ("X-Discogs-Ratelimit-Used", "1"),
    )
    return Answer(200, headers, body)
