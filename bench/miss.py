"""What a call costs through the proxy, against a bare pass-through in the same host."""

import asyncio
import contextlib
import http.client
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from bench import upstream
from bench.lookalike_body import lookalike_body

_ROOT = Path(__file__).resolve().parents[1]
_APPS = {"bare": _ROOT / "bench" / "passthrough", "proxy": _ROOT / "az-function"}
_KEY = "bench"
# What is kept would be no miss.
_HEADERS = {"x-api-key": _KEY, "cache-control": "no-cache"}
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
        with _upstream(body) as address, _apps(address) as apps:
            yield _compare(f"{name}, {len(body):,} bytes", target, apps)


@dataclass(frozen=True, slots=True)
class _App:
    process: subprocess.Popen[str]
    connection: http.client.HTTPConnection

    def seconds(self, target: str) -> tuple[float, float]:
        """Return wall and CPU seconds of a round."""
        cpu, started = _cpu_seconds(self.process.pid), perf_counter()
        for _ in range(_CALLS):
            self.connection.request("GET", f"/api{target}", headers=_HEADERS)
            response = self.connection.getresponse()
            response.read()
            if response.status != http.HTTPStatus.OK:
                raise RuntimeError(f"{target} was answered with {response.status}")
        return perf_counter() - started, _cpu_seconds(self.process.pid) - cpu


def _compare(body: str, target: str, apps: dict[str, _App]) -> Miss:
    for app in apps.values():
        app.seconds(target)
    # Side by side: each round asks both, so that a busy machine slows both.
    rounds = [{name: app.seconds(target) for name, app in apps.items()} for _ in range(_ROUNDS)]
    micros = {n: median(r[n][0] for r in rounds) / _CALLS * 1e6 for n in apps}
    ratio = median(r["proxy"][0] / r["bare"][0] for r in rounds)
    cpu = [sum(r[name][1] for r in rounds) for name in ("proxy", "bare")]
    return Miss(body, micros["bare"], micros["proxy"], ratio, cpu[0] / cpu[1])


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def _upstream(body: bytes) -> Iterator[str]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    server, address = asyncio.run_coroutine_threadsafe(upstream.start(body), loop).result()
    try:
        yield address
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@contextlib.contextmanager
def _apps(address: str) -> Iterator[dict[str, _App]]:
    environment = {
        **os.environ, "DISCOGS_BASE_URL": address, "DISCOGS_TOKEN": "bench", "X_API_KEY": _KEY
    }  # fmt: skip
    with contextlib.ExitStack() as stack:
        apps = {}
        for name, folder in _APPS.items():
            command = (sys.executable, "-m", "bench.serve", str(folder))
            process = stack.enter_context(
                subprocess.Popen(
                    command, env=environment, cwd=_ROOT, text=True,
                    stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                )
            )  # fmt: skip
            stack.callback(process.kill)
            port = int(process.stdout.readline()) if process.stdout else 0
            apps[name] = _App(process, http.client.HTTPConnection("127.0.0.1", port))
        yield apps
