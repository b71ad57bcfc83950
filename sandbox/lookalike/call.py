"""Hold what a route answers from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sandbox.lookalike.catalogue import Catalogue
from sandbox.lookalike.memory.memory import Memory
from sandbox.lookalike.memory.people import User
from sandbox.lookalike.payload import Payload, read_payload
from sandbox.lookalike.request import Request
from sandbox.lookalike.search_index import Entry
from sandbox.lookalike.view import View


@dataclass(frozen=True)
class Call:
    """Carry one request together with what it asks about, who asks, and when."""

    request: Request
    view: View
    memory: Memory
    entries: Sequence[Entry]
    caller: User | None
    now: str
    names: Mapping[str, str]

    @property
    def catalogue(self) -> Catalogue:
        """Return the facts that no call changes."""
        return self.view.catalogue

    @property
    def query(self) -> Mapping[str, str]:
        """Return the query by name."""
        return self.request.query

    def number(self, name: str) -> int:
        """Return a number from the path."""
        return int(self.names[name])

    def payload(self) -> Payload:
        """Return the fields of the request body."""
        return read_payload(self.request.body)
