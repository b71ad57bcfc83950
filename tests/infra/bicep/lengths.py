"""Texts are as long as the params that they are given to want them, whatever goes into them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tree_sitter import Node

from tests.infra.bicep import syntax
from tests.infra.bicep.document import Declaration, Document
from tests.infra.bicep.finding import Finding


@dataclass(frozen=True)
class Length:
    """How long a text can be; None: nobody knows, and the compiler does not ask."""

    least: int | None = None
    most: int | None = None

    def __str__(self) -> str:
        return f"{self.least} to {self.most}"


_UNKNOWN = Length()
_EXACT = {"uniqueString": Length(13, 13), "guid": Length(36, 36)}
_SAME = {"toLower", "toUpper"}


def check(document: Document) -> Iterator[Finding]:
    """Yield the texts for modules that may be too short or too long."""
    for module in document.of("module").values():
        wanted = document.sibling(module.target).of("param")
        for name, node in module.params.items():
            if name not in wanted:
                continue
            given, limits = of(node, document), _limits(wanted[name])
            for code in _misfits(given, limits):
                message = f"{name} may be too {code}: {given} for {limits}"
                yield Finding(document.path, syntax.line(node), code, message)


def _misfits(given: Length, limits: Length) -> Iterator[str]:
    if given.least is not None and limits.least is not None and given.least < limits.least:
        yield "short"
    if given.most is not None and limits.most is not None and given.most > limits.most:
        yield "long"


def of(node: Node, document: Document) -> Length:
    """Return how long a text can be, as far as the compiler knows."""
    look = _LOOKS.get(node.type)
    return look(node, document) if look else _UNKNOWN


def _limits(param: Declaration) -> Length:
    bounds = [param.decorators.get(name) for name in ("minLength", "maxLength")]
    return Length(*(_argument(call) for call in bounds))


def _argument(call: Node | None) -> int | None:
    number = syntax.literal(call.named_children[1].named_children[0]) if call else None
    return number if isinstance(number, int) else None


def _of_text(node: Node, document: Document) -> Length:
    parts = [_of_part(child, document) for child in node.named_children]
    most = [part.most for part in parts if part.most is not None]
    known = sum(most) if len(most) == len(parts) else None
    return Length(sum(part.least or 0 for part in parts), known)


def _of_part(node: Node, document: Document) -> Length:
    if node.type == "interpolation":
        return of(node.named_children[0], document)
    return Length(len(syntax.piece(node)), len(syntax.piece(node)))


def _of_name(node: Node, document: Document) -> Length:
    found = document.symbols.get(syntax.text(node))
    if found is None:
        return _UNKNOWN
    if found.kind == "var" and found.value is not None:
        return of(found.value, document)
    return _limits(found) if found.kind == "param" else _UNKNOWN


def _of_ternary(node: Node, document: Document) -> Length:
    branches = [of(branch, document) for branch in node.named_children[1:]]
    least = [each.least for each in branches if each.least is not None]
    most = [each.most for each in branches if each.most is not None]
    return Length(
        min(least) if len(least) == len(branches) else None,
        max(most) if len(most) == len(branches) else None,
    )


def _of_call(node: Node, document: Document) -> Length:
    called, arguments = syntax.text(node.named_children[0]), node.named_children[1].named_children
    if called in _SAME:
        return of(arguments[0], document)
    taken = syntax.literal(arguments[1]) if called == "take" else None
    if isinstance(taken, int):
        inner = of(arguments[0], document)
        most = taken if inner.most is None else min(inner.most, taken)
        return Length(min(inner.least or 0, taken), most)
    return _EXACT.get(called, _UNKNOWN)


def _of_inner(node: Node, document: Document) -> Length:
    return of(node.named_children[0], document)


_LOOKS: dict[str, Callable[[Node, Document], Length]] = {
    "string": _of_text,
    "identifier": _of_name,
    "ternary_expression": _of_ternary,
    "call_expression": _of_call,
    "parenthesized_expression": _of_inner,
}
