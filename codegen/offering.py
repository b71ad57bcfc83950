"""What `x-proxy-agent` says of an operation, ready to be rendered."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from codegen import face_parameters, naming, success
from codegen.agent import Agent, Member, Unless
from codegen.document import Document
from codegen.parameter import Parameter
from codegen.paths import Place
from codegen.tightening import entries, tightened
from codegen.view_parsing import views

KEY = "x-proxy-agent"
_JSON = "application/json"


def offering(document: Document, at: Place, parameters: Sequence[Parameter]) -> Agent | None:
    """Return how an operation is offered; None where it is not."""
    said = at.node.get(KEY, {})
    if "description" not in said:
        return None
    groups = _groups(document, at)
    offered = [
        _parameter(found, limits)
        for name, limits in entries(said["parameters"])
        for found in parameters
        if found.name == name
    ]
    return Agent(
        description=_line(said["description"]),
        is_consequential=said["consequential"],
        parameters=(*offered, *_own(document, at, said, groups)),
        members=tuple(_members(document, at, said)),
        defaults=tuple(_defaults(said)),
        groups=groups,
        rows=said.get("rows"),
        page=said.get("page"),
        unless=_unless(said),
        since=said.get("since", ""),
        done=_line(said.get("done", "")),
        present=_line(said.get("present", "")),
        gone=_line(said.get("gone", "")),
        hints=tuple((int(status), _line(text)) for status, text in said.get("hints", {}).items()),
    )


def withheld(at: Place) -> str | None:
    """Return why agents do not get an operation, where the description says it."""
    reason = at.node.get(KEY, {}).get("withheld")
    return None if reason is None else _line(reason)


def _groups(document: Document, at: Place) -> tuple[str, ...]:
    name = at.node["operationId"]
    answer = success.schema(document, at.node["responses"])
    return views(document, {name: answer}).groups(name)


def _parameter(found: Parameter, said: Mapping[str, Any]) -> Parameter:
    return Parameter(
        name=found.name,
        place=found.place,
        kind=found.kind,
        is_required=found.is_required,
        description=_line(said.get("description", found.description)),
        schema=tightened(found.schema, said),
    )


def _own(
    document: Document, at: Place, said: Mapping[str, Any], groups: Sequence[str]
) -> Iterator[Parameter]:
    """Yield the parameters of the face itself."""
    if at.method == "get":
        has_list = success.has_list(document, success.schema(document, at.node["responses"]))
        if groups or has_list:
            yield face_parameters.include(groups)
        if has_list:
            yield face_parameters.continue_from()
    if "unless" in said:
        yield face_parameters.override(
            said["unless"]["override"], _line(said["unless"]["description"])
        )


def _members(document: Document, at: Place, said: Mapping[str, Any]) -> Iterator[Member]:
    if "body" not in said:
        return
    body = document.resolve(at.node["requestBody"])
    component = success.whole(document, body["content"][_JSON]["schema"])
    for name, limits in entries(said["body"]):
        origin = limits.get("from", name)
        schema = document.resolve(component["properties"][origin])
        yield Member(
            name=name,
            origin=origin,
            is_required=origin in component.get("required", ()),
            description=_line(limits.get("description", schema.get("description", ""))),
            schema=tightened(schema, limits),
        )


def _defaults(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, limits in entries(said["parameters"]):
        if "default" in limits:
            value = limits["default"]
            yield name, str(value).lower() if isinstance(value, bool) else str(value)


def _unless(said: Mapping[str, Any]) -> Unless | None:
    if "unless" not in said:
        return None
    asked = said["unless"]
    constant = naming.snake_case(asked["operation"]).upper()
    return Unless(constant, asked["rows"], asked["override"])


def _line(text: str) -> str:
    return " ".join(text.split())
