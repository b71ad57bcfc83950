"""Answers recorded from Discogs, each with the operation of the description that it answers."""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.described import operations

EXCLUDED: Mapping[str, str] = {
    "(error body)": "no answer of one operation; the errors have tests of their own",
}
"""Endpoints of the index whose bodies are held against no operation, and why."""

# A body that two operations answer alike is held against one of them.
_SPELT_OTHERWISE = {
    "PUT|POST /users/{username}/wants/{release_id}": "PUT /users/{username}/wants/{release_id}"
}
# The index files these under a folder that they do not name; what was asked tells.
_NOT_OF_A_FOLDER = {
    re.compile(r"/collection/releases/"): "getCollectionItemsByRelease",
    re.compile(r"/collection/folders$"): "createFolder",
}


@dataclass(frozen=True)
class Recording:
    """A body, where it was found, and what was asked."""

    file: str
    path: Path
    status: int
    operation_id: str
    notes: str

    def body(self) -> Any:
        """Return the body as Discogs sent it: what its index says was broken is mended."""
        body = json.loads(self.path.read_text(encoding="utf-8"))
        if "EMPTY OBJECTS BECAME []" in self.notes:
            for parent, child in (("pagination", "urls"), ("filters", "applied")):
                if body.get(parent, {}).get(child) == []:
                    body[parent][child] = {}
        return body


def recordings(folder: Path) -> list[Recording]:
    """Return every recorded answer of an operation; fail on one that belongs to none."""
    ids = {f"{method} {path}": node["operationId"] for path, method, node in operations()}
    return [
        Recording(
            row["file"], folder / row["file"], _status(row), _operation_id(row, ids), row["notes"]
        )
        for row in _index(folder)
        if row["endpoint"] not in EXCLUDED
    ]


def errors(folder: Path) -> list[tuple[Path, int]]:
    """Return the recorded errors, each with its status."""
    rows = [row for row in _index(folder) if row["endpoint"] in EXCLUDED]
    return [(folder / row["file"], _status(row)) for row in rows]


def bodies(folder: Path) -> set[Path]:
    """Return every body in the folder, whatever its index says."""
    return set(folder.rglob("*.json"))


def _index(folder: Path) -> Iterator[dict[str, str]]:
    with (folder / "INDEX.tsv").open(encoding="utf-8") as index:
        yield from csv.DictReader(index, delimiter="\t")


def _status(row: Mapping[str, str]) -> int:
    # Where no headers were recorded, the index says after the status that it is inferred.
    return int(row["status"].split()[0])


def _operation_id(row: Mapping[str, str], ids: Mapping[str, str]) -> str:
    if "{folder_id}" in row["endpoint"]:
        for pattern, operation_id in _NOT_OF_A_FOLDER.items():
            if pattern.search(row["request"]):
                return operation_id
    endpoint = _SPELT_OTHERWISE.get(row["endpoint"], row["endpoint"])
    method, _, path = endpoint.rpartition(" ")
    return ids[f"{method.lower() or 'get'} {path}"]
