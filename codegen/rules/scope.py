"""What OpenAPI allows and this compiler does not make anything of, said instead of ignored."""

import re
from collections.abc import Iterator, Sequence

from codegen.document import Document, join, mapping, parent
from codegen.fault import Fault
from codegen.paths import operations, parameters
from codegen.schema import schemas

_NO_CLASS_NAME = re.compile(r"[0-9_].*|.*[.-].*")
_NOT_IN_ROOT = ("jsonSchemaDialect", "webhooks")
_NOT_IN_PATHS = ("$ref", "head", "options", "servers", "trace")
_NOT_IN_OPERATIONS = ("callbacks", "security", "servers")
_NOT_IN_PARAMETERS = ("allowEmptyValue", "allowReserved", "explode", "style")
_NOT_IN_CONTENT = ("encoding",)
_NOT_IN_SCHEMAS = ("discriminator", "xml")


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each key that would have no effect, and each name of no use."""
    yield from _without_effect(document, "", _NOT_IN_ROOT)
    for path in mapping(document.root.get("paths")):
        yield from _without_effect(document, join("/paths", path), _NOT_IN_PATHS)
    for at in operations(document):
        yield from _without_effect(document, at.pointer, _NOT_IN_OPERATIONS)
        for found in parameters(document, at):
            yield from _without_effect(document, found.written, _NOT_IN_PARAMETERS)
    for pointer, _ in document.objects:
        if parent(pointer).endswith("/content"):
            yield from _without_effect(document, pointer, _NOT_IN_CONTENT)
    for pointer, _ in schemas(document):
        yield from _without_effect(document, pointer, _NOT_IN_SCHEMAS)
    yield from _class_names(document)


def _class_names(document: Document) -> Iterator[Fault]:
    components = mapping(document.root.get("components"))
    first_by_class: dict[str, str] = {}
    for name in mapping(components.get("schemas")):
        place = join("/components/schemas", name)
        first = first_by_class.setdefault(name.replace("_", "").casefold(), name)
        if first != name:
            line = document.key_marks[join("/components/schemas", first)].line
            message = (
                f"the schema name '{name}' makes the class name that '{first}' on line {line} has"
            )
            yield document.fault("SPEC013", message, place, at_key=True)
        if _NO_CLASS_NAME.fullmatch(name):
            message = f"the schema name '{name}' makes no class name"
            yield document.fault("SPEC013", message, place, at_key=True)


def _without_effect(document: Document, pointer: str, keys: Sequence[str]) -> Iterator[Fault]:
    for key in keys:
        place = join(pointer, key)
        if place in document.key_marks:
            message = f"'{key}' is OpenAPI, but nothing is made of it here"
            yield document.fault("SPEC013", message, place, at_key=True)
