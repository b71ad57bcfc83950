"""What kind of value an expression has, as far as that can be told."""

from collections.abc import Callable

from tree_sitter import Node

from tests.infra.bicep import syntax
from tests.infra.bicep.document import Document

UNKNOWN = "any"
_BY_NODE = {
    "string": "string",
    "number": "int",
    "boolean": "bool",
    "object": "object",
    "array": "array",
    "for_statement": "array",
    "null": "null",
}
_COMPARISONS = {"==", "!=", "=~", "!~", "<", ">", "<=", ">=", "&&", "||"}
_BY_FUNCTION = {
    "bool": "bool",
    "concat": "array",
    "contains": "bool",
    "empty": "bool",
    "endsWith": "bool",
    "filter": "array",
    "guid": "string",
    "int": "int",
    "length": "int",
    "loadTextContent": "string",
    "map": "array",
    "max": "int",
    "min": "int",
    "replace": "string",
    "resourceId": "string",
    "startsWith": "bool",
    "string": "string",
    "toLower": "string",
    "toUpper": "string",
    "uniqueString": "string",
    "uriComponent": "string",
}


def declared(text: str) -> str:
    """Return the kind of values of a declared type: a union of texts is a string."""
    text = text.removesuffix("?")
    if text.endswith("[]"):
        return "array"
    if text.startswith("'"):
        return "string"
    return text if text in {"string", "int", "bool", "object", "array"} else UNKNOWN


def of(node: Node, document: Document) -> str:
    """Return the kind of value of an expression in a template."""
    look = _LOOKS.get(node.type)
    return look(node, document) if look else _BY_NODE.get(node.type, UNKNOWN)


def _of_name(node: Node, document: Document) -> str:
    found = document.symbols.get(syntax.text(node))
    if found is None:
        return UNKNOWN
    if found.kind == "param":
        return declared(found.type)
    if found.kind == "var" and found.value is not None:
        return of(found.value, document)
    return UNKNOWN


def _of_inner(node: Node, document: Document) -> str:
    return of(node.named_children[0], document)


def _of_ternary(node: Node, document: Document) -> str:
    """Return what both branches are; null may stand for anything."""
    kinds = {of(branch, document) for branch in node.named_children[1:]} - {UNKNOWN, "null"}
    return kinds.pop() if len(kinds) == 1 else UNKNOWN


def _of_call(node: Node, document: Document) -> str:  # noqa: ARG001 - one of several looks
    return _BY_FUNCTION.get(syntax.text(node.named_children[0]), UNKNOWN)


def _of_binary(node: Node, document: Document) -> str:  # noqa: ARG001
    return "bool" if node.children[1].type in _COMPARISONS else UNKNOWN


def _of_unary(node: Node, document: Document) -> str:  # noqa: ARG001
    return "bool" if node.children[0].type == "!" else "int"


def _of_member(node: Node, document: Document) -> str:
    """Return the declared kind of a module's output."""
    output = output_of(node, document)
    if output is None:
        return UNKNOWN
    module, name = output
    declarations = document.sibling(document.symbols[module].target).of("output")
    return declared(declarations[name].type) if name in declarations else UNKNOWN


def output_of(node: Node, document: Document) -> tuple[str, str] | None:
    """Return module and output where an expression is `module.outputs.output`, else None."""
    if node.type != "member_expression" or node.named_children[0].type != "member_expression":
        return None
    outputs = node.named_children[0]
    owner = outputs.named_children[0]
    if owner.type != "identifier" or syntax.text(outputs.named_children[-1]) != "outputs":
        return None
    found = document.symbols.get(syntax.text(owner))
    is_module = found is not None and found.kind == "module"
    return (found.name, syntax.text(node.named_children[-1])) if found and is_module else None


_LOOKS: dict[str, Callable[[Node, Document], str]] = {
    "identifier": _of_name,
    "parenthesized_expression": _of_inner,
    "ternary_expression": _of_ternary,
    "call_expression": _of_call,
    "binary_expression": _of_binary,
    "unary_expression": _of_unary,
    "member_expression": _of_member,
}
