"""The trimmed description that a custom GPT, or another reader of its dialect, imports."""

import json
from typing import Any

from codegen import agent_envelope, trimmed
from codegen.action_operation import action_operation
from codegen.document import Document
from codegen.ir import Api
from codegen.output import FOLDER
from codegen.reach import named, reached
from codegen.view import Views

PLACE = f"{FOLDER}/gpt-action/openapi.json"
PLACEHOLDER_HOST = "gateway.example"
"""Nobody can own it (RFC 2606); the proxy puts its own in its place when it serves the file."""
_ADDRESS = f"https://{PLACEHOLDER_HOST}/api"


def render_action(document: Document, api: Api, shown: Views) -> str:
    """Render the operations offered to agents as a self-contained OpenAPI 3.1.0 document."""
    paths: dict[str, dict[str, Any]] = {}
    for operation, agent in api.offered:
        methods = paths.setdefault(operation.path, {})
        methods[operation.method.lower()] = action_operation(
            document, operation, agent, trimmed.answer(shown, operation.operation_id)
        )
    info = document.root["info"]
    action = {
        "openapi": "3.1.0",
        "info": {
            "title": info["title"],
            "description": info.get("summary", info["title"]),
            "termsOfService": f"{_ADDRESS}/privacy",
            "version": info["version"],
        },
        "servers": [{"url": f"{_ADDRESS}/gpt"}],
        "security": document.root.get("security", []),
        "paths": paths,
        "components": {
            "securitySchemes": _schemes(document),
            "schemas": reached(
                {**trimmed.components(shown), **agent_envelope.COMPONENTS}, named(paths)
            ),
        },
    }
    return json.dumps(action, indent=2, ensure_ascii=False) + "\n"


def _schemes(document: Document) -> dict[str, Any]:
    """Return the schemes that `security` names."""
    schemes = document.root.get("components", {}).get("securitySchemes", {})
    named = [name for requirement in document.root.get("security", []) for name in requirement]
    return {name: document.resolve(schemes[name]) for name in named}
