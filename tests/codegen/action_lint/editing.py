"""A spec and the edits that the tables of `rules/` make to it, with a few tags for long values."""

import copy
import json
from pathlib import Path

import yaml

HERE = Path(__file__).parent
_REMOVED = object()


class _Tables(yaml.SafeLoader):
    """YAML with tags for what would be long to write out."""


def _arguments(loader, node):
    count, is_required = loader.construct_sequence(node)
    return [
        {
            "name": f"extra_{number}",
            "in": "query",
            "required": is_required,
            "description": "One more.",
            "schema": {"type": "integer"},
        }
        for number in range(count)
    ]


def _repeated(loader, node):
    text, times = loader.construct_sequence(node)
    return text * times


def _copies(loader, node):
    """Return paths with so many operations."""
    found = load("base.yaml")["paths"]["/books"]["get"]
    names = [f"find{number}" for number in range(int(loader.construct_scalar(node)))]
    return {f"/{name}": {"get": {**found, "operationId": name}} for name in names}


_Tables.add_constructor("!copies", _copies)
_Tables.add_constructor("!removed", lambda *_: _REMOVED)
_Tables.add_constructor("!repeat", _repeated)
_Tables.add_constructor("!arguments", _arguments)


def load(name):
    """Return one of the YAML files of this folder."""
    return yaml.load((HERE / name).read_text(encoding="utf-8"), _Tables)  # noqa: S506


def edited(edits):
    """Return the spec without faults, with values put at JSON pointers, or taken away there."""
    spec = json.loads(json.dumps(load("base.yaml")))  # in which no alias makes two places one
    for pointer, value in edits.items():
        *way, last = (token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/"))
        node = spec
        for token in way[1:]:
            node = node[int(token)] if isinstance(node, list) else node[token]
        _put(node, last, value)
    return spec


def _put(node, key, value):
    if value is _REMOVED:
        del node[int(key) if isinstance(node, list) else key]
    elif isinstance(node, list):
        node[int(key) : int(key) + 1] = [copy.deepcopy(value)]
    else:
        node[key] = copy.deepcopy(value)
