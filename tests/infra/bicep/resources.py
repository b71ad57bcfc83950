"""Resources are written as Azure's own client libraries describe them."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from tests.infra.bicep import shapes, syntax, types
from tests.infra.bicep.document import Declaration, Document
from tests.infra.bicep.finding import Finding
from tests.infra.bicep.shapes import Shape

_TYPE = re.compile(r"Microsoft\.\w+(?:/\w+)+@20\d\d-\d\d-\d\d(?:-preview)?")
_ABOUT_ALL = {"name", "parent", "scope", "dependsOn", "location"}
"""What Bicep itself puts beside the properties of any resource."""
UNDESCRIBED = frozenset({"Microsoft.Insights/diagnosticSettings"})
"""Types that no library describes in the version that Azure has."""


def check(document: Document) -> Iterator[Finding]:
    """Yield the resources that Azure would not take."""
    for resource in document.of("resource").values():
        if not _TYPE.fullmatch(resource.target):
            message = f"{resource.target} is no type with a version"
            yield Finding(document.path, resource.line, "resource-type", message)
            continue
        yield from _resource(document, resource)


def _resource(document: Document, resource: Declaration) -> Iterator[Finding]:
    resource_type = resource.target.partition("@")[0]
    shape = shapes.of(resource_type)
    if shape is None:
        if resource_type not in UNDESCRIBED:
            message = f"nothing describes {resource_type}"
            yield Finding(document.path, resource.line, "resource-type", message)
    elif not resource.is_existing:
        written = {name: node for name, node in resource.body.items() if name not in _ABOUT_ALL}
        yield from _members(document, written, shape, resource.node)


def _members(
    document: Document, written: dict[str, Node], shape: Shape, place: Node
) -> Iterator[Finding]:
    for name, node in written.items():
        if name not in shape.members:
            message = f"there is no property {name}"
            yield Finding(document.path, syntax.line(node), "property", message)
        elif shape.members[name].is_read_only:
            yield Finding(document.path, syntax.line(node), "read-only", f"{name} is read-only")
        else:
            yield from _value(document, node, shape.members[name])
    for name, member in shape.members.items():
        if member.is_required and not member.is_read_only and name not in {*written, *_ABOUT_ALL}:
            yield Finding(document.path, syntax.line(place), "required", f"{name} is missing")


def _value(document: Document, node: Node, shape: Shape) -> Iterator[Finding]:
    for value in _branches(node, document):
        kind = "object" if shape.kind == "map" else shape.kind
        given = types.of(value, document)
        if types.UNKNOWN not in {given, kind} and given not in {kind, "null"}:
            message = f"a {kind} is wanted, not a {given}"
            yield Finding(document.path, syntax.line(value), "type", message)
        elif value.type == "object" and shape.kind == "object" and shape.members:
            yield from _members(document, syntax.properties(value), shape, value)
        elif value.type in {"array", "for_statement"} and shape.item is not None:
            for item in _items(value):
                yield from _value(document, item, shape.item)
        else:
            yield from _text(document, value, shape)


def _text(document: Document, node: Node, shape: Shape) -> Iterator[Finding]:
    value = syntax.literal(node)
    if isinstance(value, str) and shape.values and value not in shape.values:
        message = f"{value} is none of {', '.join(sorted(shape.values))}"
        yield Finding(document.path, syntax.line(node), "enum", message)


def _branches(node: Node, document: Document) -> Iterator[Node]:
    """Yield what an expression can be, where a condition, a union or a var stands before it."""
    parts = _parts(node)
    if parts:
        for part in parts:
            yield from _branches(part, document)
        return
    found = document.symbols.get(syntax.text(node)) if node.type == "identifier" else None
    if found is not None and found.kind == "var" and found.value is not None:
        yield from _branches(found.value, document)
    else:
        yield node


def _parts(node: Node) -> list[Node]:
    if node.type == "ternary_expression":
        return node.named_children[1:]
    is_union = node.type == "call_expression" and syntax.text(node.named_children[0]) == "union"
    return node.named_children[1].named_children if is_union else []


def _items(node: Node) -> list[Node]:
    if node.type == "array":
        return node.named_children
    return [child for child in node.named_children[-1:] if child.type != "comment"]
