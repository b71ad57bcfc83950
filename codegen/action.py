"""The trimmed description that a custom GPT, or another reader of its dialect, imports."""

import json
from collections.abc import Mapping
from typing import Any

from codegen.document import Document
from codegen.ir import Agent, Api, Body, Operation, Parameter
from codegen.reach import component_schemas, named, reached
from codegen.recursion import without_recursion
from codegen.schema import less, rebuild

# OpenAI's importer wants one absolute https address. The proxy puts its own here when it serves
# the file; in the repository stands an address that nobody can own (RFC 2606).
_PLACEHOLDER = "https://gateway.example/api"
_ERRORS = ("400", "401", "404", "429")
_SAMPLES = ("example", "examples")


def render_action(document: Document, api: Api) -> str:
    """Render the operations offered to agents as a self-contained OpenAPI 3.1.0 document."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in api.operations:
        if operation.agent:
            methods = paths.setdefault(operation.path, {})
            methods[operation.method.lower()] = _operation(document, operation, operation.agent)
    plain = {name: _plain(schema) for name, schema in component_schemas(document).items()}
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
            "schemas": reached(schemas, named(paths)),
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
    body = {"requestBody": _request_body(operation.body)} if operation.body else {}
    return {
        "operationId": operation.operation_id,
        "summary": operation.summary,
        "description": agent.description,
        "x-openai-isConsequential": agent.is_consequential,
        "parameters": [_parameter(parameter) for parameter in offered],
        **body,
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


def _request_body(body: Body) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{body.component}"}
    return {"required": body.is_required, "content": {body.media_type: {"schema": schema}}}


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
