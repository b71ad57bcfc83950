"""Examples fit the schemas they stand beside."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import jsonschema_rs

from codegen.document import Document, join, walk
from codegen.fault import Fault


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each example that its own schema would refuse."""
    validators: dict[str, jsonschema_rs.Validator] = {}
    for pointer, node in walk(document.root):
        if not isinstance(node, dict) or not isinstance(node.get("schema"), dict):
            continue
        for place, value in _examples(node, pointer):
            key = join(pointer, "schema")
            if key not in validators:
                validators[key] = _validator(document, key)
            for error in validators[key].iter_errors(value):
                message = f"the example does not fit: {error.message.replace(chr(34), chr(39))}"
                yield document.fault("SPEC012", message, join(place, *error.instance_path))


def _examples(node: dict[str, Any], pointer: str) -> Iterator[tuple[str, object]]:
    if "example" in node:
        yield join(pointer, "example"), node["example"]
    named = node.get("examples")
    for name, example in (named if isinstance(named, dict) else {}).items():
        if isinstance(example, dict) and "value" in example:
            yield join(pointer, "examples", name, "value"), example["value"]


def _validator(document: Document, pointer: str) -> jsonschema_rs.Validator:
    root = {"components": document.root.get("components", {}), "paths": document.root.get("paths")}
    return jsonschema_rs.validator_for({**root, "$ref": "#" + quote(pointer)})
