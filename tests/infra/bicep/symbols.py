"""Every name is declared once and used, and every function is one of Bicep's."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.infra.bicep import syntax
from tests.infra.bicep.document import Declaration, Document
from tests.infra.bicep.finding import Finding
from tests.infra.bicep.references import calls, references

FUNCTIONS = frozenset(Path(__file__).with_name("functions.txt").read_text().split())
"""What Bicep has of its own."""
DECORATORS = frozenset(
    {"allowed", "batchSize", "description", "discriminator", "export", "maxLength", "maxValue"}
    | {"metadata", "minLength", "minValue", "onlyIfNotExists", "retryOn", "sealed", "secure"}
    | {"waitUntil"}
)
"""What may stand above a declaration."""


def check(document: Document) -> Iterator[Finding]:
    """Yield what is declared twice, not at all or for nothing."""
    yield from _twice(document)
    yield from _undeclared(document)
    yield from _unused(document)


def _twice(document: Document) -> Iterator[Finding]:
    # Outputs have a space of their own.
    spaces = Counter((each.kind == "output", each.name) for each in document.declarations)
    for each in document.declarations:
        if spaces[(each.kind == "output", each.name)] > 1:
            yield Finding(document.path, each.line, "duplicate", f"{each.name} is declared twice")


def _undeclared(document: Document) -> Iterator[Finding]:
    for declaration in document.declarations:
        for node in _used(declaration):
            if syntax.text(node) not in document.symbols:
                message = f"{syntax.text(node)} is not declared"
                yield Finding(document.path, syntax.line(node), "undeclared", message)
        for node in calls(declaration.node):
            if syntax.text(node) not in FUNCTIONS:
                message = f"{syntax.text(node)} is no function of Bicep"
                yield Finding(document.path, syntax.line(node), "function", message)
        for name in declaration.decorators.keys() - DECORATORS:
            message = f"@{name} is no decorator of Bicep"
            yield Finding(document.path, declaration.line, "decorator", message)


def _unused(document: Document) -> Iterator[Finding]:
    used = {syntax.text(node) for each in document.declarations for node in _used(each)}
    for declaration in document.declarations:
        existing = declaration.kind == "resource" and declaration.is_existing
        if (declaration.kind in {"param", "var"} or existing) and declaration.name not in used:
            message = f"{declaration.name} is used nowhere"
            yield Finding(document.path, declaration.line, "unused", message)


def _used(declaration: Declaration) -> list:
    """Return the references of a declaration: all but its own name, which comes first."""
    nodes = [child for child in declaration.node.named_children if child.type != "identifier"]
    if declaration.value is not None and declaration.value.type == "identifier":
        nodes.append(declaration.value)
    decorations = list(declaration.decorators.values())
    return [found for node in nodes + decorations for found in references(node)]
