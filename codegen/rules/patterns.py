"""Patterns that the regular expression engine of the generated models understands."""

from collections.abc import Iterator

import jsonschema_rs

from codegen.document import Document, join
from codegen.fault import Fault
from codegen.schema import schemas


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each `pattern` that Rust's regex crate, which Pydantic uses, refuses."""
    for pointer, schema in schemas(document):
        pattern = schema.get("pattern")
        if isinstance(pattern, str) and not _is_understood(pattern):
            message = f"the pattern '{pattern}' is no regular expression, or one that looks around"
            yield document.fault("SPEC007", message, join(pointer, "pattern"))


def _is_understood(pattern: str) -> bool:
    try:
        jsonschema_rs.validator_for(
            {"pattern": pattern}, pattern_options=jsonschema_rs.RegexOptions()
        )
    except jsonschema_rs.ValidationError:
        return False
    return True
