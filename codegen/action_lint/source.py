"""An Action spec read from a file, or from the address that serves it."""

import http.client
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from codegen.action_lint.spec import Served

_DEEPEST = 64
_MOST_VALUES = 200_000
_MOST_BYTES = 4_000_000
_SECONDS = 10


class Unreadable(Exception):
    """Nothing that could be linted."""


def is_address(name: str) -> bool:
    """Tell whether a spec is to be fetched."""
    return name.startswith(("https://", "http://"))


def read(name: str) -> dict[str, Any]:
    """Read a JSON or YAML file; raise `Unreadable`."""
    try:
        content = Path(name).read_bytes()
    except OSError as error:
        raise Unreadable(f"{name}: {error.strerror}") from error
    return parse(content, name)


def fetch(url: str) -> tuple[dict[str, Any], Served]:
    """Get a spec as an importer does, which follows no redirect; raise `Unreadable`."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    connect = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    try:
        connection = connect(parts.netloc, timeout=_SECONDS)
        try:
            path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
            connection.request("GET", path, headers={"Accept": "application/json"})
            response = connection.getresponse()
            content = response.read(_MOST_BYTES + 1)
        finally:
            connection.close()
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise Unreadable(f"{url}: {error}") from error
    served = Served(url, response.status, response.headers.get("Content-Type", ""))
    try:
        return parse(content, url), served
    except Unreadable:
        if served.status == http.client.OK:
            raise
        raise Unreadable(f"{url}: answers {served.status}, and not with a spec") from None


def parse(content: bytes, name: str) -> dict[str, Any]:
    """Return the spec in a text, JSON or YAML; raise `Unreadable`."""
    if len(content) > _MOST_BYTES:
        raise Unreadable(f"{name}: more than {_MOST_BYTES} bytes")
    try:
        text = content.decode("utf-8-sig")
        spec = _Plain().copy(_load(text), 0)
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        raise Unreadable(f"{name}: {' '.join(str(error).split())}") from error
    if not isinstance(spec, dict):
        raise Unreadable(f"{name}: no mapping")
    return spec


def _load(text: str) -> object:
    if text.lstrip().startswith("{"):
        return json.loads(text, object_pairs_hook=_distinct, parse_constant=_refuse)
    return yaml.load(text, _Loader)  # noqa: S506 - a SafeLoader, less one type


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice!r} stands twice in one mapping")
    return result


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is no JSON")


class _Loader(yaml.CSafeLoader):
    """Reads YAML as JSON has it: a date is text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


class _Plain:
    """Copies what YAML made into what JSON may hold, and no more than bearable."""

    def __init__(self) -> None:
        self._values = 0

    def copy(self, node: object, depth: int) -> object:
        self._values += 1
        if depth > _DEEPEST or self._values > _MOST_VALUES:
            raise ValueError("nested too deep, or too large by aliases")
        if isinstance(node, dict):
            return {_key(key): self.copy(value, depth + 1) for key, value in node.items()}
        if isinstance(node, list):
            return [self.copy(value, depth + 1) for value in node]
        return node if isinstance(node, (str, int, float, bool, type(None))) else str(node)


def _key(key: object) -> str:
    """Return a key as text: YAML takes a bare 200 for a number and a bare on for true."""
    return key if isinstance(key, str) else json.dumps(key, default=str)
