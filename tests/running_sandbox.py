"""`python -m sandbox` as a program of its own, on a free port."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.shipped_app import ROOT


@contextmanager
def sandbox(*options: str, **settings: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start it on a free port and read its greeting up to the last line."""
    environment = {k: v for k, v in os.environ.items() if k not in {"DISCOGS_TOKEN", "X_API_KEY"}}
    environment.pop("DISCOGS_BASE_URL", None)
    process = subprocess.Popen(
        (sys.executable, "-m", "sandbox", *options),
        cwd=ROOT,
        env={**environment, "PORT": "0", **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    lines = []
    try:
        for line in process.stdout:
            lines.append(line)
            if "Ctrl-C" in line:
                break
        yield process, "".join(lines)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
