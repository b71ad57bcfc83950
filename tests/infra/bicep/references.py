"""Which names an expression refers to."""

from collections.abc import Iterator

from tree_sitter import Node

from tests.infra.bicep import syntax

_NEW_NAMES = {"identifier", "loop_variable", "loop_enumerator"}
_NO_REFERENCES = {"type", "property_identifier", "loop_variable", "loop_enumerator", "comment"}
_BEGIN_WITH_NAME = {"object_property", "call_expression", "for_statement", "lambda_expression"}
"""What begins with a name that refers to nothing declared, unless that is computed."""


def references(node: Node, bound: frozenset[str] = frozenset()) -> Iterator[Node]:
    """Yield the identifiers that stand for something declared, not for what a loop brings."""
    if node.type in _NO_REFERENCES:
        return
    if node.type == "identifier":
        if syntax.text(node) not in bound:
            yield node
        return
    for child in _parts(node):
        yield from references(child, bound | _bindings(node))


def calls(node: Node) -> Iterator[Node]:
    """Yield the names of the functions that are called, but for those of a resource."""
    for each in syntax.walk(node):
        if each.type == "call_expression" and each.named_children[0].type == "identifier":
            yield each.named_children[0]


def _parts(node: Node) -> list[Node]:
    """Return the children that may refer to something: all but keys, functions and new names."""
    if node.type not in _BEGIN_WITH_NAME:
        return node.named_children
    computed = {"string", "member_expression"}
    return node.named_children[0 if node.named_children[0].type in computed else 1 :]


def _bindings(node: Node) -> frozenset[str]:
    """Return the names that a loop or a lambda brings along."""
    if node.type not in {"for_statement", "lambda_expression"}:
        return frozenset()
    names = [each for each in syntax.walk(node.named_children[0]) if each.type in _NEW_NAMES]
    return frozenset(syntax.text(name) for name in names)
