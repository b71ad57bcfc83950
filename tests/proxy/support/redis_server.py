"""A real Redis for the tests: started, frozen, killed and started again on the same port."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from discogs_proxy.store_link import Unreachable


class RedisServer:
    """One server process on this machine, with nothing kept on disk."""

    def __init__(self, executable: str, folder: Path):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._command = (
            *(executable, "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(folder)),
            *("--save", "", "--appendonly", "no", "--requirepass", "canary-redis-password"),
        )
        self._process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"redis://:canary-redis-password@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it and wait until it says that it takes connections."""
        self._process = subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True)
        while "Ready to accept connections" not in (line := self._process.stdout.readline()):
            assert line, "redis-server ended before it was ready"

    def kill(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.communicate()
            self._process = None

    def freeze(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._process.send_signal(signal.SIGCONT)


@pytest.fixture
def redis_server(tmp_path):
    """Start a Redis for one test, or skip; CI must have one."""
    executable = shutil.which("redis-server")
    if executable is None:
        missing = "there is no redis-server here; Debian has it in the package of that name"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    server = RedisServer(executable, tmp_path)
    server.start()
    yield server
    server.kill()


async def reached(link):
    """Wait until something can be done with the store."""

    async def nothing():
        return None

    while True:
        try:
            return await link.ask(nothing)
        except Unreachable:
            await asyncio.sleep(0.001)
