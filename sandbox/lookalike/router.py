"""Find the route of a path and a verb."""

import re
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from sandbox.lookalike.answers import RefusalError

NOT_FOUND = "The requested resource was not found."
Route = TypeVar("Route")

PARAMETER = re.compile(r"\{(\w+)\}")
# Nobody has an id of more digits, and Python converts no number of more than 4,300.
NUMBER = "[0-9]{1,99}"
TEXT = "[^/]+"
TEXTS = ("username", "order_id", "price", "currency")


class Router(Generic[Route]):
    """Hold the routes by path and verb; HEAD is answered where GET is."""

    def __init__(self, table: Iterable[tuple[str, str, Route]]) -> None:
        routes: dict[str, dict[str, Route]] = {}
        for method, path, route in table:
            routes.setdefault(path, {})[method] = route
            if method == "GET":
                routes[path]["HEAD"] = route
        self._routes = [(re.compile(_pattern(path)), verbs) for path, verbs in routes.items()]

    def find(self, method: str, path: str) -> tuple[Route, Mapping[str, str]]:
        """Return the route and the parameters of the path, or refuse the path or the verb."""
        for pattern, verbs in self._routes:
            if match := pattern.fullmatch(path):
                if method not in verbs:
                    text = f"Method {method} is not allowed for this resource."
                    raise RefusalError(405, text, {"allow": ", ".join(sorted(verbs))})
                return verbs[method], match.groupdict()
        raise RefusalError(404, NOT_FOUND)


def _pattern(path: str) -> str:
    return PARAMETER.sub(lambda name: f"(?P<{name[1]}>{_kind(name[1])})", path)


def _kind(name: str) -> str:
    return TEXT if name in TEXTS else NUMBER
