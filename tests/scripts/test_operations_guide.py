"""The operations guide speaks of what there is: settings, parameters, answers, queries."""

import re

import pytest

from scripts.deployment import wanted
from tests.shipped_app import ROOT

GUIDE = (ROOT / "docs" / "operations-guide.md").read_text(encoding="utf-8")
CORE = ROOT / "az-function" / "discogs_proxy"
TEMPLATE = (ROOT / "infra" / "main.bicep").read_text(encoding="utf-8")
PARAMETERS = set(re.findall(r"^param (\w+)", TEMPLATE, re.MULTILINE))


def rows(heading):
    """The rows of the first table below a heading, as the texts of their cells."""
    section = re.split(r"^#{2,3} ", GUIDE.partition(f"# {heading}\n")[2], flags=re.MULTILINE)[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def names(text):
    return re.findall(r"`([^`]+)`", text)


def test_the_table_has_the_settings_that_are_read_and_no_others():
    modules = ("settings.py", "state_address.py")
    code = "".join((CORE / module).read_text(encoding="utf-8") for module in modules)
    read = re.findall(r'\(\s*"([A-Z_]+)", ""\)', code)

    assert [names(setting)[0] for setting, _, _ in rows("Settings")] != []
    assert {names(setting)[0] for setting, _, _ in rows("Settings")} == {*read}


def test_every_setting_is_by_a_parameter_of_the_template_or_a_secret_of_the_vault():
    said = {name for _, parameter, _ in rows("Settings") for name in names(parameter)}

    assert said - {"DISCOGS-TOKEN", "X-API-KEY"} <= PARAMETERS


def test_every_parameter_that_is_spoken_of_is_one_of_the_template():
    spoken = set(re.findall(r"\b([a-z]+[A-Z]\w+)=", GUIDE))
    spoken |= {
        name for name in names(GUIDE) if re.fullmatch(r"(?:use|allow|maximum|always)\w+", name)
    }

    assert spoken
    assert spoken <= PARAMETERS


def test_every_answer_in_the_table_is_one_that_the_proxy_gives():
    paths = [*CORE.glob("*.py"), *ROOT.glob("generated/discogs_api/*.py")]
    source = "".join(path.read_text(encoding="utf-8") for path in paths)

    for symptom, _, _ in rows("Symptom, cause, fix"):
        for word in names(symptom):
            if re.fullmatch(r"[a-z_]+", word):
                assert f'"{word}"' in source, word
    statuses = {symptom.split()[0] for symptom, _, _ in rows("Symptom, cause, fix")}
    assert statuses >= {"400", "401", "403", "429", "502", "503", "504"}


def test_every_query_is_in_the_table_and_there_is_none_else():
    listed = {name for query, _ in rows("Reading the log") for name in names(query)}

    assert listed == {path.name for path in (ROOT / "infra" / "kql").glob("*.kql")}


def test_the_steps_are_those_of_a_deployment():
    assert [names(step)[0] for step, _ in rows("Deploying")] == [*wanted.STEPS]


@pytest.mark.parametrize("name", re.findall(r"\]\(([^)#]+)\)", GUIDE))
def test_a_link_leads_to_a_file(name):
    assert (ROOT / "docs" / name).exists()


def test_every_command_is_one_that_there_is():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert set(re.findall(r"make ([a-z]+)", GUIDE)) <= targets
    for script in re.findall(r"\./(scripts/[\w-]+\.ps1)", GUIDE):
        assert (ROOT / script).exists()
