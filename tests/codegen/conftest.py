"""The shipped description, and the cases whose outcome is checked in."""

from pathlib import Path

import pytest

_HERE = Path(__file__).parent
_REPOSITORY = _HERE.parents[1]


@pytest.fixture(scope="session")
def repository() -> Path:
    return _REPOSITORY


@pytest.fixture(scope="session")
def golden() -> Path:
    return _HERE / "golden"


@pytest.fixture(scope="session")
def shipped() -> str:
    """Return the text of the description that this project ships."""
    path = _REPOSITORY / "spec" / "discogs.openapi.yaml"
    return path.read_text(encoding="utf-8")
