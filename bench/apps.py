"""Function apps in the sandbox's host, each in a process of its own, and the upstream they ask."""

import asyncio
import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench import upstream

ROOT = Path(__file__).resolve().parents[1]
PROXY = ROOT / "az-function"
KEY = "bench"


@dataclass(frozen=True, slots=True)
class Served:
    """A process that serves on a port of this machine."""

    pid: int
    port: int

    def cpu_seconds(self) -> float:
        """Return the CPU time it took so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2]
        user, system = fields.split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def resident_bytes(self) -> int:
        """Return the memory it takes."""
        pages = Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")


@contextlib.contextmanager
def served(folder: Path, environment: Mapping[str, str]) -> Iterator[Served]:
    """Serve a function app."""
    command = (sys.executable, "-m", "bench.serve", str(folder))
    with subprocess.Popen(
        command, env={**os.environ, **environment}, cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            port = process.stdout.readline() if process.stdout else ""
            yield Served(process.pid, int(port))
        finally:
            process.kill()


def proxy_environment(address: str) -> dict[str, str]:
    """Return what the proxy, or an app like it, needs in front of an upstream."""
    return {"DISCOGS_BASE_URL": address, "DISCOGS_TOKEN": "bench", "X_API_KEY": KEY}


@contextlib.contextmanager
def canned(body: bytes) -> Iterator[str]:
    """Answer everything with one body; yield the address."""
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
