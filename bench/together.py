"""Callers that ask the same at the same time: how many requests that makes."""

import asyncio
from dataclasses import dataclass

from bench.core import core, good, inbound
from bench.virtual_time import run
from discogs_api import operations
from discogs_proxy.exchange import Answer, Outbound

_CALLERS = 64


@dataclass(slots=True)
class Together:
    """What came of it."""

    requests: int = 0
    """To Discogs."""
    answered: int = 0
    """Callers that got the answer."""


def measure(callers: int = _CALLERS) -> Together:
    """Let so many ask for one release that nobody asked for before."""
    return run(_ask(callers))


def report() -> None:
    """Print what came of it."""
    row = measure()
    print("Callers that ask one question at the same time")
    print(f"{'callers':>8}{'answered':>10}{'requests to Discogs':>21}   aim")
    print(f"{_CALLERS:>8}{row.answered:>10}{row.requests:>21}   1")


async def _ask(callers: int) -> Together:
    counted = Together()

    async def discogs(_outbound: Outbound) -> Answer:
        counted.requests += 1
        await asyncio.sleep(0.3)
        return good(b'{"id": 1}')

    proxy = core(discogs, asyncio.get_running_loop().time, lambda: 0.5)
    request = inbound(operations.GET_RELEASE, {"release_id": "1"})
    answers = await asyncio.gather(
        *(proxy.answer(operations.GET_RELEASE, request) for _ in range(callers))
    )
    counted.answered = sum(each.body == b'{"id": 1}' for each in answers)
    return counted
