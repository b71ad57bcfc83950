"""What successful answers look like, as data that the core compares real ones with at run time.

A shape is a text or an object. A text names what a value may be: JSON types, and `#Name` for one of
the shapes, with `|` between them; an empty one stands for anything. An object says more: its
`kinds`, the members that are `required` and those that are `optional`, the shape of all other
members (`values`) and that of a list's `items`. Where a schema says more than a shape can, the
shape lets it pass.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from codegen.composition import merged, resolved
from codegen.document import Document
from codegen.ir import Api, Operation
from codegen.reach import component, component_schemas

Shape: TypeAlias = str | dict[str, Any]
Schema: TypeAlias = Mapping[str, Any]
Alternative: TypeAlias = tuple[str | None, dict[str, Any]]
"""A schema without `$ref`, `allOf`, `anyOf` and `oneOf`, and its name if it has one."""

_ANYTHING = ""
_EITHER = ("anyOf", "oneOf")
_MEMBERS = ("properties", "additionalProperties")
# What may allow members that `properties` does not name.
_MORE = ("patternProperties", "if", "then", "else", "dependentSchemas", "unevaluatedProperties")


def render_shapes(document: Document, api: Api) -> str:
    """Write the shape of each operation's successful answer in JSON, and the shapes they share."""
    components = component_schemas(document)
    shaper = _Shaper(components)
    operations = {}
    for operation in api.operations:
        schemas = list(_answers(document, operation))
        if schemas:
            operations[operation.name] = shaper.shape({"anyOf": schemas})
    shared = {name: shaper.shared[name] for name in components if name in shaper.shared}
    return (
        json.dumps({"operations": operations, "shapes": shared}, indent=1, ensure_ascii=False)
        + "\n"
    )


def _answers(document: Document, operation: Operation) -> Iterator[Schema]:
    for status, response in operation.responses.items():
        content = document.resolve(response).get("content", {}) if status[0] == "2" else {}
        if "application/json" in content:
            yield content["application/json"].get("schema", {})


class _Shaper:
    """Makes shapes of schemas, and once for all of a component whatever leads to it."""

    def __init__(self, components: Mapping[str, Any]) -> None:
        self._components = components
        self.shared: dict[str, Shape] = {}
        self._mixing: list[frozenset[str]] = []

    def shape(self, schema: Any) -> Shape:  # noqa: ANN401 - a schema or a boolean
        """Return the shape of the values that fit a schema."""
        name = _name(schema)
        alternatives = list(self._alternatives(schema))
        if name is not None and any(_has_structure(whole) for _, whole in alternatives):
            return self._reference(name)
        return self._made(alternatives)

    def _reference(self, name: str) -> str:
        if name not in self.shared:
            self.shared[name] = _ANYTHING  # until it is made, for what leads back to it
            whole = self._whole(self._components[name])
            self.shared[name] = self._made(list(self._alternatives(whole)))
        return f"#{name}"

    def _made(self, alternatives: Sequence[Alternative]) -> Shape:
        kinds = _all_kinds([whole for _, whole in alternatives])
        structured = [each for each in alternatives if _has_structure(each[1])]
        if not structured:
            return "|".join(kinds)
        name, whole = structured[0]
        if any(other != structured[0] for other in structured):
            return self._mixed(structured, kinds)
        if name is None:
            return self._form(whole, kinds)
        more = [kind for kind in kinds if kind not in _kinds(whole)]
        return "|".join((self._reference(name), *more))

    def _mixed(self, alternatives: Sequence[Alternative], kinds: Sequence[str]) -> Shape:
        """Return one shape for values of several, which may hold such values themselves."""
        names = frozenset(name for name, _ in alternatives if name is not None)
        if names in self._mixing:
            return _ANYTHING
        self._mixing.append(names)
        form = self._form(_mixture([whole for _, whole in alternatives]), kinds)
        self._mixing.pop()
        return form

    def _alternatives(self, schema: Any) -> Iterator[Alternative]:  # noqa: ANN401
        """Yield schemas of which a value fits some, with the component's name where one is it."""
        whole = self._whole(schema)
        for keyword in _EITHER:
            if keyword in whole:
                beside = {key: value for key, value in whole.items() if key != keyword}
                for part in whole[keyword]:
                    yield from self._alternatives({**beside, "allOf": [part]} if beside else part)
                return
        yield _name(schema), whole

    def _whole(self, schema: Any) -> dict[str, Any]:  # noqa: ANN401 - a schema or a boolean
        return merged(resolved(schema, self._components), self._components)

    def _form(self, whole: Schema, kinds: Sequence[str]) -> dict[str, Any]:
        shapes = {name: self.shape(part) for name, part in whole.get("properties", {}).items()}
        required = {name: shapes.get(name, _ANYTHING) for name in whole.get("required", ())}
        form: dict[str, Any] = {
            "kinds": "|".join(kinds),
            "required": required,
            "optional": {n: shape for n, shape in shapes.items() if n not in required},
        }
        values = _values(whole)
        if values is not None and (not kinds or "object" in kinds):
            form["values"] = self.shape(values)
        if "items" in whole:
            form["items"] = self.shape(whole["items"])
        return {key: value for key, value in form.items() if value != {}}


def _name(schema: Any) -> str | None:  # noqa: ANN401 - a schema or a boolean
    """Return the name of the component that a schema is, without a word of its own."""
    is_plain = isinstance(schema, dict) and schema.keys() == {"$ref"}
    return component(schema) if is_plain else None


def _has_structure(whole: Schema) -> bool:
    return any(keyword in whole for keyword in (*_MEMBERS, "items"))


def _values(whole: Schema) -> Any:  # noqa: ANN401 - a schema or a boolean
    """Return the schema of members that are not named; None where there should be none."""
    values = whole.get("additionalProperties")
    is_open = "properties" not in whole or any(keyword in whole for keyword in _MORE)
    if values is None:
        return {} if is_open else None
    return None if values is False else values


def _mixture(wholes: Sequence[Schema]) -> dict[str, Any]:
    """Put schemas into one that takes what each of them takes."""
    mixed: dict[str, Any] = {}
    for keyword in ("properties", "additionalProperties", "items"):
        said = [whole[keyword] for whole in wholes if keyword in whole]
        if keyword == "properties" and said:
            names = {name: None for part in said for name in part}
            mixed[keyword] = {n: _either([p[n] for p in said if n in p]) for n in names}
        elif said:
            mixed[keyword] = _either(said)
    objects = [whole for whole in wholes if any(keyword in whole for keyword in _MEMBERS)]
    demands = [set(whole.get("required", ())) for whole in objects]
    first = objects[0].get("required", ()) if objects else ()
    mixed["required"] = [name for name in first if all(name in each for each in demands)]
    return mixed


def _either(schemas: Sequence[Any]) -> Any:  # noqa: ANN401 - a schema or a boolean
    """Return a schema for values of which nobody knows which of these it has to fit."""
    return schemas[0] if all(schema == schemas[0] for schema in schemas) else {}


def _all_kinds(wholes: Sequence[Schema]) -> list[str]:
    found = [_kinds(whole) for whole in wholes]
    return list(dict.fromkeys(kind for kinds in found for kind in kinds)) if all(found) else []


def _kinds(whole: Schema) -> list[str]:
    kinds = whole.get("type", [])
    return [kinds] if isinstance(kinds, str) else list(kinds)
