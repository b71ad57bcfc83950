"""The shipped description as the tests use it: each operation, called by its own examples."""

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import yaml

from codegen.naming import snake_case
from tests.shipped_app import ROOT

DESCRIPTION: dict[str, Any] = yaml.load(
    (ROOT / "spec" / "discogs.openapi.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader
)
METHODS = ("get", "put", "post", "delete", "patch")
FRONTIER = "frontier"


@dataclass(frozen=True)
class Example:
    """An operation, called as the examples in its description say."""

    label: str
    operation: Mapping[str, Any]
    method: str
    target: str
    content_type: str = ""
    body: bytes = b""

    @property
    def function(self) -> str:
        """The name of the Function that answers it."""
        return snake_case(self.operation["operationId"])

    @property
    def successes(self) -> list[int]:
        """The statuses that the description gives to success."""
        return [int(status) for status in self.operation["responses"] if status.startswith("2")]

    def call(self) -> dict[str, Any]:
        """Return the call as JSON, for another interpreter to make."""
        headers = {"content-type": self.content_type} if self.content_type else {}
        body = base64.b64encode(self.body).decode()
        return {"method": self.method, "target": self.target, "headers": headers, "body": body}


def resolved(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow a local reference."""
    while "$ref" in node:
        target: Any = DESCRIPTION
        for token in node["$ref"].removeprefix("#/").split("/"):
            target = target[token.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield path, method and Operation Object of each operation."""
    for path, item in DESCRIPTION["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def _example(path: str, method: str, operation: dict[str, Any]) -> Example:
    shared = DESCRIPTION["paths"][path].get("parameters", ())
    parameters = [resolved(each) for each in (*shared, *operation.get("parameters", ()))]
    target = f"/api{path}"
    for parameter in parameters:
        if parameter["in"] == "path":
            value = quote(str(parameter["example"]), safe="")
            target = target.replace("{" + parameter["name"] + "}", value)
    if "x-proxy-require-query" in operation:
        first = next(p for p in parameters if p["in"] == "query")
        target += f"?{first['name']}={quote(str(first['example']))}"
    verb = method.upper()
    return Example(f"{verb} {path}", operation, verb, target, *_body(operation))


def _body(operation: dict[str, Any]) -> tuple[str, bytes]:
    content = resolved(operation.get("requestBody", {})).get("content", {})
    for media_type, media in content.items():
        example = media.get("example") or next(iter(media["examples"].values()))["value"]
        if media_type == "application/json":
            return media_type, json.dumps(example).encode()
        parts = "".join(
            f'--{FRONTIER}\r\nContent-Disposition: form-data; name="{name}"; filename="a.csv"\r\n'
            f"Content-Type: text/csv\r\n\r\n{value}\r\n"
            for name, value in example.items()
        )
        return f"{media_type}; boundary={FRONTIER}", f"{parts}--{FRONTIER}--\r\n".encode()
    return "", b""


EXAMPLES = [_example(*each) for each in operations()]
