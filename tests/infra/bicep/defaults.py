"""What a param is without anybody's doing is something that it may be."""

from collections.abc import Iterator

from tree_sitter import Node

from tests.infra.bicep import syntax, types
from tests.infra.bicep.document import Declaration, Document
from tests.infra.bicep.finding import Finding


def check(document: Document) -> Iterator[Finding]:
    """Yield the defaults that their own params refuse."""
    for param in document.of("param").values():
        if param.value is not None:
            for message in refusals(param, types.of(param.value, document), param.value):
                yield Finding(document.path, param.line, "default", message)


def refusals(param: Declaration, kind: str, value: Node) -> Iterator[str]:
    """Yield why a param does not take a value."""
    wanted = types.declared(param.type)
    if types.UNKNOWN not in {kind, wanted} and kind != wanted:
        yield f"{param.name} is a {wanted}, not a {kind}"
        return
    known = syntax.literal(value)
    allowed = param.decorators.get("allowed")
    if known is not None and allowed is not None:
        choices = [syntax.literal(each) for each in _argument(allowed).named_children]
        if known not in choices:
            yield f"{param.name} is not one of its own choices"
    if isinstance(known, str):
        yield from _bounds(param, len(known), "minLength", "maxLength")
    elif isinstance(known, int):
        yield from _bounds(param, known, "minValue", "maxValue")


def _bounds(param: Declaration, size: int, least: str, most: str) -> Iterator[str]:
    low, high = (_number(param, name) for name in (least, most))
    if low is not None and size < low:
        yield f"{param.name} is below its own @{least}"
    if high is not None and size > high:
        yield f"{param.name} is above its own @{most}"


def _number(param: Declaration, name: str) -> int | None:
    call = param.decorators.get(name)
    number = syntax.literal(_argument(call)) if call else None
    return number if isinstance(number, int) else None


def _argument(call: Node) -> Node:
    return call.named_children[1].named_children[0]
