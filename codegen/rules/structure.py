"""The description is OpenAPI 3.1 and its schemas are JSON Schema 2020-12."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs
from openapi_spec_validator.schemas import get_schema_content_v31

from codegen.document import Document, join, walk
from codegen.fault import Fault, did_you_mean

_META_SCHEMA = "https://json-schema.org/draft/2020-12/schema"
# Validation, applicator, annotation and reference keywords of 2020-12, and OpenAPI 3.1's own four.
_KEYWORDS = frozenset(
    """$anchor $comment $defs $dynamicAnchor $dynamicRef $id $ref $schema $vocabulary
    additionalProperties allOf anyOf const contains contentEncoding contentMediaType contentSchema
    default dependentRequired dependentSchemas deprecated description else enum examples
    exclusiveMaximum exclusiveMinimum format if items maxContains maxItems maxLength maxProperties
    maximum minContains minItems minLength minProperties minimum multipleOf not oneOf pattern
    patternProperties prefixItems properties propertyNames readOnly required then title type
    unevaluatedItems unevaluatedProperties uniqueItems writeOnly
    discriminator example externalDocs xml""".split()  # noqa: SIM905 - a word a line is a page
)
_SUBSCHEMAS_BY_NAME = ("properties", "patternProperties", "$defs", "dependentSchemas")
_SUBSCHEMA_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_SUBSCHEMAS = (
    "additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then",
    "unevaluatedItems", "unevaluatedProperties",
)  # fmt: skip


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each place that OpenAPI 3.1 or JSON Schema does not allow."""
    yield from _faults(document, _openapi(), document.root, "")
    for pointer, schema in schemas(document):
        yield from _keywords(document, schema, pointer)


def schemas(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every Schema Object of the description, nested ones too, with its pointer."""
    components = document.root.get("components")
    named = components.get("schemas") if isinstance(components, dict) else None
    for name, schema in (named if isinstance(named, dict) else {}).items():
        yield from _nested(schema, join("/components/schemas", name))
    for pointer, node in walk(document.root):
        if pointer.startswith("/components/schemas/") or _is_sample(pointer):
            continue
        if isinstance(node, dict) and isinstance(node.get("schema"), dict):
            yield from _nested(node["schema"], join(pointer, "schema"))


def _is_sample(pointer: str) -> bool:
    tokens = pointer.split("/")
    return "example" in tokens or "examples" in tokens


def _nested(schema: Any, pointer: str) -> Iterator[tuple[str, dict[str, Any]]]:  # noqa: ANN401
    if not isinstance(schema, dict):
        return
    yield pointer, schema
    for keyword in _SUBSCHEMAS_BY_NAME:
        below = schema.get(keyword)
        for name, value in (below if isinstance(below, dict) else {}).items():
            yield from _nested(value, join(pointer, keyword, name))
    for keyword in _SUBSCHEMA_LISTS:
        below = schema.get(keyword)
        for index, value in enumerate(below if isinstance(below, list) else []):
            yield from _nested(value, join(pointer, keyword, index))
    for keyword in _SUBSCHEMAS:
        yield from _nested(schema.get(keyword), join(pointer, keyword))


def _keywords(document: Document, schema: dict[str, Any], pointer: str) -> Iterator[Fault]:
    for keyword, value in schema.items():
        if keyword.startswith("x-"):
            continue
        if keyword not in _KEYWORDS:
            message = f"unknown schema keyword '{keyword}'{did_you_mean(keyword, _KEYWORDS)}"
            yield document.fault("SPEC007", message, join(pointer, keyword), at_key=True)
        elif keyword not in (*_SUBSCHEMAS_BY_NAME, *_SUBSCHEMA_LISTS, *_SUBSCHEMAS):
            yield from _faults(document, _meta(), {keyword: value}, pointer, code="SPEC007")


def _faults(
    document: Document,
    validator: jsonschema_rs.Validator,
    instance: object,
    pointer: str,
    code: str = "SPEC006",
) -> Iterator[Fault]:
    for error in validator.iter_errors(instance):
        finest = _finest(error)
        place = join(pointer, *finest.instance_path)
        detail = finest.kind.as_dict()
        if "unexpected" in detail:
            for name in detail["unexpected"]:
                message = f"'{name}' has no place here{did_you_mean(name, _openapi_names())}"
                yield document.fault(code, message, join(place, name), at_key=True)
        elif "options" in detail:
            known = [str(option) for option in detail["options"]]
            hint = did_you_mean(str(finest.instance), known)
            message = f"'{finest.instance}' is not one of {', '.join(known)}{hint}"
            yield document.fault(code, message, place)
        else:
            yield document.fault(code, finest.message.replace('"', "'"), place)


def _finest(error: jsonschema_rs.ValidationError) -> jsonschema_rs.ValidationError:
    """Return the failed alternative of an `anyOf` that lists its choices, else the error itself."""
    branches = error.kind.as_dict().get("context", [])
    listing = (cause for branch in branches for cause in branch if cause.kind.name == "enum")
    return next(listing, error)


@cache
def _openapi() -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(dict(get_schema_content_v31()))


@cache
def _meta() -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for({"$ref": _META_SCHEMA})


@cache
def _openapi_names() -> frozenset[str]:
    nodes = (node for _, node in walk(get_schema_content_v31()) if isinstance(node, dict))
    properties = (node.get("properties") for node in nodes)
    return frozenset(name for names in properties if isinstance(names, dict) for name in names)
