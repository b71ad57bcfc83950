"""Parameters fit their path and have a text form that can be checked."""

import re
from collections.abc import Iterator

from codegen.checked import NOTES, checked, unknown
from codegen.document import Document, join, mapping, parent
from codegen.fault import Fault, did_you_mean, nearest
from codegen.paths import Found, Place, operations, parameters

# Text that no client and no host rewrites, or a name in braces that Azure Functions reads as a name
# alone, not as a constraint or a default.
_SEGMENT = re.compile(r"(?!\.\.?$)[^{}?*#%\\\s]+|\{[A-Za-z_][A-Za-z0-9_]*\}")
_TEMPLATE = re.compile(r"\{([^{}]*)\}")
_KINDS = ("string", "integer", "number", "boolean")
_PLACES = ("path", "query", "header")


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each parameter that cannot be forwarded or checked."""
    for at in operations(document):
        for found in parameters(document, at):
            yield from _shape(document, found)
        yield from _template(document, at)


def _shape(document: Document, found: Found) -> Iterator[Fault]:
    name = found.name
    if found.place not in _PLACES:
        message = f"parameter '{name}' is in {found.place}; only path, query, header are forwarded"
        yield document.fault("SPEC011", message, join(found.written, "in"))
    if not found.node.get("description"):
        message = f"parameter '{name}' has no description"
        yield document.fault("SPEC010", message, found.written)
    try:
        schema = mapping(document.resolve(found.node.get("schema")))
    except KeyError:
        return  # the reference has a fault of its own
    where = join(found.written, "schema")
    if schema.get("type") not in _KINDS:
        message = f"parameter '{name}' needs a schema whose type is one of {', '.join(_KINDS)}"
        yield document.fault("SPEC011", message, where)
        return
    for keyword in unknown(schema, checked(schema) | NOTES):
        message = f"parameter '{name}' cannot be checked against '{keyword}'"
        yield document.fault("SPEC011", message, join(where, keyword))
    yield from _beside(document, found)


def _beside(document: Document, found: Found) -> Iterator[Fault]:
    """Yield a fault for each limit beside a `$ref` that its target has too: one would be lost."""
    written = mapping(found.node.get("schema"))
    if "$ref" not in written:
        return
    target = mapping(document.resolve({"$ref": written["$ref"]}))
    for keyword in unknown(written, NOTES | {"$ref"}):
        if written[keyword] != target.get(keyword, written[keyword]):
            message = f"'{keyword}' stands where the $ref leads to, too; write the schema out"
            place = join(found.written, "schema", keyword)
            yield document.fault("SPEC011", message, place, at_key=True)


def _template(document: Document, at: Place) -> Iterator[Fault]:
    if not all(_SEGMENT.fullmatch(segment) for segment in at.path.split("/")[1:]):
        message = (
            f"'{at.path}' makes no route: each segment is a {{name}} or text without ? * # % \\"
        )
        yield document.fault("SPEC011", message, parent(at.pointer), at_key=True)
        return
    declared = {found.name: found for found in parameters(document, at) if found.place == "path"}
    named = _TEMPLATE.findall(at.path)
    if len(set(named)) < len(named):
        message = f"'{at.path}' names a parameter twice"
        yield document.fault("SPEC011", message, parent(at.pointer), at_key=True)
    spare = declared.keys() - set(named)
    for name in sorted(set(named) - declared.keys()):
        message = f"{at} has no path parameter '{name}'{did_you_mean(name, spare)}"
        yield document.fault("SPEC011", message, at.pointer, at_key=True)
        spare -= {nearest(name, spare)}
    for name in sorted(spare):
        message = f"path parameter '{name}' is not in '{at.path}'"
        yield document.fault("SPEC011", message, declared[name].used)
