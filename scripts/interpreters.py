"""The Pythons on this machine, found by their version.

Runs on a bare Python, before anything is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path


def find(wanted: tuple[int, ...]) -> str | None:
    """Return the path of an interpreter of that version, or None."""
    return next((path for path in _candidates(wanted) if version(path) == wanted), None)


def version(python: str) -> tuple[int, ...] | None:
    """Return the version of an interpreter, or None where there is none or it does not run."""
    command = (python, "-c", "import sys; print(*sys.version_info[:2])")
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return None
    return tuple(map(int, done.stdout.split())) if done.returncode == 0 else None


def _candidates(wanted: tuple[int, ...]) -> Iterator[str]:
    name = ".".join(map(str, wanted))
    yield sys.executable
    yield from filter(None, [shutil.which(f"python{name}")])
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from map(str, sorted(pyenv.glob(f"versions/{name}*/bin/python")))
