"""The trimmed description that a custom GPT, or another reader of its dialect, imports."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from codegen.document import Document, walk
from codegen.ir import Agent, Api, Operation, Parameter
from codegen.recursion import without_recursion
from codegen.schema import less, rebuild

# OpenAI's importer wants one absolute https address. The proxy puts its own here when it serves
# the file; in the repository stands an address that nobody can own (RFC 2606).
_PLACEHOLDER = "https://discogs-gateway.example/api"
_ERRORS = ("400", "401", "404", "429")
_SAMPLES = ("example", "examples")


def render_action(document: Document, api: Api) -> str:
    """Render the operations offered to agents as a self-contained OpenAPI 3.1.0 document."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in api.operations:
        if operation.agent:
            methods = paths.setdefault(operation.path, {})
            methods[operation.method.lower()] = _operation(document, operation, operation.agent)
    components = document.root.get("components", {})
    plain = {name: _plain(schema) for name, schema in components.get("schemas", {}).items()}
    schemas = without_recursion(plain)
    info = document.root["info"]
    action = {
        "openapi": "3.1.0",
        "info": {
            "title": info["title"],
            "description": info.get("summary", info["title"]),
            "version": info["version"],
        },
        "servers": [{"url": _PLACEHOLDER}],
        "security": document.root.get("security", []),
        "paths": paths,
        "components": {
            "securitySchemes": _schemes(document),
            "schemas": _reachable(paths, schemas),
        },
    }
    return json.dumps(action, indent=2, ensure_ascii=False) + "\n"


def _schemes(document: Document) -> dict[str, Any]:
    """Return the schemes that `security` names."""
    schemes = document.root.get("components", {}).get("securitySchemes", {})
    named = [name for requirement in document.root.get("security", []) for name in requirement]
    return {name: document.resolve(schemes[name]) for name in named}


def _operation(document: Document, operation: Operation, agent: Agent) -> dict[str, Any]:
    offered = [p for p in operation.parameters if p.name in agent.parameters]
    return {
        "operationId": operation.operation_id,
        "summary": operation.summary,
        "description": agent.description,
        "x-openai-isConsequential": agent.is_consequential,
        "parameters": [_parameter(parameter) for parameter in offered],
        "responses": {
            status: _response(document.resolve(response))
            for status, response in operation.responses.items()
            if status.startswith("2") or status in _ERRORS
        },
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": parameter.place,
        "required": parameter.is_required,
        "description": parameter.description,
        "schema": less(_plain(parameter.schema), lambda keyword: keyword == "description"),
    }


def _response(response: Mapping[str, Any]) -> dict[str, Any]:
    words = {"description": response["description"]}
    schema = response.get("content", {}).get("application/json", {}).get("schema")
    if schema is None:
        return words
    return {**words, "content": {"application/json": {"schema": _plain(schema)}}}


def _plain(schema: Any) -> Any:  # noqa: ANN401 - a schema or a boolean
    """Return a schema without samples and own keys; the importer wants objects' `properties`."""
    return _with_properties(less(schema, lambda key: key in _SAMPLES or key.startswith("x-")))


def _with_properties(schema: Any) -> Any:  # noqa: ANN401 - a schema or a boolean
    if not isinstance(schema, dict):
        return schema
    kinds = schema.get("type")
    is_object = "object" in (kinds if isinstance(kinds, list) else [kinds])
    if is_object and "properties" not in schema:
        schema = {**schema, "properties": {}}
    return rebuild(schema, _with_properties)


def _reachable(paths: object, schemas: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the schemas that the paths lead to, in the order of the description."""
    names: set[str] = set()
    waiting = list(_references(paths))
    while waiting:
        name = waiting.pop()
        if name not in names:
            names.add(name)
            waiting.extend(_references(schemas[name]))
    return {name: schema for name, schema in schemas.items() if name in names}


def _references(node: object) -> Iterator[str]:
    for _, part in walk(node):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"].rpartition("/")[2]
