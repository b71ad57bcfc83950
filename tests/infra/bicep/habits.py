"""What Bicep's own linter warns of."""

import re
from collections.abc import Iterator

from tests.infra.bicep import syntax
from tests.infra.bicep.document import Declaration, Document
from tests.infra.bicep.finding import Finding

# Hosts that differ between Azure's clouds; environment() knows them.
_HOSTS = re.compile(
    r"\b(?:management\.azure\.com|(?:core|vault|database)\.(?:windows|azure)\.net"
    r"|login\.microsoftonline\.com|applicationinsights\.azure\.com)\b"
)
_ESCAPE_OF_NOTHING = re.compile(r"(?<!\\)(?:\\\\)*\\(?![nrt\\'$]|u\{[0-9A-Fa-f]+\})")
_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_KNOWN_LATER = {"outputs", "properties", "identity"}
"""Members that have no value before a deployment begins."""


def check(document: Document) -> Iterator[Finding]:
    """Yield what `bicep build` would warn of, or refuse, though all names are right."""
    yield from _texts(document)
    yield from _keys(document)
    yield from _calls(document)
    for declaration in document.declarations:
        if declaration.kind in {"resource", "module"}:
            yield from _names(document, declaration)
            yield from _start(document, declaration)
            yield from _location(document, declaration)
        if declaration.kind == "param" and "description" not in declaration.decorators:
            message = f"{declaration.name} has no description"
            yield Finding(document.path, declaration.line, "description", message)


def _texts(document: Document) -> Iterator[Finding]:
    for node in syntax.walk(document.root):
        if node.type != "string":
            continue
        if [child.type for child in node.named_children] == ["interpolation"]:
            message = f"{syntax.text(node)} needs no quotes"
            yield Finding(document.path, syntax.line(node), "interpolation", message)
        if _HOSTS.search(syntax.text(node)):
            message = "a host of one cloud only; environment() knows them all"
            yield Finding(document.path, syntax.line(node), "host", message)

        if not syntax.text(node).startswith("'''") and _ESCAPE_OF_NOTHING.search(syntax.text(node)):
            message = "a backslash before what needs none"
            yield Finding(document.path, syntax.line(node), "escape", message)


def _keys(document: Document) -> Iterator[Finding]:
    for node in syntax.walk(document.root):
        key = node.named_children[0] if node.type == "object_property" else None
        text = syntax.literal(key) if key is not None and key.type == "string" else None
        if isinstance(text, str) and _NAME.fullmatch(text):
            message = f"{text} needs no quotes"
            yield Finding(document.path, syntax.line(node), "quotes", message)


def _calls(document: Document) -> Iterator[Finding]:
    for node in syntax.walk(document.root):
        if node.type != "call_expression":
            continue
        called, arguments = (syntax.text(node.named_children[0]), node.named_children[1])
        first = arguments.named_children[0] if arguments.named_children else None
        if called.startswith("load") and first is not None:
            there = document.path.parent / str(syntax.literal(first))
            if not there.is_file():
                message = f"there is no {syntax.literal(first)}"
                yield Finding(document.path, syntax.line(node), "file", message)
        if called == "concat" and first is not None and first.type == "string":
            message = "texts are put together in quotes, not by concat()"
            yield Finding(document.path, syntax.line(node), "concat", message)


def _location(document: Document, declaration: Declaration) -> Iterator[Finding]:
    places = [declaration.body.get("location"), declaration.params.get("location")]
    for node in (place for place in places if place is not None):
        found = document.symbols.get(syntax.text(node)) if node.type == "identifier" else None
        value = found.value if found is not None and found.kind == "var" else node
        text = syntax.literal(value)
        if isinstance(text, str) and text.lower() != "global":
            message = f"{text} is no param"
            yield Finding(document.path, syntax.line(node), "location", message)


def _names(document: Document, declaration: Declaration) -> Iterator[Finding]:
    name = declaration.body.get("name")
    if name is None:
        message = f"{declaration.name} has no name"
        yield Finding(document.path, declaration.line, "name", message)
        return
    nested = declaration.target.partition("@")[0].count("/") > 1
    if declaration.kind == "resource" and nested and "parent" not in declaration.body:
        message = f"{declaration.name} names no parent"
        yield Finding(document.path, declaration.line, "parent", message)


def _start(document: Document, declaration: Declaration) -> Iterator[Finding]:
    """Yield names and conditions that hang on what is known later only."""
    early = [
        declaration.body[key] for key in ("name", "scope", "parent") if key in declaration.body
    ]
    early += list(_conditions(declaration))
    for node in early:
        members = {syntax.text(m.named_children[-1]) for m in _members(node, document)}
        for member in sorted(members & _KNOWN_LATER):
            message = f"{declaration.name} needs .{member} before the deployment begins"
            yield Finding(document.path, syntax.line(node), "start", message)


def _conditions(declaration: Declaration) -> Iterator:
    """Yield the condition of a declaration and what it loops over."""
    for child in declaration.node.named_children:
        if child.type in {"if_statement", "for_statement"}:
            yield from (each for each in child.named_children if each.type != "object")


def _members(node, document: Document, seen: frozenset[str] = frozenset()) -> Iterator:
    """Yield the member accesses of an expression, and of the vars in it."""
    for each in syntax.walk(node):
        if each.type == "member_expression":
            yield each
        found = document.symbols.get(syntax.text(each)) if each.type == "identifier" else None
        if found and found.kind == "var" and found.value and found.name not in seen:
            yield from _members(found.value, document, seen | {found.name})
