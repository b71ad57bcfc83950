"""From the document to what agents are shown of answers."""

from collections.abc import Iterator, Mapping
from typing import Any

from codegen.checked import listed
from codegen.composition import alternatives, merged, resolved
from codegen.document import Document, mapping
from codegen.ir import Api
from codegen.reach import component, component_schemas
from codegen.success import schema as answer_schema
from codegen.template import placeholders
from codegen.view import Field, Shape, View, Views

KEY = "x-proxy-agent-fields"
_WORDS = frozenset({"default", "description", "example", "examples", "title"})
_EITHER = frozenset({"anyOf", "oneOf"})


def views(document: Document, answers: Mapping[str, Any]) -> Views:
    """Return how agents are shown what fits some schemas, by the names that these are given."""
    reader = _Reader(component_schemas(document))
    shapes = {name: reader.shape(schema) for name, schema in answers.items()}
    return Views(reader.views, shapes)


def answer_views(document: Document, api: Api) -> Views:
    """Return how agents are shown the answers of the operations that are offered to them."""
    answers = {o.operation_id: answer_schema(document, o.responses) for o, _ in api.offered}
    return views(document, answers)


class _Reader:
    """Reads schemas; each component once, however often it is named."""

    def __init__(self, components: Mapping[str, Any]) -> None:
        self._components = components
        self._shapes: dict[str, Shape] = {}
        self.views: dict[str, View] = {}

    def shape(self, schema: Any) -> Shape:  # noqa: ANN401 - a schema or a boolean
        """Return how the objects that fit a schema are shown."""
        shapes = [self._object(part) for part in self._parts(schema) if self._is_object(part)]
        return shapes[0] if len(shapes) == 1 else None  # of two, nobody can tell which it is

    def _object(self, schema: dict[str, Any]) -> Shape:
        name = component(schema)
        if name is None or KEY in schema:
            return self._view(resolved(schema, self._components))
        if component(mapping(self._components[name])) is not None:
            return self._object(self._components[name])
        if name not in self._shapes:
            self._shapes[name] = name  # for those inside that lead back
            view = self._view(self._components[name])
            if view is None:
                self._shapes[name] = None
            else:
                self.views[name] = view
        return self._shapes[name]

    def _view(self, schema: dict[str, Any]) -> View | None:
        properties = merged(schema, self._components).get("properties", {})
        said = schema.get(KEY)
        if said is None:
            return self._whole(schema, properties)
        groups = {name: group for group, names in said.get("include", {}).items() for name in names}
        kept = placeholders(said["text"]) if "text" in said else said["keep"]
        fields = (
            self._field(
                name,
                properties[name],
                group=None if name in kept else groups[name],
                whole=groups.get(name) if name in kept else None,
                noise=tuple(said.get("noise", {}).get(name, ())),
                longest=said.get("longest", {}).get(name),
            )
            for name in dict.fromkeys([*kept, *groups])
        )
        return View(_words(schema), tuple(fields), text=said.get("text"), url=said.get("url"))

    def _whole(self, schema: dict[str, Any], properties: Mapping[str, Any]) -> View | None:
        """Return the view of an object of which nothing is said: all that it has is shown."""
        others = merged(schema, self._components).get("additionalProperties", True)
        if not properties and isinstance(others, bool):
            return None
        fields = tuple(self._field(name, part) for name, part in properties.items())
        rest = None if others is False else self._field("", others)
        return View(_words(schema), fields, rest, is_whole=True)

    def _field(self, name: str, schema: Any, **said: Any) -> Field:  # noqa: ANN401
        parts = self._targets(schema)
        lists = [part.get("items", True) for part in parts if "array" in listed(part.get("type"))]
        items = lists[0] if len(lists) == 1 else True
        held = self._targets(items) if lists else []
        kinds = _kinds(parts)
        return Field(
            name=name,
            description=_words(resolved(schema, self._components)),
            kinds=kinds,
            items=_kinds(held),
            choices=_choices(held if kinds == ("array",) else parts),
            shape=self.shape(schema) or (self.shape(items) if lists else None),
            **said,
        )

    def _targets(self, schema: Any) -> list[dict[str, Any]]:  # noqa: ANN401
        """Return what a value that fits a schema fits one of, references and `allOf` resolved."""
        parts = (resolved(part, self._components) for part in self._parts(schema))
        return [merged(part, self._components) for part in parts]

    def _parts(self, schema: Any, within: frozenset[str] = frozenset()) -> Iterator[dict[str, Any]]:  # noqa: ANN401
        """Yield the alternatives that a schema allows, null apart, each as it is named."""
        for part in alternatives(schema, _WORDS):
            name = component(part)
            target = resolved(part, self._components)
            if name in within or listed(target.get("type")) == ["null"]:
                continue
            if (
                name is not None
                and target.keys() & _EITHER
                and not target.keys() - _EITHER - _WORDS
            ):
                yield from self._parts(target, within | {name})
            else:
                yield part

    def _is_object(self, part: dict[str, Any]) -> bool:
        whole = merged(resolved(part, self._components), self._components)
        return "object" in listed(whole.get("type")) or "properties" in whole


def _kinds(parts: list[dict[str, Any]]) -> tuple[str, ...]:
    """Return the types that some alternatives allow; none where one of them allows any."""
    if not all("type" in part for part in parts):
        return ()
    kinds = dict.fromkeys(kind for part in parts for kind in listed(part["type"]))
    return tuple(kind for kind in kinds if kind != "null")


def _choices(parts: list[dict[str, Any]]) -> tuple[str, ...]:
    """Return all texts that some alternatives allow; none where they allow any."""
    found = [[part["const"]] if "const" in part else part.get("enum", [None]) for part in parts]
    choices = [choice for choices in found for choice in choices]
    if not all(isinstance(choice, str) for choice in choices):
        return ()
    return tuple(dict.fromkeys(choices))


def _words(schema: Mapping[str, Any]) -> str:
    return " ".join(str(schema.get("description", "")).split())
