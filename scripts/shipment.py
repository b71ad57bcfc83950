"""What is deployed: an allow-list of files, and where each of them lies in this tree."""

from collections.abc import Iterator
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
# Source root, then what of it ships; packages ship whole, but for what nothing of the app imports.
_SHIPPED = {
    "az-function": ("function_app.py", "host.json", "requirements.txt", "discogs_proxy"),
    "generated": ("discogs_api", "gpt-action"),
}
# The models of Discogs' answers and the mark for type checkers are for who writes a client.
_LEFT_OUT = ("discogs_api/models.py", "discogs_api/py.typed", "discogs_proxy/py.typed")


def shipped() -> dict[str, bytes]:
    """Return the content of each file that ships by its name in the app folder, sorted."""
    return {name: path.read_bytes() for name, path in sorted(_files()) if name not in _LEFT_OUT}


def _files() -> Iterator[tuple[str, Path]]:
    for root, names in _SHIPPED.items():
        for name in names:
            path = _ROOT / root / name
            files = [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()]
            for file in files:
                if not {"__pycache__", ".DS_Store"} & {*file.parts}:
                    yield file.relative_to(_ROOT / root).as_posix(), file
