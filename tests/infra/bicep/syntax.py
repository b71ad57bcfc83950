"""Bicep's grammar: texts become trees, and trees are walked."""

from collections.abc import Iterator

import tree_sitter_bicep
from tree_sitter import Language, Node, Parser

_PARSER = Parser(Language(tree_sitter_bicep.language()))


def parse(text: str) -> Node:
    """Return the tree of a template."""
    return _PARSER.parse(text.encode()).root_node


def text(node: Node) -> str:
    """Return what stands there."""
    return (node.text or b"").decode()


def line(node: Node) -> int:
    """Return the line, counted from one."""
    return node.start_point.row + 1


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all that is in it."""
    yield node
    for child in node.children:
        yield from walk(child)


def mistakes(root: Node) -> list[Node]:
    """Return what the grammar could not read or missed."""
    return [node for node in walk(root) if node.type == "ERROR" or node.is_missing]


def first(node: Node, *types: str) -> Node | None:
    """Return the first child of one of these types."""
    return next((child for child in node.children if child.type in types), None)


def literal(node: Node | None) -> str | int | bool | None:
    """Return the value of a text without interpolations, of a number or of a boolean."""
    if node is None:
        return None
    if node.type == "number":
        return int(text(node))
    if node.type == "boolean":
        return text(node) == "true"
    if node.type == "string" and first(node, "interpolation") is None:
        return "".join(piece(child) for child in node.named_children)
    return None


def piece(node: Node) -> str:
    """Return what a part of a text stands for."""
    if node.type != "escape_sequence":
        return text(node)
    return {"n": "\n", "r": "\r", "t": "\t"}.get(text(node)[1:], text(node)[1:])


def properties(node: Node) -> dict[str, Node]:
    """Return the values of an object by their keys; keys that are computed are left out."""
    values: dict[str, Node] = {}
    for member in node.named_children:
        if member.type != "object_property":
            continue
        key, value = member.named_children[0], member.named_children[-1]
        name = literal(key) if key.type == "string" else text(key)
        if isinstance(name, str):
            values[name] = value
    return values


def body(node: Node) -> Node | None:
    """Return the object of a declaration, inside its condition and its loop."""
    inner = first(node, "object", "if_statement", "for_statement")
    while inner is not None and inner.type != "object":
        inner = first(inner, "object", "if_statement", "for_statement")
    return inner
