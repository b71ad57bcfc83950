"""Generated files on disk: written, or compared with what is there."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

Files: TypeAlias = Mapping[str, str]
"""Relative POSIX name to final text."""

_CACHES = ("__pycache__", ".mypy_cache", ".ruff_cache")


@dataclass(frozen=True, slots=True)
class Drift:
    """A file on disk that is not what the description makes."""

    name: str
    kind: str
    """`stale`, `missing` or `left over`."""
    diff: str


def drift(root: Path, files: Files) -> Iterator[Drift]:
    """Yield each difference between the folder and the files, both ways, in order of name."""
    present = {path.relative_to(root).as_posix(): path for path in _on_disk(root)}
    for name in sorted({*present, *files}):
        old = _read(present[name]) if name in present else None
        new = files.get(name)
        if old != new:
            kind = "missing" if old is None else "left over" if new is None else "stale"
            yield Drift(name, kind, _diff(name, old or "", new or ""))


class ForeignFolder(Exception):
    """A folder that holds files, none of them generated: it was named by mistake."""


def write(root: Path, files: Files) -> list[Drift]:
    """Make the folder hold exactly the files; return what was different.

    Raise `ForeignFolder` rather than empty a folder that nothing was ever generated into.
    """
    changes = list(drift(root, files))
    kinds = [change.kind for change in changes]
    if "left over" in kinds and kinds.count("missing") == len(files):
        raise ForeignFolder(f"{root} holds files, and none that the generator makes")
    for change in changes:
        path = root / change.name
        if change.name in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(files[change.name].encode())
        else:
            path.unlink()
    return changes


def _on_disk(root: Path) -> Iterator[Path]:
    for path in sorted(root.rglob("*")):
        if path.is_file() and not set(path.relative_to(root).parts) & set(_CACHES):
            yield path


def _read(path: Path) -> str:
    return path.read_bytes().decode(errors="replace")


def _diff(name: str, old: str, new: str) -> str:
    lines = difflib.unified_diff(
        old.splitlines(keepends=True), new.splitlines(keepends=True), f"{name} (on disk)", name
    )
    return "".join(line if line.endswith("\n") else line + "\n" for line in lines)
