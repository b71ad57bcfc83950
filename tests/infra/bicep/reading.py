"""What is read of a resource is something that it has, and it is there to be read."""

from collections.abc import Iterator

from tree_sitter import Node

from tests.infra.bicep import shapes, syntax
from tests.infra.bicep.document import Declaration, Document
from tests.infra.bicep.finding import Finding
from tests.infra.bicep.shapes import Shape

_OF_ALL = {"id", "name", "type", "apiVersion", "location"}
"""What any resource has, and has even where it does not come about."""


def check(document: Document) -> Iterator[Finding]:
    """Yield the reads of properties that are not there, or may not be."""
    for node in syntax.walk(document.root):
        if node.type == "member_expression" and not _is_function(node):
            yield from _read(document, node)


def _is_function(node: Node) -> bool:
    parent = node.parent
    return parent is not None and parent.type == "call_expression" and parent.children[0] == node


def _read(document: Document, node: Node) -> Iterator[Finding]:
    owner, member = node.named_children[0], syntax.text(node.named_children[-1])
    resource = _resource(document, owner)
    if resource is not None:
        if member in _OF_ALL:
            return
        signs = {child.type for child in node.children}
        if resource.is_conditional and not signs & {"!", ".?"}:
            message = f"{resource.name} may not come about: write {resource.name}!.{member}"
            yield Finding(document.path, syntax.line(node), "conditional", message)
    shape = _shape(document, owner)
    if shape is not None and shape.members and member not in shape.members:
        yield Finding(document.path, syntax.line(node), "read", f"there is no {member} to read")


def _resource(document: Document, node: Node) -> Declaration | None:
    found = document.symbols.get(syntax.text(node)) if node.type == "identifier" else None
    return found if found is not None and found.kind == "resource" else None


def _shape(document: Document, node: Node) -> Shape | None:
    """Return the shape of a resource or of something in it; None where nothing is known."""
    resource = _resource(document, node)
    if resource is not None:
        return shapes.of_answer(resource.target.partition("@")[0])
    if node.type not in {"member_expression", "subscript_expression"}:
        return None
    outer = _shape(document, node.named_children[0])
    if outer is None or node.type == "subscript_expression":
        return outer.item if outer else None
    return outer.members.get(syntax.text(node.named_children[-1]))
