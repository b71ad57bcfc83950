"""From the document to the intermediate representation."""

from collections.abc import Mapping
from typing import Any

from codegen.document import Document
from codegen.ir import Agent, Api, Operation, Parameter
from codegen.paths import Place, operations, parameters


def parse(document: Document, package: str) -> Api:
    """Turn a checked document into the operations it describes, in its own order."""
    found = (_operation(document, at) for at in operations(document))
    return Api(document.source, package, tuple(found))


def _operation(document: Document, at: Place) -> Operation:
    agent = at.node.get("x-proxy-agent")
    return Operation(
        operation_id=at.node["operationId"],
        method=at.method.upper(),
        path=at.path,
        summary=at.node["summary"],
        parameters=tuple(_parameter(document, found.node) for found in parameters(document, at)),
        require_query=at.node.get("x-proxy-require-query"),
        agent=None if agent is None else _agent(agent),
        responses=at.node["responses"],
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


def _agent(agent: Mapping[str, Any]) -> Agent:
    return Agent(
        description=" ".join(agent["description"].split()),
        parameters=tuple(agent["parameters"]),
        is_consequential=agent["consequential"],
    )
