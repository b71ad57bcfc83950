"""The description is OpenAPI 3.1."""

import json
from collections.abc import Iterator
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import jsonschema_rs

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
    return validator(openapi_schema())


@cache
def _names() -> frozenset[str]:
    """Return every key that OpenAPI knows."""
    definitions = openapi_schema()["$defs"].values()
    return frozenset(name for node in definitions for name in node.get("properties", ()))


@cache
def openapi_schema() -> dict[str, Any]:
    """Return OpenAPI's own schema; the package that has it is slow to import and not needed."""
    name = "openapi_spec_validator/resources/schemas/v3.1/schema.json"
    file = Path(str(distribution("openapi-spec-validator").locate_file(name)))
    return dict(json.loads(file.read_text(encoding="utf-8")))
