"""What a call costs through the proxy, against a bare pass-through in the same host."""

import contextlib
import http.client
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from bench.apps import KEY, PROXY, ROOT, Served, canned, proxy_environment, served
from bench.lookalike_body import lookalike_body

_APPS = {"bare": ROOT / "bench" / "passthrough", "proxy": PROXY}
# What is kept would be no miss.
_HEADERS = {"x-api-key": KEY, "cache-control": "no-cache"}
_ROUNDS = 15
_CALLS = 200


@dataclass(frozen=True, slots=True)
class Miss:
    """Microseconds per call, medians over the rounds, and the median of the rounds' ratios."""

    body: str
    bare: float
    proxy: float
    ratio: float
    cpu_ratio: float


def measure() -> Iterator[Miss]:
    """Measure a small body and a page of a search."""
    for name, target in (
        ("release", "/releases/4001"),
        ("search page", "/database/search?q=a&type=release&per_page=50"),
    ):
        body = lookalike_body(target)
        with canned(body) as address, _apps(address) as apps:
            yield _compare(f"{name}, {len(body):,} bytes", target, apps)


def report() -> None:
    """Print what it came to."""
    print("A call that asks Discogs, µs at the caller (median), same host, same upstream")
    print(f"{'body':<28}{'bare httpx':>12}{'proxy':>10}{'ratio':>8}{'CPU ratio':>11}   aim")
    for row in measure():
        print(
            f"{row.body:<28}{row.bare:>12.0f}{row.proxy:>10.0f}"
            f"{row.ratio:>8.2f}{row.cpu_ratio:>11.2f}   CPU ≤ 2"
        )


@dataclass(frozen=True, slots=True)
class _App:
    process: Served
    connection: http.client.HTTPConnection

    def seconds(self, target: str) -> tuple[float, float]:
        """Return wall and CPU seconds of a round."""
        cpu, started = self.process.cpu_seconds(), perf_counter()
        for _ in range(_CALLS):
            self.connection.request("GET", f"/api{target}", headers=_HEADERS)
            response = self.connection.getresponse()
            response.read()
            if response.status != http.HTTPStatus.OK:
                raise RuntimeError(f"{target} was answered with {response.status}")
        return perf_counter() - started, self.process.cpu_seconds() - cpu


def _compare(body: str, target: str, apps: dict[str, _App]) -> Miss:
    for app in apps.values():
        app.seconds(target)
    # Side by side: each round asks both, so that a busy machine slows both.
    rounds = [{name: app.seconds(target) for name, app in apps.items()} for _ in range(_ROUNDS)]
    micros = {n: median(r[n][0] for r in rounds) / _CALLS * 1e6 for n in apps}
    ratio = median(r["proxy"][0] / r["bare"][0] for r in rounds)
    cpu = [sum(r[name][1] for r in rounds) for name in ("proxy", "bare")]
    return Miss(body, micros["bare"], micros["proxy"], ratio, cpu[0] / cpu[1])


@contextlib.contextmanager
def _apps(address: str) -> Iterator[dict[str, _App]]:
    with contextlib.ExitStack() as stack:
        apps = {}
        for name, folder in _APPS.items():
            process = stack.enter_context(served(folder, proxy_environment(address)))
            apps[name] = _App(process, http.client.HTTPConnection("127.0.0.1", process.port))
        yield apps
