"""An operation as agents import it: every parameter written out, one answer, one kind of error."""

from collections.abc import Mapping, Sequence
from typing import Any

from codegen import agent_envelope
from codegen.agent import Agent, Member
from codegen.document import Document
from codegen.ir import Operation
from codegen.parameter import Parameter

_WORDS = ("description", "example", "examples", "title")


def action_operation(
    document: Document, operation: Operation, agent: Agent, shown: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the Operation Object of an operation that is offered, whose answer shows something."""
    body = {"requestBody": _request_body(operation, agent.members)} if agent.members else {}
    return {
        "operationId": operation.operation_id,
        "summary": operation.summary,
        "description": agent.description,
        "x-openai-isConsequential": agent.is_consequential,
        "parameters": [_parameter(parameter) for parameter in agent.parameters],
        **body,
        "responses": {
            "200": _answer(document, operation, agent, shown),
            **agent_envelope.problems(operation.responses),
        },
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": parameter.place,
        **({"required": True} if parameter.is_required else {}),
        "description": parameter.description,
        "schema": _values(parameter.schema),
    }


def _request_body(operation: Operation, members: Sequence[Member]) -> dict[str, Any]:
    required = [member.name for member in members if member.is_required]
    fewest = operation.body.fewest if operation.body else 0
    schema = {
        "type": "object",
        **({"required": required} if required else {}),
        **({"minProperties": fewest} if fewest else {}),
        "properties": {
            member.name: {**_values(member.schema), "description": member.description}
            for member in members
        },
        "additionalProperties": False,
    }
    is_required = operation.body is not None and operation.body.is_required
    return {"required": is_required, "content": {"application/json": {"schema": schema}}}


def _answer(
    document: Document, operation: Operation, agent: Agent, shown: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the one answer of the face, with which it tells what was done and what is so."""
    is_read = operation.method == "GET"
    schema = {
        **{keyword: value for keyword, value in shown.items() if keyword != "description"},
        "required": agent_envelope.required(is_read=is_read),
        "properties": {
            **shown["properties"],
            **agent_envelope.members(agent, is_read=is_read),
        },
    }
    return {
        "description": _words(document, operation),
        "x-max-chars": agent_envelope.MOST_CHARACTERS,
        "content": {"application/json": {"schema": schema}},
    }


def _words(document: Document, operation: Operation) -> str:
    successes = (s for s in operation.responses if s.startswith("2"))
    return str(document.resolve(operation.responses[next(successes)])["description"])


def _values(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of a value that is sent, which is flat, without words and samples."""
    return {key: said for key, said in schema.items() if key not in _WORDS and key[:2] != "x-"}
