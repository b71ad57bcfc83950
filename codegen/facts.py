"""What an operation says of itself besides parameters, body and answers: old against new."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

Fact: TypeAlias = tuple[str, bool]
"""What is so now, and whether that breaks callers."""

_NEEDS = {"key": "a key alone", "account": "an account", "owner": "the owner's account"}
_VARIABLE = re.compile(r"\{[^{}]*\}")


def facts(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Fact]:
    """Yield what an operation says of itself and did not say before."""
    if not is_same_place(before, after):
        yield f"is {route(after)} now, was {route(before)}", True
    for key, compare in _COMPARED.items():
        if before[key] != after[key]:
            yield from compare(before[key], after[key])


def access(before: Sequence[Any], after: Sequence[Any]) -> Iterator[Fact]:
    """Yield what lets a caller in and did not before."""
    if before != after:
        is_open = not after or [] in after
        breaks = not is_open and any(way not in after for way in before or [[]])
        yield f"takes {_credentials(after)} now, was {_credentials(before)}", breaks


def _credentials(security: Sequence[Any]) -> str:
    ways = [" and ".join(map(_credential, way)) for way in security]
    return " or ".join(ways) if all(ways) and ways else "no credential"


def _credential(scheme: Mapping[str, Any]) -> str:
    if scheme["type"] == "apiKey":
        return f"{scheme.get('name')} in the {scheme.get('in')}"
    return f"{scheme['type']} {scheme.get('scheme', '')}".strip()


def route(operation: Mapping[str, Any]) -> str:
    """Return how callers address an operation."""
    return f"{operation['method']} {operation['path']}"


def is_same_place(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Tell whether requests for the one reach the other, whatever the names in braces."""
    return _VARIABLE.sub("{}", route(before)) == _VARIABLE.sub("{}", route(after))


def _needs(before: str, after: str) -> Iterator[Fact]:
    order = list(_NEEDS)
    is_more = order.index(after) > order.index(before)
    yield f"needs {_NEEDS[after]} now, was {_NEEDS[before]}", is_more


def _cached_for(before: int | None, after: int | None) -> Iterator[Fact]:
    was, now = ("not at all" if s is None else f"for {s} seconds" for s in (before, after))
    yield f"is cached {now} now, was {was}", False


def _is_private(_: object, after: object) -> Iterator[Fact]:
    yield f"is {'private' if after else 'no longer private'}", False


def _is_repeatable(_: object, after: object) -> Iterator[Fact]:
    yield f"is {'safe' if after else 'no longer safe'} to repeat", not after


def _requires_query(before: str | None, after: str | None) -> Iterator[Fact]:
    if after is None:
        yield "is answered without a query parameter now", False
    elif before is None:
        yield "needs a query parameter now", True
    else:
        yield f"gives the reason {after} now, was {before}", True


def _agents(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> Iterator[Fact]:
    if before is None or after is None:
        yield f"is {'no longer' if after is None else 'now'} offered to agents", after is None
    elif before["asks_first"] != after["asks_first"]:
        yield f"{'asks' if after['asks_first'] else 'no longer asks'} users of agents first", False


_COMPARED: Mapping[str, Callable[[Any, Any], Iterator[Fact]]] = {
    "needs": _needs,
    "requires_query": _requires_query,
    "cached_for": _cached_for,
    "is_private": _is_private,
    "is_repeatable": _is_repeatable,
    "agents": _agents,
}
