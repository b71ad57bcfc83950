"""Routes: each is reached, no two are one, and none is the app's own."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from codegen.document import Document, join, mapping
from codegen.fault import Fault
from codegen.naming import snake_case
from codegen.paths import Place, operations
from codegen.rules.ambiguity import confusions

_LAST = "zz_unrouted"  # the app's catch-all: the Function that answers what no route takes
_OWN_PATHS = re.compile(r"/healthz|/openapi\.json|/privacy|/gpt/.*", re.IGNORECASE)

# A segment's text in capitals, or None where a parameter stands: Azure Functions ignores case.
_Shape = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class _Route:
    """A method on a path, and the Function name by which Azure orders it."""

    function: str
    at: Place
    is_own: bool = False
    """Whether the app gives the Function its name."""

    def __str__(self) -> str:
        return str(self.at)

    @property
    def pointer(self) -> str:
        return join(self.at.pointer, "operationId")


_OWN = (
    _Route("healthz", Place("/healthz", "get", "", {}), is_own=True),
    _Route("openapi_json", Place("/openapi.json", "get", "", {}), is_own=True),
    _Route("privacy", Place("/privacy", "get", "", {}), is_own=True),
)


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each route that is taken, out of reach, or the app's own."""
    routes = list(_routes(document))
    own = (*_OWN, *_faces(routes))
    yield from _alike(document)
    yield from _own(document, routes, own)
    yield from _clashes(document, routes, own)


def _routes(document: Document) -> Iterator[_Route]:
    for at in operations(document):
        operation_id = at.node.get("operationId")
        if isinstance(operation_id, str):
            yield _Route(snake_case(operation_id), at)


def _faces(routes: Iterable[_Route]) -> Iterator[_Route]:
    """Yield the routes that operations have for agents; among each other they sort as these do."""
    for route in routes:
        if "description" in mapping(route.at.node.get("x-proxy-agent")):
            at = Place(f"/gpt{route.at.path}", route.at.method, "", {})
            yield _Route(f"gpt_{route.function}", at, is_own=True)


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


def _own(document: Document, routes: Sequence[_Route], own: Sequence[_Route]) -> Iterator[Fault]:
    for path in mapping(document.root.get("paths")):
        if _OWN_PATHS.fullmatch(path):
            message = f"the app answers '{path}' itself"
            yield document.fault("SPEC009", message, join("/paths", path), at_key=True)
    functions = {_LAST, *(each.function for each in own)}
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


def _clashes(
    document: Document, routes: Sequence[_Route], own: Sequence[_Route]
) -> Iterator[Fault]:
    """Yield a fault for each two routes that some call fits both of, if that call matters."""
    for one, other in (*combinations(routes, 2), *product(routes, own)):
        if one.at.method != other.at.method or not _meet(one.at.path, other.at.path):
            continue
        both = not other.is_own and confusions(document, one.at, other.at)
        if both:
            yield _ambiguous(document, one.at, other.at, both)
        else:
            yield from _shadowed(document, one, other)


def _ambiguous(document: Document, one: Place, other: Place, both: dict[str, str]) -> Fault:
    line = document.key_marks[join("/paths", one.path)].line
    name, text = next(iter(both.items()))
    message = (
        f"'{other.path}' and '{one.path}' on line {line} both take '{_common(one, other)}'; "
        f"the schema of '{name}' has to refuse '{text}'"
    )
    return document.fault("SPEC009", message, join("/paths", other.path), at_key=True)


def _shadowed(document: Document, one: _Route, other: _Route) -> Iterator[Fault]:
    """Yield a fault when the route of two that calls are meant for is tried last.

    Azure Functions tries routes by Function name, ordinal ignoring case, not by how literal they
    are; a declared GET answers HEAD too, so that the described methods tell the whole story.
    """
    first, second = sorted((one, other), key=lambda route: route.function.upper())
    tried, wanted = _shape(first.at.path), _shape(second.at.path)
    if _rank(wanted) > _rank(tried):
        never = all(mine or not theirs for mine, theirs in zip(wanted, tried, strict=True))
        loss = "would never be reached" if never else f"would lose {_common(first.at, second.at)}"
        remedy = "later" if second.is_own else "earlier"
        message = (
            f"{second} {loss}: Azure tries Functions by name, and '{first.function}' ({first}) "
            f"comes before '{second.function}'; a name that sorts {remedy} mends it"
        )
        pointer = first.pointer if second.is_own else second.pointer
        yield document.fault("SPEC009", message, pointer)


def _meet(one: str, other: str) -> bool:
    """Tell whether some path fits two that are not alike."""
    mine, theirs = _shape(one), _shape(other)
    if len(mine) != len(theirs) or mine == theirs:
        return False
    return all(a is None or b is None or a == b for a, b in zip(mine, theirs, strict=True))


def _rank(shape: _Shape) -> tuple[bool, ...]:
    """Return what sorts a more literal shape after a less literal one, from the left."""
    return tuple(segment is not None for segment in shape)


def _common(one: Place, other: Place) -> str:
    pairs = zip(one.path.split("/"), other.path.split("/"), strict=True)
    return "/".join(b if a.startswith("{") else a for a, b in pairs)
