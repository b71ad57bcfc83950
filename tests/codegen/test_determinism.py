"""The files depend on the text of the description and on nothing else."""

import os
import subprocess
import sys

import pytest

from tests.compiled import compiled

_PLACES = {
    "a hash seed": {"PYTHONHASHSEED": "1"},
    "another hash seed": {"PYTHONHASHSEED": "4711"},
    "another locale and time zone": {"LC_ALL": "C", "LANG": "tr_TR.UTF-8", "TZ": "Asia/Tokyo"},
}


def _read(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("environment", _PLACES.values(), ids=_PLACES)
def test_the_process_leaves_no_trace_in_the_files(repository, shipped, tmp_path, environment):
    # Beside the packages that are made, a formatter would think it knows where they belong.
    command = [sys.executable, "-m", "codegen", "--out", tmp_path / "out"]

    subprocess.run(
        command,
        cwd=repository / "generated",
        env=os.environ | environment,
        check=True,
        capture_output=True,
    )

    assert _read(tmp_path / "out") == compiled(shipped, "spec/discogs.openapi.yaml")


def test_a_checkout_with_windows_line_ends_makes_the_same_files(shipped):
    windows = shipped.replace("\n", "\r\n")

    assert compiled(windows) == compiled(shipped)


def test_the_place_of_the_description_outside_of_the_project_is_in_no_file(
    golden, repository, tmp_path
):
    spec = tmp_path / "secret-folder" / "openapi.yaml"
    spec.parent.mkdir()
    spec.write_bytes((golden / "unicode" / "openapi.yaml").read_bytes())
    command = [sys.executable, "-m", "codegen", "--spec", spec, "--out", tmp_path / "out"]

    subprocess.run(command, check=True, capture_output=True)

    texts = _read(tmp_path / "out").values()
    assert not [text for text in texts if "secret-folder" in text or str(repository) in text]
