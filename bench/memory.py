"""What the served proxy takes of memory while it answers a hundred thousand calls."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bench import load
from bench.apps import KEY, PROXY, Served, canned, proxy_environment, served
from bench.lookalike_body import lookalike_body

_CALLS = 100_000
_PARTS = 10
_CONNECTIONS = 16
_ONE_IN = 8
"""So many calls to each that asks what was not asked before; the others repeat what was."""
_POPULAR = 100
_CACHE_MB = "4"
"""Full long before the first part is over."""
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Memory:
    """Resident megabytes of the process: before the first call, and after each part of them."""

    idle: float
    after: tuple[float, ...]

    @property
    def growth(self) -> float:
        """By how many megabytes it grew over the second half of the calls."""
        half = len(self.after) // 2
        return self.after[-1] - self.after[half - 1]


def measure(calls: int = _CALLS) -> Memory:
    """Ask so many times over HTTP, and look after each tenth."""
    environment = {"CACHE_MB": _CACHE_MB}
    with (
        canned(lookalike_body("/releases/4001")) as address,
        served(PROXY, {**proxy_environment(address), **environment}) as proxy,
    ):
        requests = _requests()
        idle = _megabytes(proxy)
        after = []
        for _ in range(_PARTS):
            load.ask(proxy.port, islice(requests, calls // _PARTS), _CONNECTIONS)
            after.append(_megabytes(proxy))
    return Memory(idle, tuple(after))


def report() -> None:
    """Print what it came to."""
    memory = measure()
    print(f"Resident MB over {_CALLS:,} calls, one in {_ONE_IN} of them new, CACHE_MB={_CACHE_MB}")
    tenths = "".join(f"{f'{number}0 %':>7}" for number in range(1, _PARTS + 1))
    print(f"{'idle':>7}{tenths}{'second half':>13}   aim")
    cells = "".join(f"{each:>7.1f}" for each in memory.after)
    print(f"{memory.idle:>7.1f}{cells}{memory.growth:>+13.1f}   ≤ 1 MB")


def _requests() -> Iterator[bytes]:
    number = 0
    while True:
        number += 1
        release = number if number % _ONE_IN == 0 else 1_000_000_000 + number % _POPULAR
        yield load.get(f"/api/releases/{release}", x_api_key=KEY)


def _megabytes(process: Served) -> float:
    return process.resident_bytes() / _MEGABYTE
