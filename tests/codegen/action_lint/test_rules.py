"""Each rule finds what breaks it, there and nothing else, and lets pass what only looks like it."""

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from codegen.action_lint.finding import ERROR
from codegen.action_lint.linter import RULES, lint
from codegen.action_lint.spec import Profile, Served
from tests.codegen.action_lint.editing import HERE, edited, load

_TABLES = {path.stem: load(f"rules/{path.name}") for path in sorted(HERE.glob("rules/*.yaml"))}
_GOOD = [
    pytest.param(edits, id=f"{rule}-{number}")
    for rule, table in _TABLES.items()
    for number, edits in enumerate(table["good"])
]
_BAD = [
    pytest.param(rule, case, id=f"{rule}-{number}")
    for rule, table in _TABLES.items()
    for number, case in enumerate(table["bad"])
]
_ADDRESS = "https://api.library.town/openapi.json"


def _said(findings):
    return [(finding.rule.id, finding.level, finding.pointer) for finding in findings]


def test_in_the_spec_that_is_edited_nothing_is_found():
    assert lint(edited({})) == []


@pytest.mark.parametrize("edits", _GOOD)
def test_what_keeps_to_a_rule_passes(edits):
    assert lint(edited(edits)) == []


@pytest.mark.parametrize(("rule", "case"), _BAD)
def test_what_breaks_a_rule_is_found_by_that_rule_alone(rule, case):
    places = case["at"] if isinstance(case["at"], list) else [case["at"]]

    findings = lint(edited(case["edits"]))

    level = case.get("level", ERROR)
    assert _said(findings) == [(rule, level, place) for place in places]
    for finding in findings:
        assert finding.message
        assert "\n" not in finding.message


def test_what_an_independent_validator_refuses_is_an_error():
    cases = [edited(case["edits"]) for table in _TABLES.values() for case in table["bad"]]
    refused = [spec for spec in cases if _is_refused(spec)]

    assert len(refused) > 10
    for spec in refused:
        assert ERROR in [finding.level for finding in lint(spec)]


def _is_refused(spec):
    try:
        return bool(list(OpenAPIV31SpecValidator(spec).iter_errors()))
    except Exception:  # noqa: BLE001 - what it cannot take at all ends in any of many
        return True


def test_every_rule_has_its_table_or_its_test():
    ids = [f"GA{number:03}" for number in range(1, 36)]

    assert [rule.id for rule in RULES] == ids
    assert [*_TABLES, "GA035"] == ids


def test_a_placeholder_is_the_real_host_to_who_says_so():
    spec = edited({"/servers/0/url": "https://gateway.example/api"})

    assert _said(lint(spec)) == [("GA003", "error", "/servers/0/url")]
    assert lint(spec, Profile(placeholder="gateway.example")) == []
    assert lint(spec, Profile(placeholder="another.example")) != []


def test_a_placeholder_excuses_nothing_but_its_name():
    for url in ("http://gateway.example/api", "https://gateway.example/api/"):
        findings = lint(edited({"/servers/0/url": url}), Profile(placeholder="gateway.example"))

        assert _said(findings) == [("GA003", "error", "/servers/0/url")]


@pytest.mark.parametrize(
    "served",
    [Served(_ADDRESS), Served(_ADDRESS, 200, "Application/YAML; charset=utf-8"), None],
)
def test_a_spec_that_its_own_host_serves_passes(served):
    assert lint(edited({}), Profile(served=served)) == []


@pytest.mark.parametrize(
    ("served", "pointer", "words"),
    [
        (Served(_ADDRESS, 301), "", "redirect"),
        (Served(_ADDRESS, 404), "", "404"),
        (Served(_ADDRESS, 200, "text/html"), "", "'text/html'"),
        (Served(_ADDRESS, 200, ""), "", "''"),
        (Served("https://library.town/openapi.json"), "/servers/0/url", "'library.town'"),
    ],
)
def test_a_spec_that_is_served_otherwise_is_found(served, pointer, words):
    (finding,) = lint(edited({}), Profile(served=served))

    assert (finding.rule.id, finding.level, finding.pointer) == ("GA035", "error", pointer)
    assert words in finding.message
