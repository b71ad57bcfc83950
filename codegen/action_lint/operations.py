"""The operations: how many, by what names, and whether a user is asked first."""

import re
from collections.abc import Iterator

from codegen.action_lint.finding import ERROR, Problem, Rule
from codegen.action_lint.spec import Spec
from codegen.document import join, mapping
from codegen.paths import METHODS

_MOST = 30
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
_FLAG = "x-openai-isConsequential"
_WRITES = ("put", "patch", "delete")


def _count(spec: Spec) -> Iterator[Problem]:
    count = len(spec.operations)
    if count > _MOST:
        yield Problem("/paths", f"{count} operations; importers take {_MOST}, so leave some out")
    elif count == 0:
        yield Problem("/paths", "there is no operation to call; add one")


def _names(spec: Spec) -> Iterator[Problem]:
    taken: dict[str, str] = {}
    for at in spec.operations:
        place = join(at.pointer, "operationId")
        name = at.node.get("operationId")
        if not isinstance(name, str):
            yield Problem(at.pointer, f"{at} has no operationId; give it one")
        elif not _NAME.fullmatch(name):
            message = f"'{name}' is no function name: 1 to 64 letters, digits and _, no digit first"
            yield Problem(place, message)
        elif name in taken:
            yield Problem(place, f"'{name}' is {taken[name]} already; rename one")
        else:
            taken[name] = str(at)


def _verbs(spec: Spec) -> Iterator[Problem]:
    for path, item in mapping(spec.root.get("paths")).items():
        for key in mapping(item):
            # Parameters of a whole path are GA009's.
            if key not in (*METHODS, "parameters") and not path.startswith("x-"):
                message = f"'{key}' is ignored here; a path has get, post, put, patch and delete"
                yield Problem(join("/paths", path, key), message)


def _consequences(spec: Spec) -> Iterator[Problem]:
    for at in spec.operations:
        place = join(at.pointer, _FLAG)
        flag = at.node.get(_FLAG)
        if flag is None:
            yield Problem(at.pointer, f"{at} does not say '{_FLAG}'; a write is true, a read false")
        elif not isinstance(flag, bool):
            yield Problem(place, f"{flag!r} is no boolean; write true or false without quotes")
        elif at.method == "get" and flag:
            yield Problem(place, f"{at} only reads; with true it could never be allowed for good")
        elif at.method in _WRITES and not flag:
            yield Problem(place, f"{at} writes; with false it could be allowed for good, unasked")


RULES = (
    Rule(
        "GA004",
        ERROR,
        "1 to 30 operations",
        _count,
        ("OpenAI spec can have a maximum of 30 operations",),
    ),
    Rule(
        "GA005",
        ERROR,
        "every operation has an operationId of its own that is a function name",
        _names,
        ("method get is missing operationId; skipping",),
    ),
    Rule(
        "GA010",
        ERROR,
        "a path holds get, post, put, patch and delete alone",
        _verbs,
        ("Path X has unrecognized method KEY; skipping",),
    ),
    Rule(
        "GA024",
        ERROR,
        f"every operation says {_FLAG}: false for reads, true for writes",
        _consequences,
    ),
)
