"""What OpenAPI allows and this compiler does not make anything of, said instead of ignored."""

import re
from collections.abc import Iterator, Sequence

from codegen.document import Document, join, mapping
from codegen.fault import Fault
from codegen.paths import operations

_NO_CLASS_NAME = re.compile(r"[0-9_].*|.*[.-].*")
_NOT_IN_ROOT = ("jsonSchemaDialect", "webhooks")
_NOT_IN_PATHS = ("$ref", "head", "options", "servers", "trace")
_NOT_IN_OPERATIONS = ("callbacks", "requestBody", "security", "servers")


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each key that would have no effect, and each name of no use."""
    yield from _without_effect(document, "", _NOT_IN_ROOT)
    for path in mapping(document.root.get("paths")):
        yield from _without_effect(document, join("/paths", path), _NOT_IN_PATHS)
    for at in operations(document):
        yield from _without_effect(document, at.pointer, _NOT_IN_OPERATIONS)
    components = mapping(document.root.get("components"))
    for name in mapping(components.get("schemas")):
        if _NO_CLASS_NAME.fullmatch(name):
            message = f"the schema name '{name}' makes no class name"
            place = join("/components/schemas", name)
            yield document.fault("SPEC013", message, place, at_key=True)


def _without_effect(document: Document, pointer: str, keys: Sequence[str]) -> Iterator[Fault]:
    for key in keys:
        place = join(pointer, key)
        if place in document.key_marks:
            message = f"'{key}' is OpenAPI, but nothing is made of it here"
            yield document.fault("SPEC013", message, place, at_key=True)
