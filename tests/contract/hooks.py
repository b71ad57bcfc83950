"""What the description says beyond OpenAPI, told to schemathesis."""

from typing import Any

import schemathesis
from schemathesis import Case, HookContext

# The Action spec has no word for this; where it has an operation, the description says it of it.
_NEED_QUERY = {"search"}
_OF_THE_FACE = {"include", "continue_from"}


@schemathesis.hook
def before_call(context: HookContext, case: Case, kwargs: dict[str, Any]) -> None:  # noqa: ARG001
    """Give valid calls the query parameter that OpenAPI 3.1 cannot require.

    Only calls that ask for nothing at all are changed; bad ones stay as they are.
    """
    operation = case.operation.definition.raw
    needs_query = "x-proxy-require-query" in operation or operation["operationId"] in _NEED_QUERY
    is_valid = case.meta is None or case.meta.generation.mode.is_positive
    if needs_query and is_valid and not (case.query or {}).keys() - _OF_THE_FACE:
        case.query = {**(case.query or {}), "q": "blue"}
