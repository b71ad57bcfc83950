"""Each folder below `golden` is a claim: this description makes these files, or these faults."""

import os
from pathlib import Path

import pytest

from codegen.fault import DescriptionError
from codegen.output import drift, write
from tests.compiled import compiled

_REWRITE = os.environ.get("GOLDEN") == "rewrite"
_CASES = sorted(path.parent for path in Path(__file__).parent.glob("golden/*/openapi.yaml"))


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case.name)
def test_a_description_makes_the_files_or_the_faults_of_its_folder(case):
    files, faults = _outcome(case)
    if _REWRITE:
        write(case / "files", files)
        (case / "error.txt").unlink(missing_ok=True)
        if faults:
            (case / "error.txt").write_text(faults, encoding="utf-8")

    expected = case / "error.txt"
    assert faults == (expected.read_text(encoding="utf-8") if expected.exists() else "")
    assert [difference.diff for difference in drift(case / "files", files)] == []
    assert _names(case / "files") == files.keys()


def _names(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _outcome(case):
    text = (case / "openapi.yaml").read_text(encoding="utf-8")
    try:
        return compiled(text, package=f"{case.name}_api"), ""
    except DescriptionError as error:
        return {}, f"{error}\n"
