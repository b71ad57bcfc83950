"""What kind of value an expression has, as far as that can be told."""

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
    "fail": UNKNOWN,
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
    "take": UNKNOWN,
    "toLower": "string",
    "toUpper": "string",
    "union": UNKNOWN,
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
    if node.type == "identifier":
        return _of_name(syntax.text(node), document)
    if node.type == "parenthesized_expression":
        return of(node.named_children[0], document)
    if node.type == "ternary_expression":
        return _common([of(branch, document) for branch in node.named_children[1:]])
    if node.type == "call_expression":
        return _BY_FUNCTION.get(syntax.text(node.named_children[0]), UNKNOWN)
    if node.type == "member_expression":
        return _of_member(node, document)
    if node.type == "binary_expression":
        return "bool" if node.children[1].type in _COMPARISONS else UNKNOWN
    if node.type == "unary_expression":
        return "bool" if node.children[0].type == "!" else "int"
    return _BY_NODE.get(node.type, UNKNOWN)


def _of_name(name: str, document: Document) -> str:
    found = document.symbols.get(name)
    if found is None:
        return UNKNOWN
    if found.kind == "param":
        return declared(found.type)
    if found.kind == "var" and found.value is not None:
        return of(found.value, document)
    return UNKNOWN


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


def _common(kinds: list[str]) -> str:
    known = {kind for kind in kinds if kind not in {UNKNOWN, "null"}}
    return known.pop() if len(known) == 1 else UNKNOWN
