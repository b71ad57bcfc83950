"""An Action spec as the rules look at it: whatever a file holds, nothing here fails."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from codegen import paths
from codegen.document import Document, join, mapping
from codegen.paths import Found, Place
from codegen.reach import component, component_schemas
from codegen.schema import APPLICATORS, nested, schemas

JSON = "application/json"
SCHEMAS = "/components/schemas"
# What describes properties without a name, of which nothing is ever sent.
_UNNAMED = frozenset({"additionalProperties", "patternProperties", "propertyNames"})


class Served(NamedTuple):
    """The answer that a spec came in, or only the address that it is said to come from."""

    url: str
    status: int = 200
    content_type: str = JSON


@dataclass(frozen=True, slots=True)
class Profile:
    """What a spec is linted for."""

    placeholder: str | None = None
    """A host that stands for the real one until the spec is served; None: the spec is final."""
    served: Served | None = None


class Schema(NamedTuple):
    """A schema and where it stands."""

    pointer: str
    node: dict[str, Any]


class Argument(NamedTuple):
    """A value that a model sends; what stands in path, query and body is one flat list to it."""

    name: str
    pointer: str
    node: Mapping[str, Any]
    is_required: bool


class Response(NamedTuple):
    """An answer of an operation."""

    status: str
    pointer: str
    node: dict[str, Any]

    @property
    def is_success(self) -> bool:
        """Whether it is what a call is made for."""
        return self.status.startswith("2")

    @property
    def json(self) -> Schema | None:
        """The schema of its JSON."""
        return json_schema(self.pointer, self.node)


class Spec:
    """The parts of an Action spec."""

    def __init__(self, root: Mapping[str, Any], profile: Profile) -> None:
        self.root = root
        self.profile = profile
        self._document = Document("", root, {}, {})
        self.objects = self._document.objects
        self.operations = list(paths.operations(self._document))
        self.components = mapping(root.get("components"))
        self.component_schemas = component_schemas(self._document)

    def parameters(self, at: Place) -> list[Found]:
        """Return an operation's parameters, wherever they are written."""
        return list(paths.parameters(self._document, at))

    def body(self, at: Place) -> dict[str, Any]:
        """Return the Request Body Object of an operation, or nothing."""
        return self._resolved(at.node.get("requestBody"))

    def body_schema(self, at: Place) -> Schema | None:
        """Return the schema of an operation's JSON body, where its `$ref` leads."""
        found = json_schema(join(at.pointer, "requestBody"), self.body(at))
        return self.target(found) if found else None

    def arguments(self, at: Place) -> list[Argument]:
        """Return what a model may send to an operation."""
        sent = [
            Argument(found.name, found.used, found.node, found.node.get("required") is True)
            for found in self.parameters(at)
        ]
        root = self.body_schema(at)
        if root is None:
            return sent
        required = root.node.get("required")
        names = required if isinstance(required, list) else []
        pointer = join(root.pointer, "properties")
        for name, node in mapping(root.node.get("properties")).items():
            sent.append(Argument(name, join(pointer, name), mapping(node), name in names))
        return sent

    def described(self, node: Mapping[str, Any]) -> object:
        """Return the description of an argument, or of the component that it refers to."""
        return node.get("description") or self.target(Schema("", dict(node))).node.get(
            "description"
        )

    def responses(self, at: Place) -> Iterator[Response]:
        """Yield the answers of an operation."""
        for status, node in mapping(at.node.get("responses")).items():
            if not status.startswith("x-"):
                yield Response(status, join(at.pointer, "responses", status), self._resolved(node))

    def target(self, schema: Schema) -> Schema:
        """Return the schema at the end of a schema's `$ref`s, or an empty one."""
        seen: set[str] = set()
        while "$ref" in schema.node:
            name = component(schema.node)
            if name is None or name in seen or not self._has(name):
                return Schema(schema.pointer, {})
            seen.add(name)
            schema = Schema(join(SCHEMAS, name), self.component_schemas[name])
        return schema

    def inputs(self) -> list[Schema]:
        """Return every schema that something a model sends has to fit, components included."""
        seen: dict[str, Schema] = {}
        for at in self.operations:
            for found in self.parameters(at):
                self._collect(_schema_of(found), seen, APPLICATORS - _UNNAMED)
            body = json_schema(join(at.pointer, "requestBody"), self.body(at))
            self._collect(body, seen, APPLICATORS - _UNNAMED)
        return list(seen.values())

    def body_roots(self) -> set[str]:
        """Return where the schemas of whole bodies stand."""
        roots = [self.body_schema(at) for at in self.operations]
        direct = [
            json_schema(join(a.pointer, "requestBody"), self.body(a)) for a in self.operations
        ]
        return {schema.pointer for schema in (*roots, *direct) if schema}

    def schemas(self) -> list[Schema]:
        """Return every schema of the spec."""
        return list({at: Schema(at, node) for at, node in schemas(self._document)}.values())

    def reached(self) -> set[str]:
        """Return the names of the components that the operations lead to."""
        seen: dict[str, Schema] = {}
        for pointer, node in schemas(self._document):
            if not pointer.startswith(f"{SCHEMAS}/"):
                self._collect(Schema(pointer, node), seen)
        return {name for name in self.component_schemas if join(SCHEMAS, name) in seen}

    def _collect(
        self, schema: Schema | None, seen: dict[str, Schema], within: frozenset[str] = APPLICATORS
    ) -> None:
        if schema is None or schema.pointer in seen:
            return
        for pointer, node in nested(schema.node, schema.pointer, within):
            seen[pointer] = Schema(pointer, node)
            name = component(node)
            if name is not None and self._has(name):
                target = Schema(join(SCHEMAS, name), self.component_schemas[name])
                self._collect(target, seen, within)

    def _has(self, name: str) -> bool:
        return isinstance(self.component_schemas.get(name), dict)

    def _resolved(self, node: object) -> dict[str, Any]:
        try:
            return mapping(self._document.resolve(node))
        except KeyError:
            return {}


def json_schema(pointer: str, holder: Mapping[str, Any]) -> Schema | None:
    """Return the schema of what a body or an answer holds as JSON."""
    node = mapping(mapping(holder.get("content")).get(JSON)).get("schema")
    return (
        Schema(join(pointer, "content", JSON, "schema"), node) if isinstance(node, dict) else None
    )


def _schema_of(parameter: Found) -> Schema | None:
    node = parameter.node.get("schema")
    return Schema(join(parameter.written, "schema"), node) if isinstance(node, dict) else None


def listed(value: object) -> list[Any]:
    """Return a list as it is, and an empty one instead of anything else."""
    return value if isinstance(value, list) else []


def types(schema: Mapping[str, Any]) -> list[Any]:
    """Return the types that a schema names."""
    kinds = schema.get("type")
    return kinds if isinstance(kinds, list) else [] if kinds is None else [kinds]
