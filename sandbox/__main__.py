"""`python -m sandbox`: run the proxy on this machine, with Discogs or with a look-alike of it."""

import argparse
import asyncio
import contextlib
import logging
import os
import signal
import socket
import sys
from collections.abc import Mapping, MutableMapping, Sequence
from pathlib import Path

from discogs_proxy.settings import Settings
from discogs_proxy.settings_error import SettingsError
from sandbox.host.app import FunctionsHost
from sandbox.host.errors import HostError
from sandbox.host.settings import apply_local_settings
from sandbox.lookalike.app import DISCOGS_LIMITS, OWNER, TOKEN, Lookalike
from sandbox.lookalike.limits import UNLIMITED
from sandbox.lookalike.serving import served
from sandbox.server import Server, bind, serve

_APP = Path(__file__).resolve().parents[1] / "az-function"
_DEFAULT_PORT = "7071"
_LAST_PORT = 65535
_KEY = "try-me"
_DISCOGS = "https://api.discogs.com"
# Artist, release and words to search for, in the catalogue of the sandbox and in Discogs' own.
_SAMPLES = {True: (1001, 4019, "ok+computer"), False: (3840, 4950798, "ok+computer")}


def main(arguments: Sequence[str], environment: MutableMapping[str, str]) -> int:
    """Run until interrupted; return the exit code."""
    options = _options(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    for chatty in ("azure.functions", "azure_functions_runtime", "uvicorn"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    try:
        if options.lookalike:
            environment.pop("DISCOGS_TOKEN", None)
        else:
            apply_local_settings(_APP, environment)
        listener = _listen(environment.get("PORT") or _DEFAULT_PORT)
        return asyncio.run(_run(environment, listener, is_limited=not options.unlimited))
    except (HostError, SettingsError, _PortError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument(
        "--lookalike", action="store_true", help="never ask Discogs; read no local.settings.json"
    )
    parser.add_argument(
        "--unlimited", action="store_true", help="let the look-alike take any number of calls"
    )
    return parser.parse_args(arguments)


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


async def _run(
    environment: MutableMapping[str, str], listener: socket.socket, *, is_limited: bool
) -> int:
    servers: list[tuple[Server, socket.socket]] = []
    is_sandbox = not environment.get("DISCOGS_TOKEN")
    if is_sandbox:
        servers.append(_discogs(environment, is_limited=is_limited))
    is_own_key = bool(environment.get("X_API_KEY"))
    environment["X_API_KEY"] = environment.get("X_API_KEY") or _KEY
    Settings.from_environment(environment)  # what is wrong with one is said without a traceback
    host = FunctionsHost(_APP)
    await host.start()
    servers.append((Server(host), listener))
    started, stop = asyncio.Event(), asyncio.Event()
    serving = asyncio.create_task(serve(servers, started, stop))
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, _stop, serving, stop)
    await started.wait()
    address = f"http://localhost:{listener.getsockname()[1]}"
    greeting = _greeting(address, environment, is_sandbox=is_sandbox, is_own_key=is_own_key)
    print(greeting, flush=True)
    with contextlib.suppress(asyncio.CancelledError):
        await serving
    print("Stopped.")
    return 0


def _discogs(
    environment: MutableMapping[str, str], *, is_limited: bool
) -> tuple[Server, socket.socket]:
    """Make the look-alike, and have the proxy take it for Discogs."""
    listener = bind(0)
    environment["DISCOGS_TOKEN"] = TOKEN
    environment["ALLOW_WRITES"] = environment.get("ALLOW_WRITES") or "true"
    environment["DISCOGS_BASE_URL"] = f"http://127.0.0.1:{listener.getsockname()[1]}"
    lookalike = Lookalike(limits=DISCOGS_LIMITS if is_limited else UNLIMITED)
    return Server(served(lookalike)), listener


def _stop(serving: asyncio.Task[None], stop: asyncio.Event) -> None:
    """End after the calls that are being answered; the second time, at once."""
    if stop.is_set():
        serving.cancel()
    stop.set()


def _greeting(
    address: str, environment: Mapping[str, str], *, is_sandbox: bool, is_own_key: bool
) -> str:
    base = environment.get("DISCOGS_BASE_URL") or _DISCOGS
    upstream = f"the real Discogs, {base}" if base == _DISCOGS else f"{base} (DISCOGS_BASE_URL)"
    if is_sandbox:
        upstream = (
            "the sandbox, a look-alike of Discogs with a small catalogue (no DISCOGS_TOKEN is set)"
            f"\nIts user:    {OWNER}, in whose name the proxy asks"
            f'\nIts faults:  POST {base}/_sandbox/faults, such as {{"fault": "html_502"}}'
            f'\nIts lists:   POST {base}/_sandbox/lists, such as {{"name": "Mine"}}'
            f"\nIts memory:  POST {base}/_sandbox/reset forgets what was changed"
        )
    # A key that somebody chose is a secret: it is never printed.
    key, key_words = ("YOUR_KEY", "one of X_API_KEY") if is_own_key else (_KEY, _KEY)
    artist, release, query = _SAMPLES[is_sandbox]
    paths = (
        f"artists/{artist}",
        f"releases/{release}",
        f"database/search?q={query}",
        f"gpt/releases/{release}",
    )
    lines = "\n".join(f"  curl -H x-api-key:{key} '{address}/api/{path}'" for path in paths)
    return f"""
The proxy answers on {address}
It talks to: {upstream}
Client key:  {key_words}

{lines}

Ctrl-C stops it.
"""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
