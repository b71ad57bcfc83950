"""Operations are named and documented, and no two of them are one."""

import keyword
import re
from collections.abc import Iterator

from codegen.document import Document, join, mapping
from codegen.fault import Fault, did_you_mean
from codegen.naming import snake_case
from codegen.paths import Place, operations

_OPERATION_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
# Names that the templates use themselves.
_RESERVED = ("agent_operations", "func", "handle", "handle_agent", "operations", "routes")


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each operation that cannot be told from others, or lacks words."""
    yield from _names(document)
    for at in operations(document):
        yield from _words(document, at)
    yield from _tags(document)


def _names(document: Document) -> Iterator[Fault]:
    first_by_name: dict[str, Place] = {}
    for at in operations(document):
        operation_id = at.node.get("operationId")
        if not isinstance(operation_id, str):
            message = f"{at} has no operationId"
            yield document.fault("SPEC009", message, at.pointer, at_key=True)
            continue
        place = join(at.pointer, "operationId")
        yield from _name(document, operation_id, place)
        name = snake_case(operation_id).replace("_", "")
        if name in first_by_name:
            first = first_by_name[name]
            line = document.value_marks[join(first.pointer, "operationId")].line
            message = f"operationId '{operation_id}' makes the name that {first} on line {line} has"
            yield document.fault("SPEC009", message, place)
        first_by_name.setdefault(name, at)


def _name(document: Document, operation_id: str, place: str) -> Iterator[Fault]:
    name = snake_case(operation_id)
    if not _OPERATION_ID.fullmatch(operation_id):
        message = (
            f"operationId '{operation_id}' makes no name: it takes a letter, then letters, "
            "digits or underscores, 64 at most"
        )
        yield document.fault("SPEC009", message, place)
    elif keyword.iskeyword(name) or name in _RESERVED:
        message = f"operationId '{operation_id}' makes a name that Python code cannot use"
        yield document.fault("SPEC009", message, place)


def _words(document: Document, at: Place) -> Iterator[Fault]:
    if not str(at.node.get("summary", "")).strip():
        yield document.fault("SPEC010", f"{at} has no summary", at.pointer, at_key=True)
    tags = at.node.get("tags")
    if not tags or (isinstance(tags, list) and not all(str(tag).strip() for tag in tags)):
        yield document.fault("SPEC010", f"{at} has no tag", at.pointer, at_key=True)
    statuses = mapping(at.node.get("responses"))
    families = ("2xx", "4xx", "5xx")
    missing = [x for x in families if not any(status.startswith(x[0]) for status in statuses)]
    if missing:
        message = f"{at} says nothing of its {' and '.join(missing)} answers"
        yield document.fault("SPEC010", message, join(at.pointer, "responses"), at_key=True)


def _tags(document: Document) -> Iterator[Fault]:
    """Yield a fault for each tag that is not among those of the description, if it lists any."""
    raw = document.root.get("tags")
    known = {str(mapping(tag).get("name")) for tag in raw} if isinstance(raw, list) else set()
    for at in operations(document) if known else ():
        tags = at.node.get("tags")
        for index, name in enumerate(map(str, tags if isinstance(tags, list) else [])):
            if name not in known:
                message = f"no tag '{name}' is declared{did_you_mean(name, known)}"
                yield document.fault("SPEC010", message, join(at.pointer, "tags", index))
