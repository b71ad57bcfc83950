"""Examples and defaults fit the schemas they stand beside or in."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any
from urllib.parse import quote

import jsonschema_rs

from codegen.document import Document, join, mapping
from codegen.fault import Fault
from codegen.rules.violations import sentence, validator
from codegen.schema import schemas

_WHOLE = "urn:description"


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each sample that its own schema would refuse."""
    compile_at = _compiler(document)
    for place, schema, value in _samples(document):
        compiled = compile_at(schema)
        if compiled:
            yield from _misfits(document, compiled, place, value)


def _samples(document: Document) -> Iterator[tuple[str, str, object]]:
    """Yield each sample: where it stands, the pointer of its schema, its value."""
    for pointer, node in document.objects:
        if "schema" in node:
            for place, value in _beside(node, pointer):
                yield place, join(pointer, "schema"), value
    for pointer, schema in schemas(document):
        for place, value in _inside(schema, pointer):
            yield place, pointer, value


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


def _compiler(document: Document) -> Callable[[str], jsonschema_rs.Validator | None]:
    """Return what compiles the schema at a pointer: each once, with only what it refers to."""
    whole = {key: document.root.get(key) for key in ("components", "paths")}
    registry = jsonschema_rs.Registry([(_WHOLE, whole)])

    @cache
    def compiled(pointer: str) -> jsonschema_rs.Validator | None:
        try:
            return validator({"$ref": f"{_WHOLE}#{quote(pointer)}"}, registry)
        except jsonschema_rs.ValidationError:
            return None  # the schema has a fault of its own

    return lambda pointer: compiled(_named(document, pointer))


def _named(document: Document, pointer: str) -> str:
    """Return the pointer of the component that a schema merely names, else its own."""
    schema = document.target(f"#{pointer}")
    try:
        return document.home(pointer) if list(mapping(schema)) == ["$ref"] else pointer
    except KeyError:
        return pointer


def _misfits(
    document: Document, compiled: jsonschema_rs.Validator, place: str, value: object
) -> Iterator[Fault]:
    what = "default" if place.endswith("/default") else "example"
    sentences_by_place: dict[str, list[str]] = {}
    for error in compiled.iter_errors(value):
        where = join(place, *error.instance_path)
        sentences_by_place.setdefault(where, []).append(sentence(error))
    for where, sentences in sentences_by_place.items():
        message = f"the {what} does not fit: {'; '.join(sentences)}"
        yield document.fault("SPEC012", message, where)
