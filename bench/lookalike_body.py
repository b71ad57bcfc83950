"""What the look-alike of Discogs answers to a question."""

import asyncio

from sandbox.lookalike.app import Lookalike
from sandbox.lookalike.limits import UNLIMITED


def lookalike_body(target: str) -> bytes:
    """Ask the look-alike, without a network."""
    sent: list[bytes] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b""}

    async def send(event: object) -> None:
        if isinstance(event, dict):
            sent.append(event.get("body", b""))

    path, _, query = target.partition("?")
    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(),
        "query_string": query.encode(), "client": ("127.0.0.1", 1),
        "headers": [(b"host", b"bench"), (b"user-agent", b"bench/1")],
    }  # fmt: skip
    asyncio.run(Lookalike(limits=UNLIMITED)(scope, receive, send))
    return b"".join(sent)
