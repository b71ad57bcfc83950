"""What agents may send as a body: flat, and under names of its own."""

from collections.abc import Iterator, Mapping
from typing import Any

from codegen import success
from codegen.agent import CONTINUE, INCLUDE
from codegen.document import Document, join, mapping
from codegen.fault import Fault, did_you_mean
from codegen.paths import Place, operations
from codegen.rules.agent_parameters import limits
from codegen.tightening import entries

_KEY = "x-proxy-agent"
_JSON = "application/json"
_FLAT = ("boolean", "integer", "number", "string")


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each member that agents cannot send, or have to and are not told of."""
    for at in operations(document):
        said = mapping(at.node.get(_KEY))
        if "description" in said:
            yield from _body(document, at, said)
            yield from _distinct(document, at, said)


def _body(document: Document, at: Place, said: Mapping[str, Any]) -> Iterator[Fault]:
    pointer = join(at.pointer, _KEY)
    body = _request_body(document, at)
    content = mapping(mapping(mapping(body).get("content")).get(_JSON))
    if "body" in said and not content:
        message = f"{at} takes no body of {_JSON}"
        yield document.fault("SPEC008", message, join(pointer, "body"), at_key=True)
        return
    schema = success.whole(document, content.get("schema"))
    listed = list(entries(said.get("body")))
    origins = {limit.get("from", name) for name, limit in listed}
    held = mapping(schema.get("properties"))
    for index, (name, limit) in enumerate(listed):
        place = join(pointer, "body", index)
        origin = str(limit.get("from", name))
        if origin not in held:
            message = f"the body has no member '{origin}'{did_you_mean(origin, held)}"
            yield document.fault("SPEC008", message, place)
        else:
            yield from _member(document, held[origin], limit, join(place, name))
    if content and (body.get("required") is True or listed) and origins <= held.keys():
        for name in schema.get("required", ()):
            if name not in origins:
                message = f"required member '{name}' has to be among those an agent sends"
                yield document.fault("SPEC008", message, join(pointer, "body"), at_key=True)
    fewest = schema.get("minProperties", 0)
    if body.get("required") is True and len(origins) < fewest and origins <= held.keys():
        message = f"the body has {fewest} members or more, and agents send {len(origins)}"
        yield document.fault("SPEC008", message, join(pointer, "body"), at_key=True)


def _request_body(document: Document, at: Place) -> dict[str, Any]:
    try:
        return mapping(document.resolve(at.node.get("requestBody")))
    except KeyError:
        return {}  # the reference has a fault of its own


def _member(
    document: Document, member: object, said: Mapping[str, Any], place: str
) -> Iterator[Fault]:
    schema = success.whole(document, member)
    if schema.get("type") not in _FLAT:
        message = f"agents send a {', '.join(_FLAT)}, and never null"
        yield document.fault("SPEC014", message, place)
        return
    if not said.get("description", schema.get("description")):
        yield document.fault("SPEC010", "the member has no description for agents", place)
    yield from limits(document, schema, said, place)


def _distinct(document: Document, at: Place, said: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield a fault for each name that stands twice in what an agent sends."""
    taken = {INCLUDE, CONTINUE, *(name for name, _ in entries(said.get("parameters")))}
    pointer = join(at.pointer, _KEY)
    members = [
        (name, join(pointer, "body", index))
        for index, (name, _) in enumerate(entries(said.get("body")))
    ]
    override = mapping(said.get("unless")).get("override")
    if isinstance(override, str):
        members.append((override, join(pointer, "unless", "override")))
    for name, place in members:
        if name in taken:
            message = f"importers skip an operation that takes two things named '{name}'"
            yield document.fault("SPEC014", message, place)
        taken.add(name)
