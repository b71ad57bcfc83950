"""schemathesis over both faces of the shipped app, in process: valid and invalid calls."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema

from tests.described import DESCRIPTION, METHODS
from tests.offered import ACTION, PREFIX
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


@dataclass(frozen=True)
class Face:
    """A description, where it is served, and the phases that it has something for."""

    description: Mapping[str, Any]
    path: str
    phases: frozenset[str]

    def operations(self, *, with_input: bool = False) -> set[str]:
        """Return the labels of its operations, of all or of those that something is sent to."""
        return {
            f"{method.upper()} {path}"
            for path, item in self.description["paths"].items()
            for method in METHODS
            if method in item and (not with_input or _takes_some(item, item[method]))
        }


def _takes_some(item, operation):
    return bool(item.get("parameters") or operation.get("parameters") or "requestBody" in operation)


FACES = {
    "mirror": Face(
        DESCRIPTION, "/api", frozenset({"EXAMPLES", "COVERAGE", "FUZZING", "STATEFUL_TESTING"})
    ),
    # What an importer cannot read, examples and links, is not in the Action spec.
    "agent": Face(ACTION, PREFIX, frozenset({"COVERAGE", "FUZZING"})),
}


@pytest.fixture(scope="module", params=FACES)
def face(request):
    return FACES[request.param]


@pytest.fixture(scope="module")
def happened(served, face):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("API_KEY", KEY)
        patch.setenv("BASE_URL", ADDRESS + face.path)
        patch.chdir(ROOT)
        config = SchemathesisConfig.from_path(ROOT / "tests" / "contract" / "schemathesis.toml")
        schema = schemathesis.openapi.from_dict(face.description, config=config)
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


def test_no_phase_ends_in_an_error(happened, face):
    errors = [
        event for event in happened if isinstance(event, events.NonFatalError | events.FatalError)
    ]
    phases = {e.phase.name.name: e.status for e in happened if isinstance(e, events.PhaseFinished)}

    assert errors == []
    assert {p for p in phases if phases[p] is Status.SUCCESS} >= face.phases


def test_every_check_was_made(played):
    made = {
        check.name
        for scenario in played
        for checks in scenario.recorder.checks.values()
        for check in checks
    }

    assert made == CHECKS


def test_every_operation_was_called_with_valid_and_with_invalid_data(played, face):
    cases = [case.value for scenario in played for case in scenario.recorder.cases.values()]
    called = Counter(
        (case.operation.label, "valid" if case.meta.generation.mode.is_positive else "invalid")
        for case in cases
        if case.meta
    )
    expected = {(label, "valid") for label in face.operations()}
    expected |= {(label, "invalid") for label in face.operations(with_input=True)}

    assert expected - set(called) == set()
    assert min(called[each] for each in expected) >= 3


@pytest.mark.parametrize("face", ["mirror"], indirect=True)
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
