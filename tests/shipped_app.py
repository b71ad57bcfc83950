"""The shipped Function app, served in process over the look-alike of Discogs."""

import asyncio
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx

from discogs_proxy.chain import chain
from discogs_proxy.local_state import local_state
from sandbox.host.app import FunctionsHost
from sandbox.lookalike.app import Lookalike
from sandbox.lookalike.limits import UNLIMITED

ROOT = Path(__file__).resolve().parents[1]
APP = ROOT / "az-function"
KEY = "app-key"
TOKEN = "canary-token"
ADDRESS = "http://proxy.test"


@dataclass(frozen=True)
class Served:
    """The app as its callers meet it, and the Discogs behind it."""

    host: FunctionsHost
    discogs: Lookalike

    def request(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str] | None = None,
        content: bytes = b"",
    ) -> httpx.Response:
        """Send one request; the target goes out byte for byte as it is written."""
        return asyncio.run(self._request(method, target, headers or {"x-api-key": KEY}, content))

    def get(self, target: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
        """Read one path."""
        return self.request("GET", target, headers)

    def reset(self) -> None:
        """Let the Discogs behind the app forget what was changed in it, and the app what it saw."""
        asyncio.run(_reset(self.discogs))
        self.forget()

    def forget(self) -> None:
        """Let the app forget what it learnt of Discogs; it waits for nothing between attempts."""
        import function_app as app

        state = local_state(app.settings, time.monotonic, lambda: 0.0)
        fresh = chain(
            app.network.send,
            app.settings,
            state,
            clock=time.monotonic,
            sleep=asyncio.sleep,
            random=lambda: 0.0,
        )
        object.__setattr__(app.gateway, "send", fresh)
        object.__setattr__(app.state, "budget", state.budget)

    async def _request(
        self, method: str, target: str, headers: Mapping[str, str], content: bytes
    ) -> httpx.Response:
        transport = httpx.ASGITransport(self.host)  # type: ignore[arg-type]
        url = httpx.URL(ADDRESS).copy_with(raw_path=target.encode("ascii"))
        async with httpx.AsyncClient(transport=transport) as client:
            return await client.request(method, url, headers=headers, content=content)


async def _reset(discogs: Lookalike) -> None:
    transport = httpx.ASGITransport(discogs)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://discogs.test") as client:
        (await client.post("/_sandbox/reset")).raise_for_status()


def serve() -> Served:
    """Index the app once for the whole process, as the Functions host does."""
    os.environ.update(
        DISCOGS_TOKEN=TOKEN,
        X_API_KEY=f"{KEY},second-key",
        DISCOGS_BASE_URL="http://discogs.test",
        ALLOW_WRITES="true",
    )
    discogs = Lookalike(tokens=(TOKEN,), limits=UNLIMITED)
    folder = Path.cwd()
    host = FunctionsHost(APP)
    asyncio.run(host.start())
    os.chdir(folder)
    import function_app

    function_app.network.transport = httpx.ASGITransport(discogs)  # type: ignore[arg-type]
    served = Served(host, discogs)
    served.forget()
    return served
