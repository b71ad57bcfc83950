"""What a model sends as a body, and how much it has to fill in."""

from collections.abc import Iterator

from codegen.action_lint.finding import ERROR, WARNING, Problem, Rule
from codegen.action_lint.media import is_binary
from codegen.action_lint.spec import JSON, Schema, Spec, types
from codegen.document import join, mapping
from codegen.paths import Place

_NO_ROOT = ("allOf", "anyOf", "not", "oneOf")
_MOST_ARGUMENTS = 12
_MOST_REQUIRED = 7
_DEEPEST = 2


def _bodies(spec: Spec) -> Iterator[Problem]:
    for at in spec.operations:
        place = join(at.pointer, "requestBody")
        if "requestBody" not in at.node:
            continue
        if at.method in ("get", "delete"):
            yield Problem(place, f"{at} has a body; a {at.method.upper()} takes path and query")
        yield from _types(spec, at)
        root = spec.body_schema(at)
        if root and root.node:
            yield from _root(root)


def _types(spec: Spec, at: Place) -> Iterator[Problem]:
    place = join(at.pointer, "requestBody", "content")
    content = mapping(spec.body(at).get("content"))
    for kind in content:
        # What no text is, is GA032's.
        if kind != JSON and not is_binary(kind):
            yield Problem(join(place, kind), f"'{kind}' is not sent; describe {JSON} alone")
    if content and JSON not in content and all(map(is_binary, content)):
        return
    if "schema" not in mapping(content.get(JSON)) and JSON in content:
        yield Problem(join(place, JSON), "there is no schema of the body; add one")


def _root(root: Schema) -> Iterator[Problem]:
    for keyword in _NO_ROOT:
        if keyword in root.node:
            message = f"'{keyword}' at the root loses the operation; make one flat object of it"
            yield Problem(join(root.pointer, keyword), message)
    if not set(_NO_ROOT) & root.node.keys() and types(root.node) != ["object"]:
        message = "the body is no object, which loses the operation; wrap it into one"
        yield Problem(root.pointer, message)


def _effort(spec: Spec) -> Iterator[Problem]:
    for at in spec.operations:
        arguments = spec.arguments(at)
        required = sum(argument.is_required for argument in arguments)
        if len(arguments) > _MOST_ARGUMENTS:
            message = f"{at} has {len(arguments)} arguments; models do well up to {_MOST_ARGUMENTS}"
            yield Problem(at.pointer, message)
        if required > _MOST_REQUIRED:
            message = f"{at} requires {required} arguments; models do well up to {_MOST_REQUIRED}"
            yield Problem(at.pointer, message)
        root = spec.body_schema(at)
        if root and _depth(spec, root) > _DEEPEST:
            message = f"the body nests deeper than {_DEEPEST} objects; flatten it"
            yield Problem(root.pointer, message)


def _depth(spec: Spec, schema: Schema, within: frozenset[str] = frozenset()) -> int:
    """Return how many objects hold each other in what a schema describes."""
    pointer, node = spec.target(schema)
    if pointer in within:
        return 0  # a circle is GA019's
    inside = {**mapping(node.get("properties")), "[]": node.get("items")}.items()
    parts = [Schema(join(pointer, name), part) for name, part in inside if isinstance(part, dict)]
    own = 1 if "properties" in node else 0
    return own + max((_depth(spec, part, within | {pointer}) for part in parts), default=0)


RULES = (
    Rule(
        "GA014",
        ERROR,
        "a body is JSON, an object with properties at its root; GET and DELETE have none",
        _bodies,
        (
            "request body schema is not an object schema; skipping",
            "skipping function due to errors",
        ),
    ),
    Rule(
        "GA028",
        WARNING,
        "at most 12 arguments, 7 of them required, and bodies of 2 levels",
        _effort,
    ),
)
