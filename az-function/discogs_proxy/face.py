"""What a face of the proxy adds to the one way that every call takes."""

from collections.abc import Callable
from functools import lru_cache
from typing import ClassVar, NamedTuple, Protocol
from urllib.parse import quote

from discogs_proxy.errors import ProxyError
from discogs_proxy.exchange import Answer, Call, Inbound, Send
from discogs_proxy.operation import Operation
from discogs_proxy.parameters import Given
from discogs_proxy.settings import API_PREFIX, Settings

AGENT_PREFIX = "/gpt"
"""Where the paths of the agent face begin, below those of the mirror."""


class Visit(NamedTuple):
    """A call that was let in and whose parameters are good, and what it is answered with."""

    settings: Settings
    inbound: Inbound
    given: Given
    call: Call
    send: Send
    clock: Callable[[], float]
    """Seconds on the monotonic clock that deadlines are on."""

    @property
    def mirror_address(self) -> str:
        """Where the caller reaches the mirror."""
        return public_address(self.settings, self.inbound.url)


class Face(Protocol):
    """One operation as one kind of caller meets it."""

    name: ClassVar[str]
    """For the log."""

    @property
    def operation(self) -> Operation:
        """What of Discogs it is about."""

    @property
    def offer(self) -> Operation:
        """What a caller may send."""

    def check(self, given: Given) -> None:
        """Raise `InvalidRequest` unless what was given is good."""

    async def respond(self, visit: Visit) -> Answer:
        """Ask Discogs and present what it says; raise `ProxyError` where that fails."""

    def refuse(self, error: ProxyError, trace_id: str) -> Answer:
        """Present a failure."""


def public_address(settings: Settings, url: str) -> str:
    """Return the mirror's address: the configured one, else the one this request was sent to."""
    scheme, _, rest = url.partition("://")
    base = settings.public_base_url or f"{scheme}://{_tame(rest.partition('/')[0])}"
    return base.removesuffix(API_PREFIX) + API_PREFIX


@lru_cache(maxsize=64)
def _tame(host: str) -> str:
    # The host is what the client says it is, and goes into JSON and headers: quoted, it is tame.
    return quote(host, safe=":[]")
