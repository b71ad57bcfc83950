"""Make what is deployed: build/app.zip, and the same files in build/app to look at.

Runs on a bare Python.
"""

import argparse
import hashlib
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from scripts import bytecode, interpreters
from scripts.archive import zipped
from scripts.shipment import shipped

_BUILD = Path(__file__).resolve().parents[1] / "build"
FLEX, CLASSIC = "3.13", "3.12"
"""The Python of the Flex Consumption plan, and that of the classic Consumption plan."""


def main(arguments: Sequence[str]) -> int:
    """Write the package; return 0, or 1 where bytecode was demanded and cannot be made."""
    options = _options(arguments)
    python = _python(options.target)
    if python is None and options.target != "none":
        print(f"No Python {options.target} was found: Azure will compile at each cold start.")
        if options.strict:
            return 1
    files = package(python)
    archive = zipped(files)
    stage(options.build / "app", files)
    (options.build / "app.zip").write_bytes(archive)
    count = sum(name.endswith(".pyc") for name in files)
    made = f"bytecode of Python {options.target}" if count else "no bytecode"
    print(f"{options.build / 'app.zip'}: {len(files)} files, {len(archive):,} bytes, {made}")
    print(f"sha256 {hashlib.sha256(archive).hexdigest()}")
    return 0


def package(python: str | None) -> dict[str, bytes]:
    """Return what ships, by name, with the bytecode of that Python if there is one."""
    files = shipped()
    sources = {name: content for name, content in files.items() if name.endswith(".py")}
    return files | (bytecode.of_sources(python, sources) if python else {})


def stage(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make the folder hold exactly these files."""
    if folder.exists():
        shutil.rmtree(folder)
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _python(target: str) -> str | None:
    return None if target == "none" else interpreters.find(tuple(map(int, target.split("."))))


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="package", description=__doc__)
    parser.add_argument(
        "--target",
        choices=(FLEX, CLASSIC, "none"),
        default=FLEX,
        help=f"the Python to make bytecode for: {FLEX} for Flex Consumption, {CLASSIC} for classic",
    )
    parser.add_argument(
        "--strict", action="store_true", help="fail where that Python is not on this machine"
    )
    parser.add_argument("--build", type=Path, default=_BUILD, help="the folder to write into")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
