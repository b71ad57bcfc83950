"""Components, and what refers to them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from codegen.action_lint.finding import ERROR, WARNING, Problem, Rule
from codegen.action_lint.spec import SCHEMAS, Spec
from codegen.document import join
from codegen.reach import component, named

# What may stand beside a $ref and changes nothing of what it takes.
_NOTES = {"$comment", "$ref", "deprecated", "description", "examples", "summary", "title"}
_IN_ROOT = ("jsonSchemaDialect", "webhooks")
_IN_COMPONENTS = ("callbacks", "links", "pathItems")
_IN_SCHEMAS = (
    "$anchor", "$defs", "$dynamicAnchor", "$dynamicRef", "$id", "$schema", "else", "if", "then",
)  # fmt: skip
_KNOWN_SECTIONS = ("parameters", "schemas", "securitySchemes", *_IN_COMPONENTS)
_LARGE = 100_000
_TOO_LARGE = 1_000_000


def _references(spec: Spec) -> Iterator[Problem]:
    for pointer, node in spec.objects:
        reference = node.get("$ref")
        if not isinstance(reference, str) or not reference.startswith("#"):
            continue  # one out of the file is GA034's
        if _is_parameter(pointer):
            continue  # GA009's
        name = component(node)
        if name is None:
            message = f"'{reference}' is no schema of the components; write out what it stands for"
            yield Problem(pointer, message)
        elif name not in spec.component_schemas:
            yield Problem(pointer, f"there is no component '{name}'; add it or mend the name")
        elif others := sorted(node.keys() - _NOTES):
            message = f"'{others[0]}' beside a $ref is read or not, as engines like; leave it out"
            yield Problem(pointer, message)


def _is_parameter(pointer: str) -> bool:
    parent = pointer.rpartition("/")[0]
    return parent.startswith("/paths/") and parent.endswith("/parameters")


def _circles(spec: Spec) -> Iterator[Problem]:
    steps = {name: set(named(node)) for name, node in spec.component_schemas.items()}
    told: set[str] = set()
    for name in steps:
        circle = {other for other in _led_to(steps, name) if name in _led_to(steps, other)}
        if circle and not circle & told:
            told |= circle
            others = ", ".join(sorted(circle - {name}))
            way = f" by way of {others}" if others else ""
            yield Problem(join(SCHEMAS, name), f"'{name}' contains itself{way}; cut the circle")


def _led_to(steps: dict[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        fresh = steps.get(waiting.pop(), set()) - found
        found |= fresh
        waiting.extend(fresh)
    return found


def _section(spec: Spec) -> Iterator[Problem]:
    if not isinstance(spec.components.get("schemas"), dict):
        place = SCHEMAS if "schemas" in spec.components else "/components"
        message = "components.schemas has to be there and a mapping; {} will do"
        yield Problem(place if "components" in spec.root else "", message)


def _weight(spec: Spec) -> Iterator[Problem]:
    reached = spec.reached()
    for name in spec.component_schemas:
        if name not in reached:
            yield Problem(join(SCHEMAS, name), f"no operation leads to '{name}'; remove it")
    for section, content in spec.components.items():
        if content and section not in _KNOWN_SECTIONS and not section.startswith("x-"):
            place = join("/components", section)
            yield Problem(place, "importers make nothing of these; write out what is used")
    size = len(json.dumps(spec.root, ensure_ascii=False, separators=(",", ":"), default=str))
    if size > _LARGE:
        level = ERROR if size > _TOO_LARGE else WARNING
        yield Problem("", f"{size} characters without blanks; {_LARGE} are said to be safe", level)


def _extras(spec: Spec) -> Iterator[Problem]:
    for pointer, holder, keys in _places_of_extras(spec):
        for key in keys:
            if key in holder:
                message = f"'{key}' is more of OpenAPI 3.1 than importers read"
                yield Problem(join(pointer, key), message)
    for pointer, node in spec.objects:
        if _is_outside(node.get("$ref")) and not _is_parameter(pointer):
            yield Problem(pointer, f"'{node['$ref']}' is in another file; write it out here")


def _places_of_extras(spec: Spec) -> Iterator[tuple[str, Mapping[str, Any], Sequence[str]]]:
    yield "", spec.root, _IN_ROOT
    yield "/components", spec.components, _IN_COMPONENTS
    for at in spec.operations:
        yield at.pointer, at.node, ("callbacks",)
        for response in spec.responses(at):
            yield response.pointer, response.node, ("links",)
    for pointer, node in spec.schemas():
        yield pointer, node, _IN_SCHEMAS


def _is_outside(reference: Any) -> bool:  # noqa: ANN401 - whatever stands there
    return isinstance(reference, str) and not reference.startswith("#")


RULES = (
    Rule(
        "GA018",
        ERROR,
        "every $ref leads to a schema of the components, and nothing beside it changes it",
        _references,
        ("reference to unknown component X; using empty schema",),
    ),
    Rule(
        "GA019",
        ERROR,
        "no component contains itself",
        _circles,
        ("Components section contains a circular dependency",),
    ),
    Rule(
        "GA020",
        ERROR,
        "`components.schemas` is a mapping",
        _section,
        ("In components section, schemas subsection is not an object",),
    ),
    Rule(
        "GA030",
        WARNING,
        "no unused components; at most 100,000 characters without blanks (error over 1,000,000)",
        _weight,
    ),
    Rule(
        "GA034",
        ERROR,
        "no webhooks, callbacks, links, dialects, $defs, $dynamicRef, if/then/else, other files",
        _extras,
    ),
)
