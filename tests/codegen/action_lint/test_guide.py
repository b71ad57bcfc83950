"""The guide explains what the builder says, as the rules quote it, and leads nowhere in vain."""

import re

import pytest

from codegen.action_lint.linter import RULES
from tests.codegen.action_lint.editing import HERE

_GUIDE = HERE.parents[2] / "docs" / "gpt-setup.md"


@pytest.fixture(scope="module")
def guide():
    return _GUIDE.read_text(encoding="utf-8")


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.builder], ids=lambda r: r.id)
def test_each_message_of_the_builder_is_explained(guide, rule):
    for words in rule.builder:
        assert f"`{words}`" in guide


def test_each_message_of_an_import_stands_beside_its_rule(guide):
    _, _, table = guide.partition("## What the importer says")
    table, _, _ = table.partition("##")

    for row in [line for line in table.splitlines() if line.startswith("| `")]:
        said = set(re.findall(r"`([^`]+)`", row.split(" | ")[0]))
        rules = set(re.findall(r"GA\d+", row))
        assert said <= {words for rule in RULES if rule.id in rules for words in rule.builder}


def test_it_names_no_rule_that_is_not_there(guide):
    assert set(re.findall(r"GA\d+", guide)) <= {rule.id for rule in RULES}


def test_its_links_into_the_project_lead_somewhere(guide):
    targets = re.findall(r"\]\((?!https)([^)#]*)(#[^)]*)?\)", guide)

    assert targets
    for path, anchor in targets:
        page = (_GUIDE.parent / path) if path else _GUIDE
        assert page.is_file()
        headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        slugs = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
        assert not anchor or anchor[1:] in slugs


def test_its_commands_are_those_of_the_project(guide):
    makefile = (_GUIDE.parents[1] / "Makefile").read_text(encoding="utf-8")

    for target in re.findall(r"`?make ([a-z]+)", guide):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_it_says_when_custom_gpts_end(guide):
    assert "11 December 2026" in guide
    assert "retired" in guide
