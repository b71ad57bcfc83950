"""Debian's nginx with its cache in front of an app: what a program does that does nothing else."""

import contextlib
import http.client
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.apps import Served

_CONFIGURATION = """
daemon off; master_process off; worker_processes 1; pid {folder}/pid; error_log {folder}/errors;
events {{ worker_connections 256; }}
http {{
  access_log {folder}/calls; keepalive_requests 1000000000;
  client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
  uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
  proxy_cache_path {folder}/cache keys_zone=answers:1m;
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://127.0.0.1:{upstream}; proxy_cache answers; proxy_cache_valid 200 1h;
      add_header X-Cache $upstream_cache_status;
    }}
  }}
}}
"""
_START_SECONDS = 5.0


@contextlib.contextmanager
def caching(upstream: int) -> Iterator[Served | None]:
    """Serve what an app on a port says, and keep it; None where nginx is not installed."""
    # Debian has it where only the administrator's path leads.
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        port = _free_port()
        path = Path(folder, "nginx.conf")
        text = _CONFIGURATION.format(folder=folder, port=port, upstream=upstream)
        path.write_text(text, encoding="ascii")
        command = (program, "-e", f"{folder}/errors", "-p", folder, "-c", str(path))
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            try:
                _wait(port)
                yield Served(process.pid, port)
            finally:
                process.terminate()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait(port: int) -> None:
    ends = time.monotonic() + _START_SECONDS
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        try:
            connection.connect()
        except ConnectionRefusedError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.02)
        else:
            return
        finally:
            connection.close()
