"""The list of what agents get of the description and what not, and why."""

import json
from typing import Any

from codegen.agent import Agent
from codegen.ir import Api, Operation


def render_manifest(api: Api) -> str:
    """Render what is offered to agents and what is withheld from them, as JSON."""
    offered = [_offered(operation, agent) for operation, agent in api.offered]
    withheld = [_withheld(operation) for operation in api.operations if operation.agent is None]
    manifest = {
        "counts": {
            "operations": len(api.operations),
            "offered": len(offered),
            "withheld": len(withheld),
        },
        "offered": offered,
        "withheld": withheld,
    }
    return json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"


def _offered(operation: Operation, agent: Agent) -> dict[str, Any]:
    return {
        **_place(operation),
        "consequential": agent.is_consequential,
        "include": [*agent.groups, "all"] if agent.includes else [],
    }


def _withheld(operation: Operation) -> dict[str, Any]:
    return {**_place(operation), "why": operation.withheld}


def _place(operation: Operation) -> dict[str, Any]:
    return {
        "operationId": operation.operation_id,
        "method": operation.method,
        "path": operation.path,
    }
