"""Resources go where they can be, and nothing reads what it writes itself."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from tests.infra.bicep import syntax
from tests.infra.bicep.document import Declaration, Document
from tests.infra.bicep.finding import Finding
from tests.infra.bicep.references import references

_USUAL = "resourceGroup"
_IN_SUBSCRIPTION = {"Microsoft.Resources/resourceGroups", "Microsoft.Authorization/roleAssignments"}
_LIST = re.compile(r"list[A-Z]?\w*")


def check(document: Document) -> Iterator[Finding]:
    """Yield what is in the wrong scope, and what waits for itself."""
    here = _scope(document)
    for module in document.of("module").values():
        if _scope(document.sibling(module.target)) != here and "scope" not in module.body:
            message = f"{module.name} needs a scope of its own"
            yield Finding(document.path, module.line, "scope", message)
    for resource in document.of("resource").values():
        kind = resource.target.partition("@")[0]
        if here == "subscription" and kind not in _IN_SUBSCRIPTION and not resource.is_existing:
            message = f"{resource.name} cannot be in a subscription"
            yield Finding(document.path, resource.line, "scope", message)
        yield from _circles(document, resource)


def _scope(document: Document) -> str:
    assigned = (node for node in document.root.children if node.type == "target_scope_assignment")
    node = next(assigned, None)
    return str(syntax.literal(syntax.first(node, "string"))) if node else _USUAL


def _circles(document: Document, resource: Declaration) -> Iterator[Finding]:
    """Yield where a child lists itself: Azure finds it waiting for itself, however it is named."""
    name = syntax.literal(resource.body.get("name"))
    if resource.is_existing or "parent" not in resource.body or name is None:
        return
    itself = f"/{resource.target.partition('@')[0].rpartition('/')[2]}/{name}"
    for node in _with_vars(document, resource.node):
        called = node.named_children[0] if node.type == "call_expression" else None
        if called is None or not _LIST.fullmatch(syntax.text(called)):
            continue
        if itself.lower() in syntax.text(node).lower():
            message = f"{resource.name} reads itself, and would wait for itself"
            yield Finding(document.path, syntax.line(node), "circle", message)


def _with_vars(
    document: Document, node: Node, seen: frozenset[str] = frozenset()
) -> Iterator[Node]:
    """Yield all nodes of an expression, and those of the vars in it."""
    yield from syntax.walk(node)
    for name in references(node):
        found = document.symbols.get(syntax.text(name))
        if found and found.kind == "var" and found.value and found.name not in seen:
            yield from _with_vars(document, found.value, seen | {found.name})
