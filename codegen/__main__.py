"""`python -m codegen [--check]`: write the generated files, or say how they differ."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from codegen.fault import DescriptionError
from codegen.output import Files, drift, write
from codegen.pipeline import build

_SPEC = Path("spec/discogs.openapi.yaml")
_OUT = Path("generated")


def main(arguments: Sequence[str]) -> int:
    """Run the generator; return 1 when the description or the generated files are at fault."""
    options = _options(arguments)
    try:
        files = build(options.spec.read_text(encoding="utf-8"), options.spec.as_posix())
    except OSError as error:
        print(f"{options.spec}: {error.strerror}", file=sys.stderr)
        return 1
    except DescriptionError as error:
        print(error, file=sys.stderr)
        print(f"{_count(len(error.faults), 'fault')}; nothing was written.", file=sys.stderr)
        return 1
    return _compare(options.out, files) if options.check else _write(options.out, files)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m codegen", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 on a difference"
    )
    parser.add_argument("--spec", type=Path, default=_SPEC, help=f"description (default: {_SPEC})")
    parser.add_argument("--out", type=Path, default=_OUT, help=f"folder (default: {_OUT})")
    return parser.parse_args(arguments)


def _compare(root: Path, files: Files) -> int:
    differences = list(drift(root, files))
    for difference in differences:
        print(f"{difference.kind}: {root / difference.name}")
        print(difference.diff, end="")
    if differences:
        print(f"{_count(len(differences), 'file')} out of step; run `make generate`.")
        return 1
    print(f"{_count(len(files), 'generated file')} in step with the description.")
    return 0


def _write(root: Path, files: Files) -> int:
    changes = write(root, files)
    verbs = {"missing": "added", "stale": "changed", "left over": "removed"}
    for change in changes:
        print(f"{verbs[change.kind]}: {root / change.name}")
    print(f"{_count(len(files), 'generated file')}, {len(changes)} changed.")
    return 0


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
