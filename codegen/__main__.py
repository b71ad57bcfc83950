"""`python -m codegen [--check]`: write the generated files, or say how they differ."""

import argparse
import gc
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from codegen.fault import DescriptionError
from codegen.gate import ActionRefused, admit
from codegen.output import Files, ForeignFile, drift, read, write
from codegen.pipeline import CONTRACT, build
from codegen.summary import summary
from codegen.text import decode
from codegen.wording import count

_ROOT = Path(__file__).parents[1]
# All that the generator knows of the API that it is used for.
_SPEC = _ROOT / "spec" / "discogs.openapi.yaml"
_PACKAGE = "discogs_api"
_CORE = "discogs_proxy"


def main(arguments: Sequence[str]) -> int:
    """Run the generator; return 1 when the description or the generated files are at fault."""
    options = _options(arguments)
    try:
        files = _build(options.spec)
        print(admit(files), end="")
        return _compare(options.out, files) if options.check else _write(options.out, files)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
    except ForeignFile as error:
        print(f"{error}; nothing was written.", file=sys.stderr)
    except ActionRefused as refused:
        print(refused, end="", file=sys.stderr)
        print("The Action spec could not be imported; nothing was written.", file=sys.stderr)
    except DescriptionError as error:
        print(error, file=sys.stderr)
        print(f"{count(len(error.faults), 'fault')}; nothing was written.", file=sys.stderr)
    return 1


def _build(spec: Path) -> Files:
    # The name goes into the files, so that it may not depend on where the command was given.
    source = spec.resolve()
    name = source.relative_to(_ROOT) if source.is_relative_to(_ROOT) else Path(source.name)
    text = decode(spec.read_bytes(), name.as_posix())
    return build(text, name.as_posix(), _PACKAGE, _CORE)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m codegen", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 on a difference"
    )
    parser.add_argument("--spec", type=Path, default=_SPEC, help="description (%(default)s)")
    parser.add_argument("--out", type=Path, default=_ROOT, help="repository (%(default)s)")
    return parser.parse_args(arguments)


def _compare(root: Path, files: Files) -> int:
    differences = list(drift(root, files))
    for difference in differences:
        print(f"{difference.kind}: {_near(root / difference.name)}")
        print(difference.diff, end="")
    if differences:
        print(summary(read(root, CONTRACT), files[CONTRACT]), end="")
        print(f"{count(len(differences), 'file')} out of step; run `make generate`.")
        return 1
    print(f"{count(len(files), 'generated file')} in step with the description.")
    return 0


def _write(root: Path, files: Files) -> int:
    before = read(root, CONTRACT)
    changes = write(root, files)
    verbs = {"missing": "added", "stale": "changed", "left over": "removed"}
    for change in changes:
        print(f"{verbs[change.kind]}: {_near(root / change.name)}")
    print(f"{count(len(files), 'generated file')}, {len(changes)} changed.")
    print(summary(before, files[CONTRACT]), end="")
    return 0


def _near(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a diff may hold what no console can
    gc.disable()  # nearly all that is made is needed to the end, which is soon
    sys.exit(main(sys.argv[1:]))
