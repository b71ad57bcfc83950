"""Routes: each is reached, no two are one, and none is the app's own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from codegen.document import Document, join, mapping
from codegen.fault import Fault
from codegen.naming import snake_case
from codegen.paths import operations

_LAST = "zz_unrouted"  # the app's catch-all: the Function that answers what no route takes
_OWN_PATHS = re.compile(r"/healthz|/openapi\.json|/gpt/.*", re.IGNORECASE)

# A segment's text in capitals, or None where a parameter stands: Azure Functions ignores case.
_Shape = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class _Route:
    """A method on a path, and the Function name by which Azure orders it."""

    function: str
    method: str
    path: str
    pointer: str

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path}"


_OWN = (
    _Route("healthz", "get", "/healthz", ""),
    _Route("openapi_json", "get", "/openapi.json", ""),
)


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each route that is taken, out of reach, or the app's own."""
    routes = list(_routes(document))
    yield from _alike(document)
    yield from _own(document, routes)
    yield from _shadowed(document, routes)


def _routes(document: Document) -> Iterator[_Route]:
    for at in operations(document):
        operation_id = at.node.get("operationId")
        if isinstance(operation_id, str):
            pointer = join(at.pointer, "operationId")
            yield _Route(snake_case(operation_id), at.method, at.path, pointer)


def _shape(path: str) -> _Shape:
    segments = path.strip("/").split("/")
    return tuple(None if segment.startswith("{") else segment.upper() for segment in segments)


def _alike(document: Document) -> Iterator[Fault]:
    first_by_shape: dict[_Shape, str] = {}
    for path in mapping(document.root.get("paths")):
        first = first_by_shape.setdefault(_shape(path), path)
        if first != path:
            line = document.key_marks[join("/paths", first)].line
            message = f"'{path}' takes the calls that '{first}' on line {line} takes"
            yield document.fault("SPEC009", message, join("/paths", path), at_key=True)


def _own(document: Document, routes: Sequence[_Route]) -> Iterator[Fault]:
    for path in mapping(document.root.get("paths")):
        if _OWN_PATHS.fullmatch(path):
            message = f"the app answers '{path}' itself"
            yield document.fault("SPEC009", message, join("/paths", path), at_key=True)
    functions = {_LAST, *(own.function for own in _OWN)}
    for route in routes:
        if route.function in functions:
            message = f"the app has a Function '{route.function}' itself"
            yield document.fault("SPEC009", message, route.pointer)
        elif route.function.upper() > _LAST.upper():
            message = (
                f"the Function '{route.function}' would never be reached: "
                f"the app's own '{_LAST}' takes every call and sorts before it"
            )
            yield document.fault("SPEC009", message, route.pointer)


def _shadowed(document: Document, routes: Sequence[_Route]) -> Iterator[Fault]:
    """Yield a fault for each route that loses calls meant for it to one that is tried before.

    Azure Functions tries routes by Function name, ordinal ignoring case, not by how literal they
    are; a declared GET answers HEAD too, so that the described methods tell the whole story.
    """
    ordered = sorted((*routes, *_OWN), key=lambda route: route.function.upper())
    for first, second in combinations(ordered, 2):
        tried, wanted = _shape(first.path), _shape(second.path)
        if first.method == second.method and _meet(tried, wanted) and _rank(wanted) > _rank(tried):
            never = all(mine or not theirs for mine, theirs in zip(wanted, tried, strict=True))
            loss = "would never be reached" if never else f"would lose {_common(first, second)}"
            remedy = "earlier" if second.pointer else "later"
            message = (
                f"{second} {loss}: Azure tries Functions by name, and '{first.function}' ({first}) "
                f"comes before '{second.function}'; a name that sorts {remedy} mends it"
            )
            yield document.fault("SPEC009", message, second.pointer or first.pointer)


def _meet(one: _Shape, other: _Shape) -> bool:
    """Tell whether some path fits both shapes; where both are one shape, the paths are alike."""
    return len(one) == len(other) and all(
        a is None or b is None or a == b for a, b in zip(one, other, strict=True)
    )


def _rank(shape: _Shape) -> tuple[bool, ...]:
    """Return what sorts a more literal shape after a less literal one, from the left."""
    return tuple(segment is not None for segment in shape)


def _common(one: _Route, other: _Route) -> str:
    pairs = zip(one.path.split("/"), other.path.split("/"), strict=True)
    return "/".join(b if a.startswith("{") else a for a, b in pairs)
