"""What a model sends beside a body: written out, in path or query, each name once."""

import re
from collections import Counter
from collections.abc import Iterator

from codegen.action_lint.finding import ERROR, Problem, Rule
from codegen.action_lint.spec import Spec, listed
from codegen.document import join, mapping
from codegen.paths import Place

_TEMPLATE = re.compile(r"\{([^{}]*)\}")
_SKIPPED = "skipping function due to errors"


def _written_out(spec: Spec) -> Iterator[Problem]:
    for at in spec.operations:
        for index, node in enumerate(listed(at.node.get("parameters"))):
            if "$ref" in mapping(node):
                place = join(at.pointer, "parameters", index)
                yield Problem(place, f"a $ref loses {at} without a word; write the parameter out")
    for path, item in mapping(spec.root.get("paths")).items():
        if "parameters" in mapping(item):
            place = join("/paths", path, "parameters")
            yield Problem(place, "parameters of a whole path are ignored; write them out in each")
    if spec.components.get("parameters"):
        place = "/components/parameters"
        yield Problem(place, "nothing may refer to these; write them out in each operation")


def _places(spec: Spec) -> Iterator[Problem]:
    for at in spec.operations:
        for found in spec.parameters(at):
            if found.place in ("header", "cookie"):
                message = f"'{found.name}' is dropped, being a {found.place} parameter; remove it"
                yield Problem(found.used, message)


def _paths(spec: Spec) -> Iterator[Problem]:
    for path in mapping(spec.root.get("paths")):
        if "?" in path or "#" in path:
            message = f"'{path}' is more than a path; make what follows it query parameters"
            yield Problem(join("/paths", path), message)
    for at in spec.operations:
        yield from _templates(spec, at)


def _templates(spec: Spec, at: Place) -> Iterator[Problem]:
    wanted = Counter(_TEMPLATE.findall(at.path))
    found = {each.name: each for each in spec.parameters(at) if each.place == "path"}
    for name, times in wanted.items():
        if name not in found:
            message = f"'{at.path}' names '{name}', and no path parameter is called so; add it"
            yield Problem(at.pointer, message)
        elif times > 1:
            yield Problem(at.pointer, f"'{at.path}' names '{name}' {times} times; rename one")
    for name, each in found.items():
        if name not in wanted:
            yield Problem(each.used, f"'{name}' has no place in '{at.path}'; remove it")
        elif each.node.get("required") is not True:
            yield Problem(each.used, f"'{name}' is in the path; say required: true")


def _once(spec: Spec) -> Iterator[Problem]:
    for at in spec.operations:
        taken: set[str] = set()
        for argument in spec.arguments(at):
            if argument.name in taken:
                message = f"{at} has '{argument.name}' twice; all arguments share one list"
                yield Problem(argument.pointer, message)
            taken.add(argument.name)


RULES = (
    Rule(
        "GA009",
        ERROR,
        "parameters are written out in each operation: no $ref, none of a whole path or component",
        _written_out,
        (
            "parameter {'$ref': ...} is has missing or non-string name; skipping",
            _SKIPPED,
            "Path X has unrecognized method KEY; skipping",
        ),
    ),
    Rule(
        "GA011",
        ERROR,
        "no parameters in headers or cookies",
        _places,
        ("parameter X-Foo has location header; ignoring",),
    ),
    Rule(
        "GA012",
        ERROR,
        "paths and required path parameters match one to one; no query in a path",
        _paths,
    ),
    Rule(
        "GA013",
        ERROR,
        "in an operation, names in path, query and body differ",
        _once,
        (f"parameter id is duplicated; {_SKIPPED}",),
    ),
)
