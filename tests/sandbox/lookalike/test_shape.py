import json
from collections import defaultdict

import pytest

KINDS = ("artist", "master", "release", "label")
# A master and a release share the parts that they are made of.
RECORDS = ("master", "release")


def shapes(value, path=""):
    kinds = {dict: "object", list: "array", str: "string", bool: "bool", type(None): "null"}
    yield path, kinds.get(type(value), "number")
    if isinstance(value, dict):
        for key, item in value.items():
            yield from shapes(item, f"{path}.{key}")
    if isinstance(value, list):
        for item in value:
            yield from shapes(item, f"{path}[]")


def recorded_shapes(recorded, folders):
    kinds_by_path = defaultdict(set)
    for file in (file for folder in folders for file in (recorded / folder).glob("*.json")):
        for path, kind in shapes(json.loads(file.read_text(encoding="utf-8"))):
            kinds_by_path[path].add(kind)
    return kinds_by_path


@pytest.mark.parametrize(
    ("folders", "paths"),
    [
        (["artist"], [f"/artists/{number}" for number in range(1001, 1020)]),
        (["artist-releases"], ["/artists/1006/releases", "/artists/1014/releases"]),
        (["label"], [f"/labels/{number}" for number in range(2001, 2026)]),
        (["label-releases"], ["/labels/2012/releases"]),
        (RECORDS, [f"/masters/{number}" for number in range(3001, 3019)]),
        (["master-versions"], ["/masters/3009/versions"]),
        (RECORDS, [f"/releases/{number}" for number in (4001, 4019, 4023, 4031, 4042, 4046)]),
        (["search"], [f"/database/search?type={kind}" for kind in KINDS]),
    ],
)
def test_no_answer_has_a_key_or_a_type_that_discogs_never_sent(ask, recorded, folders, paths):
    known = recorded_shapes(recorded, folders)
    user = {"authorization": "Discogs token=sandbox-token"}

    sent = {shape for path in paths for shape in shapes(ask(path, headers=user).json())}

    assert {(path, kind) for path, kind in sent if kind not in known[path]} == set()
