"""From the document to the intermediate representation."""

from collections.abc import Mapping
from typing import Any

from codegen.document import Document
from codegen.ir import Api, Body, Cache, Operation
from codegen.offering import offering, withheld
from codegen.parameter import Parameter
from codegen.paths import Place, operations, parameters
from codegen.reach import component

_IDEMPOTENT = ("GET", "PUT", "DELETE")  # RFC 9110, section 9.2.2


def parse(document: Document, package: str, core: str) -> Api:
    """Turn a checked document into the operations it describes, in its own order."""
    found = (_operation(document, at) for at in operations(document))
    return Api(document.source, package, core, tuple(found))


def _operation(document: Document, at: Place) -> Operation:
    taken = tuple(_parameter(document, found.node) for found in parameters(document, at))
    body = at.node.get("requestBody")
    method = at.method.upper()
    return Operation(
        operation_id=at.node["operationId"],
        method=method,
        path=at.path,
        tag=at.node["tags"][0],
        summary=at.node["summary"],
        parameters=taken,
        require_query=at.node.get("x-proxy-require-query"),
        agent=offering(document, at, taken),
        withheld=withheld(at),
        responses=at.node["responses"],
        body=None if body is None else _body(document, document.resolve(body)),
        produces=_produces(document, at.node["responses"]),
        needs=at.node.get("x-proxy-needs", "key"),
        cache=_cache(at.node.get("x-proxy-cache", {})),
        is_idempotent=method in _IDEMPOTENT or at.node.get("x-proxy-idempotent", False),
    )


def _parameter(document: Document, parameter: Mapping[str, Any]) -> Parameter:
    schema = document.resolve(parameter["schema"])
    return Parameter(
        name=parameter["name"],
        place=parameter["in"],
        kind=schema["type"],
        is_required=parameter.get("required", False),
        description=parameter["description"],
        schema=schema,
    )


def _body(document: Document, body: Mapping[str, Any]) -> Body:
    ((media_type, content),) = body["content"].items()
    schema = document.resolve(content["schema"])
    name = component(content["schema"])
    return Body(
        media_type=media_type,
        is_required=body.get("required", False),
        component=name,
        fewest=_whole(schema.get("minProperties")) or 0,
        most=_whole(schema.get("maxProperties")),
        parts=() if name else tuple(schema.get("required", ())),
    )


def _produces(document: Document, responses: Mapping[str, Any]) -> str | None:
    """Return the one media type of the successful answers."""
    for status, response in responses.items():
        if status.startswith("2"):
            return next(iter(document.resolve(response).get("content", {})), None)
    return None


def _cache(said: str | Mapping[str, Any]) -> Cache:
    if isinstance(said, str):
        return Cache(is_never=True)
    return Cache(ttl=_whole(said.get("ttl")), invalidates=tuple(said.get("invalidates", ())))


def _whole(number: float | None) -> int | None:
    """Return an integer as Python has it: to JSON Schema 60.0 is one, too."""
    return None if number is None else int(number)
