"""Read an ASGI request as the host hands it to a worker."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import parse_qsl, quote

_UNQUOTED_IN_PATH = "/%:@!$&()*+,;=~-._'"

_Datum = TypeVar("_Datum")


@dataclass(frozen=True)
class HostRequest:
    """Hold an HTTP request after the host's rules were applied to it."""

    method: str
    url: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    route_params: Mapping[str, str]
    body: bytes


def read_request(
    scope: Mapping[str, Any], *, path: str, route_params: Mapping[str, str], body: bytes
) -> HostRequest:
    """Apply the host's rules to an ASGI scope, its matched path and its collected body."""
    raw_query = scope["query_string"].decode("latin-1")
    headers = _join(
        (name.decode("latin-1").lower(), value.decode("latin-1"))
        for name, value in scope["headers"]
    )
    origin = f"{scope['scheme']}://{headers.get('host', 'localhost')}"
    question = f"?{raw_query}" if raw_query else ""
    return HostRequest(
        method=scope["method"],
        url=origin + quote(path, safe=_UNQUOTED_IN_PATH) + question,
        headers=headers,
        query=read_query(raw_query),
        route_params=route_params,
        # The host reads a body by its announced length, so a chunked one arrives empty.
        body=body if int(headers.get("content-length") or 0) > 0 else b"",
    )


def read_query(raw_query: str) -> dict[str, str]:
    """Parse a query string into `req.params`: blanks dropped, duplicates joined, case ignored."""
    pairs = parse_qsl(raw_query, keep_blank_values=True)
    first_spellings: dict[str, str] = {}
    for name, _ in pairs:
        first_spellings.setdefault(name.upper(), name)
    joined = _join((first_spellings[name.upper()], value) for name, value in pairs)
    return {name: value for name, value in joined.items() if value}


def http_datum(request: HostRequest, datum: Callable[[Any, str], _Datum]) -> _Datum:
    """Wrap a request in data of a worker's own class."""

    def texts(values_by_name: Mapping[str, str]) -> dict[str, _Datum]:
        return {name: datum(value, "string") for name, value in values_by_name.items()}

    fields = {
        "method": datum(request.method, "string"),
        "url": datum(request.url, "string"),
        "headers": texts(request.headers),
        "query": texts(request.query),
        "params": texts(request.route_params),
        "body": datum(request.body, "bytes"),
    }
    return datum(fields, "http")


def _join(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    joined: dict[str, str] = {}
    for name, value in pairs:
        earlier = joined.get(name)
        joined[name] = f"{earlier},{value}" if earlier and value else earlier or value
    return joined
