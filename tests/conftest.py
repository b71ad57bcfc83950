"""Offer every test the interpreter that runs Azure's own worker library."""

import os
import sys
from pathlib import Path

import pytest

from tests.shipped_app import Served, serve

_REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def native_python() -> Path:
    """Return a Python 3.13 or later with azure-functions-runtime, or skip; CI must have one."""
    if sys.version_info >= (3, 13):
        return Path(sys.executable)
    named = os.environ.get("NATIVE_PYTHON")
    interpreter = Path(named) if named else _REPOSITORY / ".venv-native" / "bin" / "python"
    if not interpreter.exists():
        missing = (
            f"Azure's worker library needs Python 3.13 and there is none at {interpreter}; "
            "NATIVE_PYTHON may name one that has azure-functions-runtime, httpx and this project"
        )
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    return interpreter


@pytest.fixture(scope="session")
def served() -> Served:
    """The shipped app over the look-alike; one for the whole run, since it is indexed once."""
    return serve()


@pytest.fixture(scope="session")
def recorded() -> Path:
    """Return the folder of answers recorded from Discogs, or skip."""
    folder = _REPOSITORY.parent / "shared" / "recorded"
    if not folder.is_dir():
        pytest.skip("there are no answers recorded from Discogs beside this tree")
    return folder
