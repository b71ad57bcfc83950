"""`python -m sandbox`: run the proxy on this machine, with Discogs or with a look-alike of it."""

import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import Mapping, MutableMapping
from pathlib import Path

from sandbox.host.app import FunctionsHost
from sandbox.host.errors import HostError
from sandbox.host.settings import local_values
from sandbox.lookalike.app import DISCOGS_LIMITS, Lookalike
from sandbox.lookalike.limits import UNLIMITED
from sandbox.lookalike.serving import served
from sandbox.server import Server, bind, serve

_APP = Path(__file__).resolve().parents[1] / "az-function"
_DEFAULT_PORT = "7071"
_LAST_PORT = 65535
_KEY = "try-me"
_TOKEN = "sandbox-token"  # noqa: S105 - the look-alike's, worth nothing elsewhere
# Artist, release and words to search for, in the catalogue of the sandbox and in Discogs' own.
_SAMPLES = {True: (1001, 4019, "ok+computer"), False: (3840, 4950798, "ok+computer")}


def main(environment: MutableMapping[str, str]) -> int:
    """Run until interrupted; return the exit code."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    for chatty in ("uvicorn", "azure_functions_runtime"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    for name, value in local_values(_APP).items():
        if not environment.get(name):
            environment[name] = value
    try:
        listener = _listen(environment.get("PORT") or _DEFAULT_PORT)
        return asyncio.run(_run(environment, listener))
    except (HostError, _PortError) as error:
        print(error, file=sys.stderr)
        return 1


class _PortError(Exception):
    pass


def _listen(port: str) -> socket.socket:
    if not (port.isascii() and port.isdigit() and int(port) <= _LAST_PORT):
        raise _PortError(f"PORT must be a number from 0 to {_LAST_PORT}, not '{port}'.")
    try:
        return bind(int(port))
    except OSError as error:
        advice = "Stop what runs there, or choose another one: make run PORT=7072"
        raise _PortError(f"Port {port} cannot be used: {error.strerror}. {advice}") from error


async def _run(environment: MutableMapping[str, str], listener: socket.socket) -> int:
    servers: list[tuple[Server, socket.socket]] = []
    is_sandbox = not environment.get("DISCOGS_TOKEN")
    if is_sandbox:
        upstream = bind(0)
        environment["DISCOGS_TOKEN"] = _TOKEN
        environment["DISCOGS_BASE_URL"] = f"http://127.0.0.1:{upstream.getsockname()[1]}"
        servers.append((Server(served(_discogs(environment))), upstream))
    is_own_key = bool(environment.get("X_API_KEY"))
    environment["X_API_KEY"] = environment.get("X_API_KEY") or _KEY
    host = FunctionsHost(_APP)
    await host.start()
    servers.append((Server(host), listener))
    started, stop = asyncio.Event(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    serving = asyncio.create_task(serve(servers, started, stop))
    await started.wait()
    address = f"http://localhost:{listener.getsockname()[1]}"
    print(_greeting(address, environment, is_sandbox=is_sandbox, is_own_key=is_own_key), flush=True)
    await serving
    print("Stopped.")
    return 0


def _discogs(environment: Mapping[str, str]) -> Lookalike:
    # Fuzzing sends more in a second than Discogs takes in a minute.
    is_limited = environment.get("SANDBOX_RATE_LIMIT", "on") != "off"
    return Lookalike(limits=DISCOGS_LIMITS if is_limited else UNLIMITED)


def _greeting(
    address: str, environment: Mapping[str, str], *, is_sandbox: bool, is_own_key: bool
) -> str:
    upstream = (
        "the sandbox, a look-alike of Discogs with a small catalogue (no DISCOGS_TOKEN is set)"
        if is_sandbox
        else f"the real Discogs, {environment.get('DISCOGS_BASE_URL') or 'https://api.discogs.com'}"
    )
    # A key that somebody chose is a secret: it is named, never printed.
    key_words = "the one in X_API_KEY" if is_own_key else _KEY
    key = '"$X_API_KEY"' if is_own_key else _KEY
    artist, release, query = _SAMPLES[is_sandbox]
    paths = (f"artists/{artist}", f"releases/{release}", f"database/search?q={query}")
    lines = "\n".join(f"  curl -H x-api-key:{key} '{address}/api/{path}'" for path in paths)
    return f"""
The proxy answers on {address}
It talks to: {upstream}
Client key:  {key_words}

{lines}

Ctrl-C stops it.
"""


if __name__ == "__main__":
    sys.exit(main(os.environ))
