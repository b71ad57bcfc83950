"""Schemas of what agents are shown, made of the views that the answers themselves are made with.

Nothing is required, since whatever says nothing is left out; and all stay open.
"""

import json
from collections.abc import Sequence
from typing import Any

from codegen.reach import reference
from codegen.recursion import without_recursion
from codegen.view import Field, View, Views

_URL = {"type": "string", "description": "Its page for people."}
_ANYTHING = {"description": "Anything."}


def components(views: Views) -> dict[str, Any]:
    """Return the schemas of objects by the names of their components; none leads to itself."""
    objects = {name: view for name, view in views.components.items() if view.text is None}
    return without_recursion({name: _object(views, view) for name, view in objects.items()})


def answer(views: Views, operation_id: str) -> dict[str, Any]:
    """Return the schema of an operation's answer."""
    view = views.view(views.answers[operation_id])
    return {"type": "object", "properties": {}} if view is None else _object(views, view)


def _object(views: Views, view: View) -> dict[str, Any]:
    properties = {field.name: _field(views, field) for field in view.fields}
    if view.url is not None:
        properties["url"] = _URL
    schema = {"type": "object", "properties": properties}
    if view.rest is not None and view.rest.kinds:
        schema["additionalProperties"] = _field(views, view.rest)
    return {**schema, "description": view.description} if view.description else schema


def _field(views: Views, field: Field) -> dict[str, Any]:
    schema = _values(views, field, field.kinds)
    words = _words(field)
    return schema if "$ref" in schema or not words else {**schema, "description": words}


def _values(views: Views, field: Field, kinds: Sequence[str]) -> dict[str, Any]:
    """Return the schema of a property's values, or of those in its list, which have some types."""
    view = views.view(field.shape)
    if view is not None and view.text is not None:
        kinds = tuple(dict.fromkeys("string" if kind == "object" else kind for kind in kinds))
        view = None
    if list(kinds) == ["object"] and isinstance(field.shape, str):
        return {"$ref": reference(field.shape)}
    schema: dict[str, Any] = {"type": kinds[0] if len(kinds) == 1 else list(kinds)} if kinds else {}
    if "object" in kinds:
        schema = {**({"properties": {}} if view is None else _object(views, view)), **schema}
    if "array" in kinds:
        is_inner = kinds is field.items  # a list of lists is shown as it is
        schema["items"] = _ANYTHING if is_inner else _items(views, field)
    if list(kinds) == ["string"]:
        schema |= _limits(field)
    return schema


def _items(views: Views, field: Field) -> dict[str, Any]:
    return _values(views, field, field.items) or _ANYTHING


def _limits(field: Field) -> dict[str, Any]:
    """Return what the texts of a property keep to."""
    if field.choices:
        return {"enum": list(field.choices)}
    is_cut = field.longest is not None and field.whole is None and "array" not in field.kinds
    return {"maxLength": field.longest} if is_cut else {}


def _words(field: Field) -> str:
    said = [field.description] if field.description else []
    if field.noise:
        said.append(f"Left out when {' or '.join(map(_written, field.noise))}.")
    if field.group:
        said.append(f"Only with include={field.group}.")
    if field.whole:
        said.append(f"Cut, unless include={field.whole}.")
    return " ".join(said)


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
