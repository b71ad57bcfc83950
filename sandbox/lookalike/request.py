"""Hold one request as it came over the wire."""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

Scope = MutableMapping[str, Any]


@dataclass(frozen=True)
class Request:
    """Keep method, target, headers and body; the names of the headers are lower-case."""

    method: str
    target: str
    headers: Mapping[str, str]
    client: str = ""
    body: bytes = b""

    @property
    def path(self) -> str:
        """Return the path without its escapes."""
        return unquote(self.target.partition("?")[0])

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """Return the query as pairs, in the caller's order."""
        return parse_qsl(self.target.partition("?")[2], keep_blank_values=True)

    @property
    def query(self) -> dict[str, str]:
        """Return the query by name; of a repeated parameter the last one counts."""
        return dict(self.parameters)


def read_request(scope: Scope, body: bytes = b"") -> Request:
    """Return the request that an ASGI scope describes, with its body."""
    path: bytes = scope.get("raw_path") or quote(scope["path"]).encode()
    query: bytes = scope["query_string"]
    return Request(
        method=scope["method"],
        target=(path + (b"?" + query if query else b"")).decode("latin-1"),
        headers={
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        },
        client=(scope.get("client") or ("",))[0],
        body=body,
    )
