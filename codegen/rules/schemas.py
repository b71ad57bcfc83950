"""Schemas are written in JSON Schema 2020-12, in the part of it that models are made of."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs

from codegen.document import Document, join
from codegen.fault import Fault, did_you_mean
from codegen.rules.violations import validator, violations
from codegen.schema import APPLICATORS, LISTED, NAMED, SINGLE, schemas

_META_SCHEMA = "https://json-schema.org/draft/2020-12/schema"
# Validation, annotation and reference keywords of 2020-12, and OpenAPI 3.1's own four. Components
# take the place of `$defs`, `$anchor` and `$id`.
_KEYWORDS = APPLICATORS | frozenset(
    """$comment $ref const contentEncoding contentMediaType default dependentRequired deprecated
    description enum examples exclusiveMaximum exclusiveMinimum format maxContains maxItems
    maxLength maxProperties maximum minContains minItems minLength minProperties minimum multipleOf
    pattern readOnly required title type uniqueItems writeOnly
    discriminator example externalDocs xml""".split()  # noqa: SIM905 - a word a line is a page
)

_OF_OPENAPI_3_0 = {"nullable": """ — write `type: [string, "null"]`"""}


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each keyword that is unknown or has a value it cannot have."""
    for pointer, schema in schemas(document):
        for keyword, value in schema.items():
            if keyword in _KEYWORDS:
                errors = _meta().iter_errors({keyword: _shell(keyword, value)})
                yield from violations(document, errors, pointer, "SPEC007")
            elif not keyword.startswith("x-"):
                hint = _OF_OPENAPI_3_0.get(keyword) or did_you_mean(keyword, _KEYWORDS)
                message = f"unknown schema keyword '{keyword}'{hint}"
                yield document.fault("SPEC007", message, join(pointer, keyword), at_key=True)


def _shell(keyword: str, value: Any) -> Any:  # noqa: ANN401 - whatever stands there
    """Empty the schemas that a keyword holds: each of them has its turn."""
    if keyword in SINGLE and isinstance(value, dict):
        return {}
    if keyword in NAMED and isinstance(value, dict):
        return {name: {} if isinstance(part, dict) else part for name, part in value.items()}
    if keyword in LISTED and isinstance(value, list):
        return [{} if isinstance(part, dict) else part for part in value]
    return value


@cache
def _meta() -> jsonschema_rs.Validator:
    return validator({"$ref": _META_SCHEMA})
