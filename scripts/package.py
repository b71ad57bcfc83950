"""Stage what is deployed: an allow-list of files, copied side by side into one folder."""

import argparse
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
# Source root, then what of it ships; packages ship whole, without what Python left in them.
_SHIPPED = {
    "az-function": ("function_app.py", "host.json", "requirements.txt", "discogs_proxy"),
    "generated": ("discogs_api", "gpt-action"),
}


def main(arguments: Sequence[str]) -> int:
    """Stage the app into the folder given; return 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=_ROOT / "build" / "app")
    folder = parser.parse_args(arguments).folder
    names = stage(folder)
    print(f"{len(names)} files staged in {folder}")
    return 0


def stage(folder: Path) -> list[str]:
    """Make the folder hold exactly what ships; return the relative names."""
    if folder.exists():
        shutil.rmtree(folder)
    for name, source in sorted(_shipped()):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    return [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.*"))]


def _shipped() -> Iterator[tuple[str, Path]]:
    for root, names in _SHIPPED.items():
        for name in names:
            path = _ROOT / root / name
            files = [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()]
            for file in files:
                if "__pycache__" not in file.parts:
                    yield file.relative_to(_ROOT / root).as_posix(), file


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
