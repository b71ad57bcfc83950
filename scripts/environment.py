"""Make a virtual environment with the pinned packages and the project itself in it.

Runs on a bare Python, before anything is installed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from scripts import interpreters

_OLDEST = (3, 11)
_NATIVE = (3, 13)
_ROOT = Path(__file__).resolve().parents[1]


def main(arguments: Sequence[str]) -> int:
    """Set the environment up; return 0, or 1 with a message that says what is in the way."""
    if sys.version_info[:2] < _OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        print(f"Python 3.11 or later is needed, this is {found}: make PYTHON=python3.12 …")
        return 1
    options = _options(arguments)
    python = interpreters.find(_NATIVE) if options.native else sys.executable
    if python is None:
        print("No Python 3.13 was found: the tests will skip Azure's own worker library.")
        return 0
    try:
        _create(python, options.folder)
        _install(options.folder, options.requirements)
    except _StepFailed as failure:
        print(failure)
        return 1
    options.stamp.touch()
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--native", action="store_true", help="use a Python 3.13, where found")
    parser.add_argument("--stamp", type=Path, required=True, help="file to touch when done")
    parser.add_argument("folder", type=Path)
    parser.add_argument("requirements", type=Path)
    return parser.parse_args(arguments)


class _StepFailed(Exception):
    pass


def _create(python: str, folder: Path) -> None:
    own = folder / "bin" / "python"
    if (
        own.exists()
        and interpreters.version(str(own)) == interpreters.version(python)
        and _has_pip(str(own))
    ):
        return
    advice = "On Debian this needs the package python3-venv."
    _run(python, "-m", "venv", "--clear", str(folder), advice=advice)


def _install(folder: Path, requirements: Path) -> None:
    print(f"Installing {requirements} into {folder} …", flush=True)
    python = str(folder / "bin" / "python")
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    advice = "Pip needs to reach a package index the first time."
    _run(*pip, "--requirement", str(requirements), advice=advice)
    _run(*pip, "--no-deps", "--no-build-isolation", "--editable", str(_ROOT), advice=advice)


def _run(*command: str, advice: str) -> None:
    # A tool's own chatter is shown only when it fails.
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode != 0:
        raise _StepFailed(f"{done.stdout}\nThis failed: {' '.join(command)}\n{advice}")


def _has_pip(python: str) -> bool:
    command = (python, "-m", "pip", "--version")
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
