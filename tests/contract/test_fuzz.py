"""schemathesis over the shipped app, in process: all phases and checks, valid and invalid calls."""

from collections import Counter

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema

from tests.described import DESCRIPTION, EXAMPLES
from tests.shipped_app import ADDRESS, KEY, ROOT

CHECKS = {
    "allow_header_conformance",
    "content_type_conformance",
    "ensure_resource_availability",
    "ignored_auth",
    "missing_required_header",
    "negative_data_rejection",
    "not_a_server_error",
    "object_level_authorization",
    "positive_data_acceptance",
    "response_headers_conformance",
    "response_schema_conformance",
    "status_code_conformance",
    "unsupported_method",
    "use_after_free",
}


@pytest.fixture(scope="module")
def happened(served):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("API_KEY", KEY)
        patch.setenv("BASE_URL", ADDRESS)
        patch.chdir(ROOT)
        config = SchemathesisConfig.from_path(ROOT / "tests" / "contract" / "schemathesis.toml")
        schema = schemathesis.openapi.from_dict(DESCRIPTION, config=config)
        schema.app = served.host
        return list(from_schema(schema).execute())


@pytest.fixture(scope="module")
def played(happened):
    return [event for event in happened if isinstance(event, events.ScenarioFinished)]


def test_no_call_breaks_the_description(played):
    failures = [
        f"{check.name}: {scenario.recorder.cases[case_id].value.as_curl_command()}\n"
        f"{check.failure_info.failure}"
        for scenario in played
        for case_id, checks in scenario.recorder.checks.items()
        for check in checks
        if check.status is not Status.SUCCESS
    ]

    assert failures == []


def test_no_phase_ends_in_an_error(happened):
    errors = [
        event for event in happened if isinstance(event, events.NonFatalError | events.FatalError)
    ]
    phases = {e.phase.name.name: e.status for e in happened if isinstance(e, events.PhaseFinished)}

    assert errors == []
    assert {p for p in phases if phases[p] is Status.SUCCESS} >= {
        "EXAMPLES",
        "COVERAGE",
        "FUZZING",
        "STATEFUL_TESTING",
    }


def test_every_check_was_made(played):
    made = {
        check.name
        for scenario in played
        for checks in scenario.recorder.checks.values()
        for check in checks
    }

    assert made == CHECKS


def test_every_operation_was_called_with_valid_and_with_invalid_data(played):
    cases = [case.value for scenario in played for case in scenario.recorder.cases.values()]
    called = Counter(
        (case.operation.label, "valid" if case.meta.generation.mode.is_positive else "invalid")
        for case in cases
        if case.meta
    )
    expected = {(example.label, "valid") for example in EXAMPLES}
    expected |= {(e.label, "invalid") for e in EXAMPLES if e.operation.get("parameters") or e.body}

    assert expected - set(called) == set()
    assert min(called[each] for each in expected) >= 3


def test_links_of_the_description_were_followed_to_successes(played):
    """Which ones is up to chance; that each of them works is shown beside this."""
    followed = {
        case.transition.id
        for scenario in played
        for case_id, case in scenario.recorder.cases.items()
        if case.transition and case.is_transition_applied and _is_success(scenario, case_id)
    }

    assert followed


def _is_success(scenario, case_id):
    interaction = scenario.recorder.interactions.get(case_id)
    return bool(interaction and interaction.response) and interaction.response.status_code < 300
