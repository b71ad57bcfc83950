"""What a kept answer costs, against a bare handler in the same host and against nginx's cache.

The host is Python from the socket on: a handler that does nothing already costs several times what
nginx costs, which the figures of `bare` show. The last row is what the proxy itself adds to that.
"""

import asyncio
import contextlib
import http.client
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat, takewhile
from pathlib import Path
from statistics import median
from time import monotonic, perf_counter, process_time

from bench import load, nginx
from bench.apps import KEY, PROXY, ROOT, Served, canned, proxy_environment, served
from bench.core import core, good, inbound
from bench.lookalike_body import lookalike_body
from discogs_api import operations
from discogs_proxy.exchange import Answer, Outbound

_BARE = ROOT / "bench" / "bare"
_TARGET = "/database/search?q=a&type=release&per_page=50"
_ROUNDS = 7
_SECONDS = 1.0
_CALLS = 2000


@dataclass(frozen=True, slots=True)
class Rate:
    """What one server does."""

    per_second: float
    micros: float
    """CPU of the server for one request."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Rates over so many connections: medians over the rounds."""

    connections: int
    rates: dict[str, Rate]
    """Of bare, proxy, and nginx where it is installed."""
    speed: dict[str, float]
    """Requests in a second of the proxy to those of each, the median of the rounds' ratios."""
    thrift: dict[str, float]
    """CPU of each for a request to that of the proxy, likewise."""


def measure() -> Iterator[Hit]:
    """Measure a page of a search over one connection and over sixteen."""
    with _servers() as servers:
        for connections in (1, 16):
            yield _compare(servers, connections)


def report() -> None:
    """Print what it came to."""
    print(f"A kept answer, {len(lookalike_body(_TARGET)):,} bytes, over connections that stay open")
    print(
        f"{'connections':>11}{'':<11}{'bare':>8}{'proxy':>8}{'nginx':>8}"
        f"{'to bare':>9}{'to nginx':>10}   aim"
    )
    nginx_micros = None
    for row in measure():
        speed = {name: rate.per_second for name, rate in row.rates.items()}
        micros = {name: rate.micros for name, rate in row.rates.items()}
        print(f"{row.connections:>11} a second  {_cells(speed, row.speed)}   ≥ 0.5, ≥ 0.3")
        print(f"{'':>11} CPU µs    {_cells(micros, row.thrift)}")
        nginx_micros = micros.get("nginx")
    alone = measure_core()
    ratios = {"nginx": nginx_micros / alone} if nginx_micros else {}
    print(f"{'core alone':>11} CPU µs    {_cells({'proxy': alone}, ratios)}   no host, no HTTP")
    if nginx_micros is None:
        print("nginx is not installed")


def measure_core() -> float:
    """Return the CPU microseconds of the same hit where nothing is around the core."""
    return asyncio.run(_core(lookalike_body(_TARGET)))


async def _core(body: bytes) -> float:
    async def discogs(_outbound: Outbound) -> Answer:
        return good(body)

    proxy = core(discogs, monotonic, lambda: 0.5)
    request = inbound(operations.SEARCH, {}, _TARGET.partition("?")[2])
    rounds = []
    for _ in range(_ROUNDS):
        started = process_time()
        for _ in range(_CALLS):
            await proxy.answer(operations.SEARCH, request)
        rounds.append((process_time() - started) / _CALLS * 1e6)
    return median(rounds)


def _cells(figures: dict[str, float], ratios: dict[str, float]) -> str:
    """Return a row's figures, and the ratios of the proxy to the others."""
    names = ("bare", "proxy", "nginx")
    cells = (f"{figures[name]:.0f}" if name in figures else "" for name in names)
    shares = (f"{ratios[name]:.2f}" if name in ratios else "" for name in ("bare", "nginx"))
    return "".join(f"{cell:>8}" for cell in cells) + "{:>9}{:>10}".format(*shares)


def _compare(servers: dict[str, Served], connections: int) -> Hit:
    # Side by side: each round asks all, so that a busy machine slows all.
    rounds = [{n: _rate(s, connections) for n, s in servers.items()} for _ in range(_ROUNDS)]
    each = {name: [one[name] for one in rounds] for name in servers}
    return Hit(
        connections,
        {
            name: Rate(median(r.per_second for r in rates), median(r.micros for r in rates))
            for name, rates in each.items()
        },
        {n: median(one["proxy"].per_second / one[n].per_second for one in rounds) for n in servers},
        {n: median(one[n].micros / one["proxy"].micros for one in rounds) for n in servers},
    )


def _rate(server: Served, connections: int) -> Rate:
    request = load.get(f"/api{_TARGET}", x_api_key=KEY)
    cpu, started = server.cpu_seconds(), perf_counter()
    requests = takewhile(lambda _: perf_counter() - started < _SECONDS, repeat(request))
    answered = load.ask(server.port, requests, connections)
    seconds = perf_counter() - started
    return Rate(answered / seconds, (server.cpu_seconds() - cpu) / answered * 1e6)


@contextlib.contextmanager
def _servers() -> Iterator[dict[str, Served]]:
    with contextlib.ExitStack() as stack:
        address = stack.enter_context(canned(lookalike_body(_TARGET)))
        proxy = stack.enter_context(served(PROXY, proxy_environment(address)))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        body = folder / "body"
        body.write_bytes(_answer(proxy.port))
        bare = stack.enter_context(served(_BARE, {"BENCH_BODY": str(body)}))
        cache = stack.enter_context(nginx.caching(bare.port))
        yield {"bare": bare, "proxy": proxy, **({"nginx": cache} if cache else {})}


def _answer(port: int) -> bytes:
    """Return the bytes that the proxy gives; from then on it has them."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    with contextlib.closing(connection):
        connection.request("GET", f"/api{_TARGET}", headers={"x-api-key": KEY, "host": "bench"})
        return connection.getresponse().read()
