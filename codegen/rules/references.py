"""References lead to a component of the right kind, and never in a circle."""

from collections.abc import Iterator

from codegen.document import Document, join, mapping
from codegen.fault import Fault, did_you_mean
from codegen.schema import IN_PLACE, nested, schemas

_LOCAL = "#/components/"
# A key that OpenAPI does not know, where a reference would mean nothing, has a fault of its own.
_KINDS = frozenset(
    """examples headers links parameters requestBodies responses schemas
    securitySchemes""".split()  # noqa: SIM905 - a word a line is a page
)


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each `$ref` that no value, or no end, can be found for."""
    in_schemas = {pointer for pointer, _ in schemas(document)}
    components = mapping(document.root.get("components"))
    known = {
        kind: {join("#/components", kind, name) for name in mapping(components.get(kind))}
        for kind in _KINDS
    }
    for pointer, node in document.objects:
        reference = node.get("$ref")
        kind = "schemas" if pointer in in_schemas else _kind(pointer)
        if isinstance(reference, str) and kind in _KINDS and reference not in known[kind]:
            message = _complaint(reference, kind, known[kind])
            yield document.fault("SPEC004", message, join(pointer, "$ref"))
    yield from _circles(document)


def _kind(pointer: str) -> str:
    """Return the kind of component that stands at a pointer."""
    holder, _, key = pointer.rpartition("/")
    return "requestBodies" if key == "requestBody" else holder.rpartition("/")[2]


def _complaint(reference: str, kind: str, known: set[str]) -> str:
    if not reference.startswith("#"):
        return f"$ref '{reference}' leaves the description; everything has to stand in it"
    hint = did_you_mean(reference, known)
    if reference.startswith(_LOCAL) and not reference.startswith(f"{_LOCAL}{kind}/"):
        return f"$ref '{reference}' leads to no {_LOCAL}{kind}/…{hint}"
    return f"unresolved $ref '{reference}'{hint}"


def _circles(document: Document) -> Iterator[Fault]:
    """Yield a fault where a component is itself, without a value in between."""
    steps = {
        join("#/components", kind, name): dict(_steps(component, join("/components", kind, name)))
        for kind, components in mapping(document.root.get("components")).items()
        for name, component in mapping(components).items()
    }
    blamed: set[str] = set()
    for start, targets in steps.items():
        for target, place in targets.items():
            circle = _reached(target, steps)
            if start in circle and not circle & blamed:
                blamed |= circle
                message = f"$ref '{target}' leads back to itself"
                yield document.fault("SPEC004", message, join(place, "$ref"))


def _steps(component: object, pointer: str) -> Iterator[tuple[str, str]]:
    for place, node in nested(component, pointer, IN_PLACE):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"], place


def _reached(start: str, steps: dict[str, dict[str, str]]) -> set[str]:
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(steps.get(name, ()))
    return reached
