"""`make action` writes what an importer takes, for the host that was named, or nothing."""

import json
import os
import subprocess
import sys

import pytest

from scripts.action import main
from tests.shipped_app import ROOT


@pytest.fixture
def run(tmp_path, capsys):
    """Return a function that writes for a host and returns the exit code, output and files."""

    def run(host):
        target = tmp_path / "made"
        code = main({"HOST": host}, target)
        printed = capsys.readouterr()
        files = {path.name: path.read_text(encoding="utf-8") for path in target.glob("*")}
        return code, printed.out + printed.err, files

    return run


def test_the_spec_calls_the_host_and_is_else_the_generated_one(run):
    code, printed, files = run("discogs.acme.org")

    generated = (ROOT / "generated" / "gpt-action" / "openapi.json").read_text(encoding="utf-8")
    assert code == 0
    assert files.keys() == {"openapi.json", "instructions.md"}
    spec = json.loads(files["openapi.json"])
    assert spec["servers"] == [{"url": "https://discogs.acme.org/api/gpt"}]
    assert spec["info"]["termsOfService"] == "https://discogs.acme.org/api/privacy"
    assert files["openapi.json"] == generated.replace("gateway.example", "discogs.acme.org")
    assert "0 errors" in printed
    assert "Next: import https://discogs.acme.org/api/openapi.json" in printed


@pytest.mark.parametrize(
    ("host", "words"),
    [
        ("localhost", "stands in for a host"),
        ("gateway.example", "stands in for a host"),
        ("192.0.2.7", "is no host name"),
        ("acme.org:7071", "has a port"),
        ("Discogs.acme.org", "has capitals"),
        ("a_b.acme.org", "is no host name"),
    ],
)
def test_a_host_that_no_importer_takes_writes_nothing(run, host, words):
    code, printed, files = run(host)

    assert (code, files) == (1, {})
    assert words in printed
    assert printed.endswith("Nothing was written.\n")


@pytest.mark.parametrize("host", ["", " ", "https://acme.org", "acme.org/api", 'a"b', "a b"])
def test_what_is_no_host_is_said_so(run, host):
    assert run(host) == (2, "HOST is the name of a host: make action HOST=discogs.acme.org\n", {})


def test_it_runs_as_a_command_that_takes_the_host_from_the_environment():
    done = subprocess.run(
        [sys.executable, "-m", "scripts.action"],
        cwd=ROOT,
        env={**os.environ, "HOST": "localhost"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "error GA003 'localhost' stands in for a host" in done.stdout
