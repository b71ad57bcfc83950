"""Request bodies: on methods that have one, of one kind, described closely enough to check."""

from collections.abc import Iterator
from typing import Any

from codegen.checked import unknown
from codegen.document import Document, join, mapping
from codegen.fault import Fault
from codegen.paths import Place, operations
from codegen.reach import component

_JSON = "application/json"
_FORM = "multipart/form-data"
_BODILESS = {"delete": "9.3.5", "get": "9.3.1"}
_OF_FORMS = frozenset({"description", "example", "examples", "properties", "required", "type"})
_OF_PARTS = frozenset(
    """contentEncoding contentMediaType description example examples format title
    type""".split()  # noqa: SIM905 - a word a line is a page
)


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each request body that cannot be taken or checked."""
    for at in operations(document):
        if "requestBody" in at.node:
            yield from _body(document, at)


def _body(document: Document, at: Place) -> Iterator[Fault]:
    used = join(at.pointer, "requestBody")
    if at.method in _BODILESS:
        section = _BODILESS[at.method]
        message = f"{at} takes no body: HTTP gives it no meaning (RFC 9110, section {section})"
        yield document.fault("SPEC015", message, used, at_key=True)
        return
    try:
        written = document.home(used)
        content = mapping(mapping(document.target(f"#{written}")).get("content"))
    except KeyError:
        return  # the reference has a fault of its own
    if list(content) not in ([_JSON], [_FORM]):
        message = (
            f"a request body is either {_JSON} or {_FORM}, not {' and '.join(content) or 'nothing'}"
        )
        yield document.fault("SPEC015", message, join(written, "content"), at_key=True)
        return
    (media_type,) = content
    schema = mapping(mapping(content[media_type]).get("schema"))
    place = join(written, "content", media_type, "schema")
    kind = _json if media_type == _JSON else _form
    yield from kind(document, schema, place)


def _json(document: Document, schema: dict[str, Any], place: str) -> Iterator[Fault]:
    name = component(schema)
    if name is None or len(schema) > 1:
        message = "the schema of a JSON body is a $ref to a component, and nothing beside it"
        yield document.fault("SPEC015", message, place, at_key=True)
        return
    where = join("/components/schemas", name)
    try:
        target = mapping(document.target(f"#{where}"))
    except KeyError:
        return  # the reference has a fault of its own
    if target.get("type") != "object":
        message = f"'{name}' is a JSON body, so its type is object"
        yield document.fault("SPEC015", message, join(where, "type"), at_key=True)


def _form(document: Document, schema: dict[str, Any], place: str) -> Iterator[Fault]:
    if schema.get("type") != "object" or not mapping(schema.get("properties")):
        message = "the schema of a form is an object, written here, whose properties are its parts"
        yield document.fault("SPEC015", message, place, at_key=True)
        return
    yield from _unchecked(document, schema, place, _OF_FORMS)
    for name, part in mapping(schema["properties"]).items():
        where = join(place, "properties", name)
        if mapping(part).get("type") != "string":
            message = f"the part '{name}' is a string of text or bytes, which passes as it is"
            yield document.fault("SPEC015", message, where, at_key=True)
        yield from _unchecked(document, mapping(part), where, _OF_PARTS)


def _unchecked(
    document: Document, schema: dict[str, Any], place: str, known: frozenset[str]
) -> Iterator[Fault]:
    for keyword in unknown(schema, known):
        message = f"a form is not checked against '{keyword}'"
        yield document.fault("SPEC015", message, join(place, keyword), at_key=True)
