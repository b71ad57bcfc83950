"""What the descriptions say beyond OpenAPI, or cannot say in it, told to schemathesis."""

import os
from typing import Any

import schemathesis
from schemathesis import Case, HookContext
from schemathesis.generation.meta import TestPhase

from tests.offered import OFFERED

# The Action spec has no word for this; where it has an operation, the description says it of it.
_NEED_QUERY = {"search"}
_OF_THE_FACE = {"include", "continue_from"}
# Importers read no examples, so that the Action spec has none.
_KNOWN = {offered.name: offered.example.path_values for offered in OFFERED}
_LONGEST = 8
_IS_DEPLOYED = "KNOWN_USERNAME" in os.environ
"""What is known of a deployment is in its configuration, and Azure's front end stands before it."""


@schemathesis.hook
def before_call(context: HookContext, case: Case, kwargs: dict[str, Any]) -> None:  # noqa: ARG001
    """Give valid calls the query parameter that OpenAPI 3.1 cannot require, and known names.

    Names and ids that somebody has are for one phase of the face that has no examples; bad calls
    stay as they are.
    """
    operation = case.operation.definition.raw
    needs_query = "x-proxy-require-query" in operation or operation["operationId"] in _NEED_QUERY
    is_valid = case.meta is None or case.meta.generation.mode.is_positive
    if needs_query and is_valid and not (case.query or {}).keys() - _OF_THE_FACE:
        case.query = {**(case.query or {}), "q": "blue"}
    is_fuzzed = case.meta is not None and case.meta.phase.name is TestPhase.FUZZING
    if _IS_DEPLOYED:
        case.query = {name: _short(value) for name, value in (case.query or {}).items()}
    elif "x-openai-isConsequential" in operation and is_valid and is_fuzzed:
        case.path_parameters = dict(_KNOWN[operation["operationId"]])


def _short(value: Any) -> Any:
    """Return a value that leaves an address as short as the front end takes it, quoted."""
    is_long = isinstance(value, str) and not value.isascii()
    return value[:_LONGEST] if is_long else value
