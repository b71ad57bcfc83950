"""Models of what callers send: the parameters of each operation, and the JSON bodies.

They are as lean as a check can be, since the first call waits for them: no notes for readers, and
nothing is built that is not used.
"""

import keyword
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from codegen.annotation import annotation, field
from codegen.document import Document
from codegen.ir import Api, Member, Model
from codegen.reach import named, sent

_OUTSIDE_NAME = re.compile(r"\W")
_OUTSIDE_ASCII = re.compile(r"[^0-9A-Za-z]")
# What a member may not be called, as no component may: it would hide what annotations name, or
# what the class has.
_NAMED = ("Annotated", "Any", "Field", "Literal", "MISSING", "bool", "float", "int", "list", "str")
_TAKEN = frozenset((*_NAMED, *dir(BaseModel), *keyword.kwlist))


def parameter_models(document: Document, api: Api) -> Iterator[Model]:
    """Yield a model for each operation that checks the parameters it takes."""
    for operation in api.operations:
        schemas = {p.name: p.schema for p in operation.parameters}
        required = {p.name for p in operation.parameters if p.is_required}
        members = _members(document, schemas, required, set())
        title = f"Parameters of {operation.operation_id}."
        yield Model(operation.model, title, tuple(members), refers=False)


def body_models(document: Document) -> Iterator[Model]:
    """Yield a model for each object that JSON bodies are made of."""
    objects = {name: part for name, part in sent(document).items() if part.get("type") == "object"}
    for name, schema in objects.items():
        required = set(schema.get("required", ()))
        members = _members(document, schema.get("properties", {}), required, set(objects))
        title = schema.get("description", f"{name}, as it is sent.")
        yield Model(name, title, tuple(members), refers=any(named(schema)))


def _members(
    document: Document, schemas: Mapping[str, Any], required: set[str], taken: set[str]
) -> Iterator[Member]:
    for name, schema in schemas.items():
        identifier = _identifier(name, taken)
        taken.add(identifier)
        kind = annotation(document, schema)
        default = None
        if name not in required:
            default = repr(schema["default"]) if "default" in schema else "MISSING"
        if default == "MISSING":
            kind = f"{kind} | MISSING"
        if identifier != name:
            kind = f"Annotated[{kind}, {field(alias=name)}]"
        yield Member(identifier, kind, default)


def _identifier(name: str, taken: set[str]) -> str:
    """Return a name that Python code can use for a member; it reads every name in NFKC."""
    word = _OUTSIDE_NAME.sub("_", unicodedata.normalize("NFKC", name)).lstrip("_")
    if not word.isidentifier():
        word = f"member_{_OUTSIDE_ASCII.sub('_', word)}"
    while word in _TAKEN or word in taken:
        word += "_"
    return word
