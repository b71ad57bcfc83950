"""Examples and defaults fit the schemas they stand beside or in."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import jsonschema_rs

from codegen.document import Document, join, mapping, walk
from codegen.fault import Fault
from codegen.rules.violations import sentence, validator
from codegen.schema import schemas


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each sample that its own schema would refuse."""
    for pointer, node in walk(document.root):
        if "schema" in node:
            yield from _fit(document, join(pointer, "schema"), dict(_beside(node, pointer)))
    for pointer, schema in schemas(document):
        yield from _fit(document, pointer, dict(_inside(schema, pointer)))


def _beside(node: dict[str, Any], pointer: str) -> Iterator[tuple[str, object]]:
    if "example" in node:
        yield join(pointer, "example"), node["example"]
    for name, example in mapping(node.get("examples")).items():
        if "value" in mapping(example):
            yield join(pointer, "examples", name, "value"), example["value"]


def _inside(schema: dict[str, Any], pointer: str) -> Iterator[tuple[str, object]]:
    for keyword in ("default", "example"):
        if keyword in schema:
            yield join(pointer, keyword), schema[keyword]
    examples = schema.get("examples")
    for index, example in enumerate(examples if isinstance(examples, list) else []):
        yield join(pointer, "examples", index), example


def _fit(document: Document, schema: str, samples: dict[str, object]) -> Iterator[Fault]:
    if not samples:
        return
    root = {key: document.root.get(key) for key in ("components", "paths")}
    try:
        compiled = validator({**root, "$ref": "#" + quote(schema)})
    except jsonschema_rs.ValidationError:
        return  # the schema has a fault of its own
    for place, value in samples.items():
        what = "default" if place.endswith("/default") else "example"
        for error in compiled.iter_errors(value):
            message = f"the {what} does not fit: {sentence(error)}"
            yield document.fault("SPEC012", message, join(place, *error.instance_path))
