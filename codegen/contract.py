"""What callers can rely on, as data: kept beside the code, for the next generation to compare."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from codegen.agent import Agent
from codegen.contract_shape import FORMAT, shape
from codegen.document import Document
from codegen.ir import Api, Operation
from codegen.parameter import Parameter
from codegen.reach import component_schemas, named, reached
from codegen.schema import less
from codegen.shown import Objects, components_of, objects
from codegen.view import Views

Contract: TypeAlias = Mapping[str, Any]
"""Operations by id, what lets callers in, and the components, their schemas and what agents are
shown of them; no words, no samples."""

_WORDS = ("$comment", "description", "example", "examples", "externalDocs", "title", "xml")


def contract(document: Document, api: Api, views: Views) -> Contract:
    """Return what the operations take and answer, in the order of the description."""
    operations = {o.operation_id: _operation(document, o, views) for o in api.operations}
    components = {name: _plain(part) for name, part in component_schemas(document).items()}
    return {
        "contract": FORMAT,
        "security": _security(document),
        "operations": operations,
        "components": {
            "schemas": reached(components, _named(operations)),
            "shown": {name: objects(view) for name, view in views.components.items()},
        },
    }


def render_contract(contract: Contract) -> str:
    """Write a contract as JSON."""
    return json.dumps(contract, indent=2, ensure_ascii=False) + "\n"


def read_contract(text: str) -> Contract | None:
    """Return what an earlier generation wrote; None for whatever else the text is."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not shape().is_valid(found):
        return None
    schemas, shown = found["components"]["schemas"], found["components"]["shown"]
    names = {*_named(found["operations"]), *named(list(schemas.values()))}
    is_whole = names <= schemas.keys() and _shown(found["operations"], shown) <= shown.keys()
    return dict(found) if is_whole else None


def _operation(document: Document, operation: Operation, views: Views) -> dict[str, Any]:
    return {
        "method": operation.method,
        "path": operation.path,
        "needs": operation.needs,
        "requires_query": operation.require_query,
        "cached_for": operation.cache.ttl,
        "is_private": operation.cache.is_never,
        "is_repeatable": operation.is_idempotent,
        "agents": _agents(operation, views),
        "parameters": [_parameter(parameter) for parameter in operation.parameters],
        "body": _body(document, operation),
        "answers": {
            status: _answer(document.resolve(response))
            for status, response in operation.responses.items()
            if not status.startswith("x-")
        },
    }


def _agents(operation: Operation, views: Views) -> dict[str, Any] | None:
    agent = operation.agent
    if agent is None:
        return None
    return {
        "asks_first": agent.is_consequential,
        "parameters": [_parameter(parameter) for parameter in agent.parameters],
        "body": _agent_body(operation, agent),
        "shown": objects(views.answers[operation.operation_id]),
    }


def _agent_body(operation: Operation, agent: Agent) -> dict[str, Any] | None:
    body = operation.body
    if body is None or not agent.members:
        return None
    schema = {
        "type": "object",
        "additionalProperties": False,
        "required": [member.name for member in agent.members if member.is_required],
        "properties": {member.name: _plain(member.schema) for member in agent.members},
    }
    return {"media_type": body.media_type, "required": body.is_required, "schema": schema}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": parameter.place,
        "required": parameter.is_required,
        "schema": _plain(parameter.schema),
    }


def _body(document: Document, operation: Operation) -> dict[str, Any] | None:
    body = operation.body
    if body is None:
        return None
    item = document.root["paths"][operation.path][operation.method.lower()]
    content = _content(document.resolve(item["requestBody"]))
    return {
        "media_type": body.media_type,
        "required": body.is_required,
        "schema": content[body.media_type],
    }


def _security(document: Document) -> list[list[dict[str, Any]]]:
    """Return the credentials that let a caller in: any of these lists, each of them whole."""
    schemes = document.root.get("components", {}).get("securitySchemes", {})
    return [
        [_scheme(document.resolve(schemes[name])) for name in requirement]
        for requirement in document.root.get("security", [])
    ]


def _scheme(scheme: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in scheme.items() if not _is_words(key)}


def _answer(response: Mapping[str, Any]) -> dict[str, Any]:
    return {"headers": list(response.get("headers", {})), "content": _content(response)}


def _content(holder: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schemas of a body by media type."""
    content = holder.get("content", {})
    return {media_type: _plain(part.get("schema", {})) for media_type, part in content.items()}


def _plain(schema: Any) -> Any:  # noqa: ANN401 - a schema or a boolean
    return less(schema, _is_words)


def _is_words(key: str) -> bool:
    return key in _WORDS or key.startswith("x-")


def _named(operations: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield the components that operations refer to; parameters refer to none."""
    for operation in operations.values():
        for answer in operation["answers"].values():
            yield from named(list(answer["content"].values()))
        if operation["body"]:
            yield from named(operation["body"]["schema"])


def _shown(
    operations: Mapping[str, Mapping[str, Any]], components: Mapping[str, Objects]
) -> set[str]:
    """Return the components that agents are shown something as."""
    answers = [o["agents"]["shown"] for o in operations.values() if o["agents"]]
    return {name for each in (*answers, *components.values()) for name in components_of(each)}
