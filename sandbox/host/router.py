"""Find the function that answers a method and a path, in the host's order of trying."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from urllib.parse import unquote

from sandbox.host.errors import HostError, RouteError
from sandbox.host.route import Route, parse_route
from sandbox.host.worker import IndexedFunction

_FUNCTION_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,127}")
_RESERVED_ROUTES = ("admin", "runtime")


@dataclass(frozen=True)
class Router:
    """Try routes in order; the first whose template, method and constraints all hold wins."""

    entries: tuple[tuple[IndexedFunction, Route], ...]

    @property
    def functions(self) -> tuple[IndexedFunction, ...]:
        """The functions in that order."""
        return tuple(function for function, _ in self.entries)

    def match(self, method: str, path: str) -> tuple[IndexedFunction, dict[str, str]] | None:
        """Return the function that answers and its route parameters, or None for a 404."""
        for function, route in self.entries:
            if function.methods is None or method in function.methods:
                route_params = route.match(path)
                if route_params is not None:
                    return function, route_params
        return None


def build_router(functions: Iterable[IndexedFunction], prefix: str) -> Router:
    """Register functions as the host does, or refuse the first that it would refuse."""
    ordered = sorted(functions, key=lambda function: function.name.upper())
    for function in ordered:
        _check_name(function)
        _check_reserved(function)
        _check_anonymous(function)
    for first, second in combinations(ordered, 2):
        _check_distinct(first, second)
    return Router(tuple((function, _parse(function, prefix)) for function in ordered))


def kestrel_path(raw_path: bytes) -> str:
    """Return a raw path as Kestrel gives it: `%2F` kept, the rest decoded once, dots resolved."""
    protected = re.sub(r"%(?=2[Ff])", "%25", raw_path.decode("latin-1"))
    kept: list[str] = []
    segments = unquote(protected, errors="replace").split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1:] in (["."], [".."]):
        kept.append("")
    return "/" + "/".join(kept)


def _check_name(function: IndexedFunction) -> None:
    if not _FUNCTION_NAME.fullmatch(function.name) or function.name.lower() == "host":
        raise HostError(f"function {function.name!r}: the host does not allow this name")


def _check_reserved(function: IndexedFunction) -> None:
    if function.route.strip("/").lower().startswith(_RESERVED_ROUTES):
        raise HostError(
            f"function {function.name!r}, route {function.route!r}: "
            "the host keeps routes that start with 'admin' or 'runtime' for itself"
        )


def _check_anonymous(function: IndexedFunction) -> None:
    if function.auth_level != "anonymous":
        raise HostError(
            f"function {function.name!r} has the auth level {function.auth_level!r}, "
            "but the sandbox host only serves anonymous functions"
        )


def _check_distinct(first: IndexedFunction, second: IndexedFunction) -> None:
    same_route = first.route.strip("/").lower() == second.route.strip("/").lower()
    if same_route and (
        first.methods is None or second.methods is None or first.methods & second.methods
    ):
        raise HostError(
            f"functions {first.name!r} and {second.name!r} "
            f"both answer the route {second.route!r} for the same method"
        )


def _parse(function: IndexedFunction, prefix: str) -> Route:
    template = f"{prefix}/{function.route}" if prefix else function.route
    try:
        return parse_route(template)
    except RouteError as error:
        raise HostError(f"function {function.name!r}, route {template!r}: {error}") from error
