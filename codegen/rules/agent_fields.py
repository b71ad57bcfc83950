"""What agents are shown of an object: every property known, every text and address whole."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from codegen import success
from codegen.checked import listed
from codegen.document import Document, join, mapping
from codegen.fault import Fault, did_you_mean
from codegen.paths import Place, operations
from codegen.reach import answered, component
from codegen.rules import agent_fields_key
from codegen.rules.violations import violations
from codegen.rules.vocabulary import SCHEMA_KEY
from codegen.schema import schemas
from codegen.template import is_whole, placeholders

KEY = SCHEMA_KEY
_CODE = "SPEC008"
_PYTHON: Mapping[str | None, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
}
_TEXTS = ("string", None)
_OF_OBJECTS = ("keep", "include", "url")


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each thing said of what agents are shown that cannot be."""
    places = {pointer for pointer, _ in schemas(document)}
    read = answered(document)
    for pointer, node in document.objects:
        if KEY not in node:
            continue
        place = join(pointer, KEY)
        properties = success.properties(document, node) if pointer in places else {}
        if not properties:
            message = f"'{KEY}' belongs on the schema of an object with properties"
            yield document.fault(_CODE, message, place, at_key=True)
        elif _component(pointer) not in {None, *read}:
            message = f"'{KEY}' has no effect on what is only sent"
            yield document.fault(_CODE, message, place, at_key=True)
        elif faults := list(_shape(document, node, place)):
            yield from faults
        else:
            yield from _Said(document, place, node[KEY], properties).faults()
    for at in operations(document):
        if "description" in mapping(at.node.get("x-proxy-agent")):
            yield from _answer(document, at)


def _answer(document: Document, at: Place) -> Iterator[Fault]:
    """Yield a fault where a whole answer would become a text."""
    responses = mapping(at.node.get("responses"))
    status, schema = success.status(document, responses), success.schema(document, responses)
    if "text" in mapping(success.whole(document, schema).get(KEY)):
        message = f"agents read an object, and {at} would answer with a text"
        place = join(at.pointer, "responses", str(status))
        yield document.fault("SPEC014", message, place, at_key=True)


def _component(pointer: str) -> str | None:
    tokens = pointer.split("/")
    return tokens[3] if tokens[:3] == ["", "components", "schemas"] else None


def _shape(document: Document, node: Mapping[str, Any], place: str) -> Iterator[Fault]:
    said = node[KEY]
    yield from violations(
        document,
        agent_fields_key.validator().iter_errors(said),
        place,
        _CODE,
        agent_fields_key.NAMES,
    )
    if not isinstance(said, dict):
        return
    for key in _OF_OBJECTS:
        if key in said and "text" in said:
            message = f"an object that becomes a text has no '{key}'"
            yield document.fault(_CODE, message, join(place, key), at_key=True)
        elif key in said and component(node) is not None:
            message = f"beside a $ref only a 'text' is said; '{key}' belongs on the component"
            yield document.fault(_CODE, message, join(place, key), at_key=True)


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said of one object, well formed."""

    document: Document
    place: str
    said: Mapping[str, Any]
    properties: Mapping[str, Any]

    def faults(self) -> Iterator[Fault]:
        """Yield what does not agree with the object's properties, or with itself."""
        yield from self._names()
        yield from self._templates()
        for key in ("noise", "longest"):
            for name in self.said.get(key, {}):
                yield from self._shown(key, name)
        for name, values in self.said.get("noise", {}).items():
            yield from self._noise(name, values)
        for name in self.said.get("longest", {}):
            if name in self.properties and not self._is_text(name):
                message = f"'{name}' is no text that could be cut, and no list of texts"
                yield self._fault(message, "longest", name)

    def _names(self) -> Iterator[Fault]:
        groups: dict[str, str] = {}
        for index, name in enumerate(self.said.get("keep", ())):
            yield from self._known(name, "keep", index)
        for group, names in self.said.get("include", {}).items():
            if group == "all":
                yield self._fault("'all' is taken: it brings the answer as it is", "include", group)
            for index, name in enumerate(names):
                yield from self._known(name, "include", group, index)
                if name in groups:
                    message = f"'{groups[name]}' brings '{name}' already"
                    yield self._fault(message, "include", group, index)
                elif name in self.said["keep"] and name not in self.said.get("longest", {}):
                    message = f"'{name}' is kept whole, so no group brings more of it"
                    yield self._fault(message, "include", group, index)
                groups.setdefault(name, group)

    def _templates(self) -> Iterator[Fault]:
        for key in ("text", "url"):
            template = self.said.get(key, "")
            for name in placeholders(template):
                yield from self._known(name, key)
            if key in self.said and not (placeholders(template) and is_whole(template)):
                message = "names stand in braces, what is left out with one in brackets around it"
                yield self._fault(message, key)
        if "url" in self.said and "url" in self._all():
            yield self._fault("the object has a 'url' of its own", "url")

    def _known(self, name: str, *tokens: str | int) -> Iterator[Fault]:
        if name not in self.properties:
            message = f"the object has no property '{name}'{did_you_mean(name, self.properties)}"
            yield self._fault(message, *tokens)

    def _shown(self, key: str, name: str) -> Iterator[Fault]:
        if name in self.properties and name not in self._all():
            yield self._fault(f"'{name}' is not shown", key, name)
        else:
            yield from self._known(name, key, name)

    def _all(self) -> set[str]:
        included = [name for names in self.said.get("include", {}).values() for name in names]
        return {*self.said.get("keep", ()), *included, *placeholders(self.said.get("text", ""))}

    def _noise(self, name: str, values: list[object]) -> Iterator[Fault]:
        kind = self._kind(self.properties.get(name))
        for index, value in enumerate(values):
            if kind in _PYTHON and type(value) not in _PYTHON[kind]:
                message = f"'{name}' is of type {kind}, so it is never this"
                yield self._fault(message, "noise", name, index)

    def _is_text(self, name: str) -> bool:
        """Tell whether a property is a text, a list of texts, or what nobody knows."""
        schema = self.properties.get(name)
        kind = self._kind(schema)
        return (
            self._kind(self._schema(schema).get("items")) if kind == "array" else kind
        ) in _TEXTS

    def _kind(self, schema: object) -> str | None:
        """Return the one type of a schema, null apart; None where there is none, or more."""
        kinds = [k for k in listed(self._schema(schema).get("type")) if k != "null"]
        return kinds[0] if len(kinds) == 1 else None

    def _schema(self, schema: object) -> dict[str, Any]:
        try:
            return mapping(self.document.resolve(schema))
        except KeyError:
            return {}  # the reference has a fault of its own

    def _fault(self, message: str, *tokens: str | int) -> Fault:
        return self.document.fault(_CODE, message, join(self.place, *tokens))
