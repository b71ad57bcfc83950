"""The description is OpenAPI 3.1."""

from collections.abc import Iterator
from functools import cache

import jsonschema_rs
from openapi_spec_validator.schemas import get_schema_content_v31

from codegen.document import Document
from codegen.fault import Fault
from codegen.rules.violations import validator, violations


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each place that OpenAPI 3.1 does not allow."""
    version = document.root.get("openapi", "3.1.0")
    if not str(version).startswith("3.1."):
        message = f"only OpenAPI 3.1 is read, such as 3.1.0, not {version}"
        yield document.fault("SPEC006", message, "/openapi")
        return
    errors = _openapi().iter_errors(document.root)
    yield from violations(document, errors, "", "SPEC006", _names())


@cache
def _openapi() -> jsonschema_rs.Validator:
    return validator(get_schema_content_v31())


@cache
def _names() -> frozenset[str]:
    """Return every key that OpenAPI knows."""
    definitions = dict(get_schema_content_v31())["$defs"].values()
    return frozenset(name for node in definitions for name in node.get("properties", ()))
