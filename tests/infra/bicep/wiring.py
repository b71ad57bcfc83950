"""Modules are given what they declare, and asked for what they give."""

from collections.abc import Iterator

from tree_sitter import Node

from tests.infra.bicep import syntax, types
from tests.infra.bicep.document import Declaration, Document
from tests.infra.bicep.finding import Finding
from tests.infra.bicep.references import references


def check(document: Document) -> Iterator[Finding]:
    """Yield what does not fit between a template and its modules."""
    for module in document.of("module").values():
        if not (document.path.parent / module.target).is_file():
            message = f"there is no {module.target}"
            yield Finding(document.path, module.line, "module", message)
        else:
            yield from _params(document, module)
    yield from _outputs(document)
    yield from _dependencies(document)


def _params(document: Document, module: Declaration) -> Iterator[Finding]:
    wanted = document.sibling(module.target).of("param")
    for name, param in wanted.items():
        if param.is_required and name not in module.params:
            message = f"{module.name} is not given {name}"
            yield Finding(document.path, module.line, "missing-param", message)
    for name, node in module.params.items():
        if name not in wanted:
            message = f"{module.name} takes no {name}"
            yield Finding(document.path, syntax.line(node), "unknown-param", message)
        else:
            yield from _value(document, node, wanted[name])


def _value(document: Document, node: Node, param: Declaration) -> Iterator[Finding]:
    """Compare what is given with what is declared: its kind, and a text with the texts allowed."""
    given, wanted = types.of(node, document), types.declared(param.type)
    if types.UNKNOWN not in {given, wanted} and given != wanted:
        message = f"{param.name} is a {wanted} and is given a {given}"
        yield Finding(document.path, syntax.line(node), "type", message)
    value = syntax.literal(node)
    if param.type.startswith("'") and isinstance(value, str):
        allowed = [choice.strip("'") for choice in param.type.split("|")]
        if value not in allowed:
            message = f"{param.name} is one of {', '.join(allowed)}, not {value}"
            yield Finding(document.path, syntax.line(node), "enum", message)


def _outputs(document: Document) -> Iterator[Finding]:
    for node in syntax.walk(document.root):
        output = types.output_of(node, document)
        if output is None:
            continue
        name, wanted = output
        module = document.symbols[name]
        if wanted not in document.sibling(module.target).of("output"):
            message = f"{name} has no output {wanted}"
            yield Finding(document.path, syntax.line(node), "output", message)
        signs = {child.type for child in node.named_children[0].children}
        if module.is_conditional and not signs & {"!", ".?"}:
            message = f"{name} may not come about: write {name}!.outputs"
            yield Finding(document.path, syntax.line(node), "conditional", message)


def _dependencies(document: Document) -> Iterator[Finding]:
    """Yield the dependencies that the rest of a declaration implies."""
    for declaration in document.declarations:
        named = declaration.body.get("dependsOn")
        if named is None:
            continue
        others = [node for key, node in declaration.body.items() if key != "dependsOn"]
        implied = {syntax.text(name) for node in others for name in references(node)}
        for name in references(named):
            if syntax.text(name) in implied:
                message = f"{declaration.name} depends on {syntax.text(name)} anyhow"
                yield Finding(document.path, syntax.line(name), "dependency", message)
