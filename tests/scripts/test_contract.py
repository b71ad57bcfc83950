"""What `make contract` does to a deployment, it can do to one that somebody lives in."""

import subprocess
import sys
from pathlib import Path

import pytest

from scripts.contract import gently


def test_a_deployment_is_only_read_slowly_and_little():
    assert gently({}) == ("--rate-limit", "50/m", "--max-examples", "5", "--include-method", "GET")


@pytest.mark.parametrize("name", ["RATE_LIMIT", "MAX_EXAMPLES"])
def test_how_slowly_and_how_little_can_be_said_but_not_that_it_is_written_to(name):
    options = gently({name: "7"})

    assert "7" in options
    assert options[-2:] == ("--include-method", "GET")


def test_the_fuzzer_has_these_options():
    program = str(Path(sys.executable).with_name("schemathesis"))

    done = subprocess.run(
        [program, "run", *gently({}), "--help"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
