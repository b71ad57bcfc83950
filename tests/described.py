"""The shipped description as the tests use it: each operation, called by its own examples."""

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import yaml

from codegen.naming import snake_case
from tests.shipped_app import KEY, ROOT, Served

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
    path: str
    path_values: Mapping[str, Any]
    query: Mapping[str, Any]
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

    def target(self, given: Mapping[str, Any] | None = None) -> str:
        """Return where it is called; values that are given go before the examples."""
        values = {**self.path_values, **self.query, **(given or {})}
        target = f"/api{self.path}"
        for name in self.path_values:
            target = target.replace("{" + name + "}", quote(str(values.pop(name)), safe=""))
        return f"{target}?{urlencode(values)}" if values else target

    def call(self) -> dict[str, Any]:
        """Return the call as JSON, for another interpreter to make."""
        headers = {"content-type": self.content_type} if self.content_type else {}
        body = base64.b64encode(self.body).decode()
        return {"method": self.method, "target": self.target(), "headers": headers, "body": body}

    def send(
        self, served: Served, given: Mapping[str, Any] | None = None, body: object = None
    ) -> httpx.Response:
        """Make the call, with other values and another body where they are given."""
        headers = {"x-api-key": KEY}
        content = self.body if body is None else json.dumps(body).encode()
        if content:
            headers["content-type"] = self.content_type
        return served.request(self.method, self.target(given), headers, content)


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
    values = {p["name"]: p["example"] for p in parameters if p["in"] == "path"}
    query = [(p["name"], p["example"]) for p in parameters if p["in"] == "query"]
    needed = dict(query[:1]) if "x-proxy-require-query" in operation else {}
    verb = method.upper()
    return Example(f"{verb} {path}", operation, verb, path, values, needed, *_body(operation))


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
