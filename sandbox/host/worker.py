"""State what the host asks of the worker that runs the functions, and choose the worker."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sandbox.host.request import HostRequest


@dataclass(frozen=True)
class IndexedFunction:
    """Hold what the host needs to know of one HTTP function."""

    name: str
    function_id: str
    parameter_name: str
    route: str
    methods: frozenset[str] | None
    auth_level: str


class Datum(Protocol):
    """Carry a value between host and worker, tagged with the name of its type."""

    value: Any
    type: str | None


@dataclass(frozen=True)
class Outcome:
    """Hold what an invocation came to: a datum, nothing, or the traceback of its failure."""

    datum: Datum | None = None
    failure: str | None = None


class Worker(Protocol):
    """Index a function app and invoke its functions."""

    async def start(self) -> Sequence[IndexedFunction]:
        """Import the function app and return its HTTP functions; a process can do so once."""

    async def invoke(self, function: IndexedFunction, request: HostRequest) -> Outcome:
        """Run one function to its outcome; never raise for a fault of its handler."""

    def stop(self) -> None:
        """Let go of the threads that ran handlers."""


def read_bindings(
    name: str, function_id: str, raw_bindings: Iterable[str]
) -> IndexedFunction | None:
    """Read a function's HTTP trigger from its bindings, or None when it has no such trigger."""
    bindings = [json.loads(text) for text in raw_bindings]
    for binding in bindings:
        if binding["type"].lower() == "httptrigger":
            return IndexedFunction(
                name=name,
                function_id=function_id,
                parameter_name=binding["name"],
                route=binding.get("route") or name,
                methods=frozenset(map(str.upper, binding.get("methods") or ())) or None,
                # The host takes a trigger without a level for one that wants a function key.
                auth_level=binding.get("authLevel", "function").lower(),
            )
    return None
