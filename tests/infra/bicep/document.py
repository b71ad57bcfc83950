"""One template as its declarations."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tree_sitter import Node

from tests.infra.bicep import syntax

_KINDS = {
    "parameter_declaration": "param",
    "variable_declaration": "var",
    "resource_declaration": "resource",
    "module_declaration": "module",
    "output_declaration": "output",
}


@dataclass(frozen=True)
class Declaration:
    """A param, var, resource, module or output."""

    kind: str
    name: str
    node: Node
    decorators: dict[str, Node]
    """Calls such as @minLength(3), by name."""

    @cached_property
    def line(self) -> int:
        """Where it is."""
        return syntax.line(self.node)

    @cached_property
    def type(self) -> str:
        """What a param or an output is declared to be, without blanks."""
        node = syntax.first(self.node, "type")
        return "".join(syntax.text(node).split()) if node else ""

    @cached_property
    def value(self) -> Node | None:
        """What stands behind the equals sign."""
        signs = [n for n, child in enumerate(self.node.children) if child.type == "="]
        return self.node.children[signs[0] + 1] if signs else None

    @cached_property
    def is_required(self) -> bool:
        """Whether a param has to be given."""
        return self.value is None and not self.type.endswith("?")

    @cached_property
    def target(self) -> str:
        """The type of a resource or the path of a module."""
        return str(syntax.literal(syntax.first(self.node, "string")))

    @cached_property
    def is_existing(self) -> bool:
        """Whether a resource is only referred to."""
        return syntax.first(self.node, "existing") is not None

    @cached_property
    def is_conditional(self) -> bool:
        """Whether it may not come about."""
        return syntax.first(self.node, "if_statement") is not None

    @cached_property
    def body(self) -> dict[str, Node]:
        """The members of a resource or module."""
        inner = syntax.body(self.node)
        return syntax.properties(inner) if inner else {}

    @cached_property
    def params(self) -> dict[str, Node]:
        """What a module is given."""
        given = self.body.get("params")
        return syntax.properties(given) if given else {}


@dataclass(frozen=True)
class Document:
    """A template, read."""

    path: Path
    root: Node
    declarations: tuple[Declaration, ...]

    def of(self, kind: str) -> dict[str, Declaration]:
        """Return the declarations of a kind by their names."""
        return {each.name: each for each in self.declarations if each.kind == kind}

    @cached_property
    def symbols(self) -> dict[str, Declaration]:
        """What can be referred to; outputs cannot."""
        return {each.name: each for each in self.declarations if each.kind != "output"}

    def sibling(self, path: str) -> "Document":
        """Read a module that this template names; one that is not there declares nothing."""
        there = self.path.parent / path
        return read(there) if there.is_file() else parse(there, "")


def read(path: Path) -> Document:
    """Read a template."""
    return parse(path, path.read_text())


def parse(path: Path, text: str) -> Document:
    """Read a template's text; `path` is where its modules are looked for."""
    root = syntax.parse(text)
    declarations, decorators = [], {}
    for node in root.children:
        if node.type == "decorators":
            decorators = _decorators(node)
        elif node.type in _KINDS:
            name = syntax.first(node, "identifier")
            declared = syntax.text(name) if name else ""
            declarations.append(Declaration(_KINDS[node.type], declared, node, decorators))
            decorators = {}
    return Document(path, root, tuple(declarations))


def _decorators(node: Node) -> dict[str, Node]:
    calls = [call for call in syntax.walk(node) if call.type == "call_expression"]
    return {syntax.text(call.named_children[0]).removeprefix("sys."): call for call in calls}
