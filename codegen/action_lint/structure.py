"""The spec is OpenAPI 3.1 to a reader that was not made for this, and by OpenAPI's own schema."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import quote

import jsonschema_rs

from codegen.action_lint.finding import ERROR, Problem, Rule
from codegen.action_lint.spec import Spec
from codegen.document import Document, join
from codegen.rules.structure import openapi_schema
from codegen.rules.violations import sentence, validator
from codegen.schema import schemas

_VERSIONS = ("3.1.0", "3.1.1")
_LONGEST = 300
_JSON_SCHEMA = "https://json-schema.org/draft/2020-12/schema"
_HERE = "urn:spec"


def _version(spec: Spec) -> Iterator[Problem]:
    version = spec.root.get("openapi")
    if version not in _VERSIONS:
        message = f"'openapi' is {version!r}; importers take the texts '3.1.0' and '3.1.1'"
        yield Problem("/openapi", message)


def _structure(spec: Spec) -> Iterator[Problem]:
    """Yield one problem for each place that the first reader refuses, else the second."""
    for reader in (_by_pydantic, _by_schema):
        words: dict[str, str] = {}
        for pointer, message in reader(spec.root):
            words.setdefault(pointer, " ".join(message.split()))
        for pointer, line in words.items():
            # What holds a refused part is refused for that alone.
            if not any(other.startswith(f"{pointer}/") for other in words):
                message = line if len(line) <= _LONGEST else f"{line[:_LONGEST]} …"
                yield Problem(pointer, f"it is no OpenAPI 3.1: {message}")
        if words:
            return


def _by_pydantic(root: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    # It is slow to import, and who only lists the rules does not need it.
    from openapi_pydantic import OpenAPI  # noqa: PLC0415
    from pydantic import ValidationError  # noqa: PLC0415

    try:
        OpenAPI.model_validate(root)
    except ValidationError as error:
        # What is no reference was seldom meant to be one, so that this is said last.
        for each in sorted(error.errors(), key=lambda each: "Reference" in each["loc"]):
            yield _pointer(root, each["loc"]), f"{each['loc']}: {each['msg']}"


def _by_schema(root: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    found = False
    for error in _openapi().iter_errors(root):
        found = True
        yield join("", *error.instance_path), sentence(error)
    if not found:
        yield from _twice(root.get("tags", []))
        yield from _defaults(root)


@cache
def _openapi() -> jsonschema_rs.Validator:
    """Return OpenAPI's own schema, in which each schema is held against JSON Schema's own."""
    document = openapi_schema()
    registry = jsonschema_rs.Registry([(document["$id"], document)])
    within = {"schema": {"$dynamicAnchor": "meta", "$ref": _JSON_SCHEMA}}
    return validator({"$id": _HERE, "$ref": document["$id"], "$defs": within}, registry)


def _twice(tags: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    names = [tag["name"] for tag in tags]
    for index, name in enumerate(names):
        if name in names[:index]:
            yield join("/tags", index), f"the tag '{name}' is there twice"


def _defaults(root: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    whole = {key: root[key] for key in ("components", "paths") if key in root}
    registry = jsonschema_rs.Registry([(_HERE, whole)])
    for pointer, schema in schemas(Document("", root, {}, {})):
        if "default" in schema:
            try:
                own = validator({"$ref": f"{_HERE}#{quote(pointer)}"}, registry)
            except (ValueError, LookupError):
                continue  # what it refers to is not there, which has a rule of its own
            for error in own.iter_errors(schema["default"]):
                place = join(pointer, "default", *error.instance_path)
                yield place, f"the default does not fit: {sentence(error)}"


def _pointer(root: Mapping[str, Any], place: Sequence[Any]) -> str:
    """Return where in the spec a reader means; names of its own classes are on its way, too."""
    node: Any = root
    pointer = ""
    for token in place:
        if _is_in(node, token):
            node = node[token]
            pointer = join(pointer, token)
    return pointer


def _is_in(node: object, token: object) -> bool:
    if isinstance(node, list):
        return isinstance(token, int) and token < len(node)
    return isinstance(node, Mapping) and token in node


RULES = (
    Rule(
        "GA001",
        ERROR,
        "`openapi` is 3.1.0 or 3.1.1",
        _version,
        ("('openapi',): Input should be '3.1.1' or '3.1.0'",),
    ),
    Rule(
        "GA002",
        ERROR,
        "openapi-pydantic 0.5.1 reads it, and it fits OpenAPI's own JSON Schema",
        _structure,
        (
            "('components','parameters','preferParams','Parameter','schema','Reference','$ref'): "
            "Field required",
            "Could not find a valid URL in servers",
        ),
    ),
)
