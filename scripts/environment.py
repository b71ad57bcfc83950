"""Make a virtual environment with the pinned packages and the project itself in it.

Runs on a bare Python, before anything is installed.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

_OLDEST = (3, 11)
_NATIVE = (3, 13)
_ROOT = Path(__file__).resolve().parents[1]


def main(arguments: Sequence[str]) -> int:
    """Set the environment up; return 0, or 1 with a message that says what is in the way."""
    options = _options(arguments)
    python = _native_python() if options.native else sys.executable
    if python is None:
        print("No Python 3.13 was found: the tests will skip Azure's own worker library.")
        return 0
    if sys.version_info[:2] < _OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        print(f"Python 3.11 or later is needed, this is {found}: make PYTHON=python3.12 …")
        return 1
    try:
        _install(python, options.folder, options.requirements)
    except subprocess.CalledProcessError as error:
        print(error.stdout, f"{' '.join(map(str, error.cmd))} failed.", sep="\n")
        print("On Debian, `python3 -m venv` needs the package python3-venv.")
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


def _install(python: str, folder: Path, requirements: Path) -> None:
    own = folder / "bin" / "python"
    if not own.exists():
        _run(python, "-m", "venv", str(folder))
    print(f"Installing {requirements} into {folder} …", flush=True)
    pip = (str(own), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    _run(*pip, "--requirement", str(requirements))
    _run(*pip, "--no-deps", "--no-build-isolation", "--editable", str(_ROOT))


def _run(*command: str) -> None:
    # Pip's own chatter is shown only when something fails.
    subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def _native_python() -> str | None:
    return next((path for path in _candidates() if _version(path) == _NATIVE), None)


def _candidates() -> Iterator[str]:
    yield sys.executable
    yield from filter(None, [shutil.which("python3.13")])
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from map(str, sorted(pyenv.glob("versions/3.13*/bin/python")))


def _version(python: str) -> tuple[int, ...] | None:
    command = (python, "-c", "import sys; print(*sys.version_info[:2])")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return tuple(map(int, done.stdout.split())) if done.returncode == 0 else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
