"""Renew the exact pins of requirements*.txt from pyproject.toml."""

import subprocess
import sys
import tempfile
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
# File, dependency group, and the file whose pins it has to keep: what runs is what is tested.
_FILES = (
    ("az-function/requirements.txt", None, None),
    ("requirements-run.txt", "run", "az-function/requirements.txt"),
    ("requirements-dev.txt", "dev", "requirements-run.txt"),
)


def main() -> int:
    """Write the files; return 0."""
    with tempfile.TemporaryDirectory() as folder:
        tool = Path(folder) / "bin"
        _run(sys.executable, "-m", "venv", folder)
        _run(str(tool / "pip"), "install", "--quiet", "uv")
        for name, group, kept in _FILES:
            options = ["--group", group] if group else []
            options += ["--constraint", kept] if kept else []
            _run(
                *(str(tool / "uv"), "pip", "compile", "--quiet", "--upgrade", "--universal"),
                *("--python-version", "3.11", "--no-annotate", "--no-header"),
                # Where packages come from is each machine's own affair.
                *("--no-emit-index-url", "--output-file", name, *options, "pyproject.toml"),
            )
            print(f"pinned {name}")
    return 0


def _run(*command: str) -> None:
    subprocess.run(command, check=True, cwd=_ROOT)


if __name__ == "__main__":
    sys.exit(main())
