"""What the description says beyond OpenAPI, told to schemathesis."""

from typing import Any

import schemathesis
from schemathesis import Case, HookContext


@schemathesis.hook
def before_call(context: HookContext, case: Case, kwargs: dict[str, Any]) -> None:  # noqa: ARG001
    """Give valid calls the query parameter that OpenAPI 3.1 cannot require.

    Only calls that send no parameter at all are changed; bad ones stay as they are.
    """
    needs_query = "x-proxy-require-query" in case.operation.definition.raw
    is_valid = case.meta is None or case.meta.generation.mode.is_positive
    if needs_query and is_valid and not case.query:
        case.query = {"q": "blue"}
