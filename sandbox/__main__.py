"""`python -m sandbox`: run the proxy on this machine, with Discogs or with a look-alike of it."""

import argparse
import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import Mapping, MutableMapping, Sequence
from pathlib import Path

from discogs_proxy.settings import Settings, SettingsError
from sandbox.host.app import FunctionsHost
from sandbox.host.errors import HostError
from sandbox.host.settings import apply_local_settings
from sandbox.lookalike.app import DISCOGS_LIMITS, TOKEN, Lookalike
from sandbox.lookalike.limits import UNLIMITED
from sandbox.lookalike.serving import served
from sandbox.server import Server, bind, serve

_APP = Path(__file__).resolve().parents[1] / "az-function"
_DEFAULT_PORT = "7071"
_LAST_PORT = 65535
_KEY = "try-me"
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
    faults = None
    if not environment.get("DISCOGS_TOKEN"):
        upstream = bind(0)
        discogs = Lookalike(limits=DISCOGS_LIMITS if is_limited else UNLIMITED)
        servers.append((Server(served(discogs)), upstream))
        environment["DISCOGS_TOKEN"] = TOKEN
        environment["DISCOGS_BASE_URL"] = f"http://127.0.0.1:{upstream.getsockname()[1]}"
        faults = f"{environment['DISCOGS_BASE_URL']}/_sandbox/faults"
    is_own_key = bool(environment.get("X_API_KEY"))
    environment["X_API_KEY"] = environment.get("X_API_KEY") or _KEY
    Settings.from_environment(environment)  # what is wrong with one is said without a traceback
    host = FunctionsHost(_APP)
    await host.start()
    servers.append((Server(host), listener))
    started, stop = asyncio.Event(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, _stop, servers, stop)
    serving = asyncio.create_task(serve(servers, started, stop))
    await started.wait()
    address = f"http://localhost:{listener.getsockname()[1]}"
    print(_greeting(address, environment, faults, is_own_key=is_own_key), flush=True)
    await serving
    print("Stopped.")
    return 0


def _stop(servers: Sequence[tuple[Server, socket.socket]], stop: asyncio.Event) -> None:
    """End after the calls that are being answered; the second time, at once."""
    for server, _ in servers:
        server.force_exit = stop.is_set()
    stop.set()


def _greeting(
    address: str, environment: Mapping[str, str], faults: str | None, *, is_own_key: bool
) -> str:
    upstream = (
        f"the real Discogs, {environment.get('DISCOGS_BASE_URL') or 'https://api.discogs.com'}"
    )
    if faults:
        upstream = (
            "the sandbox, a look-alike of Discogs with a small catalogue (no DISCOGS_TOKEN is set)"
            f'\nIts faults:  POST {faults}, such as {{"fault": "html_502"}}'
        )
    # A key that somebody chose is a secret: it is never printed.
    key, key_words = ("YOUR_KEY", "one of X_API_KEY") if is_own_key else (_KEY, _KEY)
    artist, release, query = _SAMPLES[faults is not None]
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
    sys.exit(main(sys.argv[1:], os.environ))
