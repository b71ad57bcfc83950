"""Each fault code is explained to whoever edits the description, and shown by a case."""

import re

import pytest


@pytest.fixture(scope="module")
def codes(repository):
    sources = (repository / "codegen").rglob("*.py")
    return {code for path in sources for code in _codes(path)}


def _codes(path):
    return re.findall(r"SPEC\d{3}", path.read_text(encoding="utf-8"))


def test_every_code_is_in_the_table_of_the_description(repository, codes):
    assert set(_codes(repository / "spec" / "README.md")) == codes


def test_every_code_is_shown_by_a_case(golden, codes):
    assert {code for path in golden.glob("*/error.txt") for code in _codes(path)} == codes
