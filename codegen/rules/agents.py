"""What is offered to agents keeps to what the importers of GPTs take."""

from collections.abc import Iterator, Sequence

from codegen.document import Document, join, mapping
from codegen.fault import Fault
from codegen.paths import Place, operations, parameters
from codegen.tightening import entries

_KEY = "x-proxy-agent"
_MOST_OPERATIONS = 30
_LONGEST_SUMMARY = 300
_LONGEST_PARAMETER = 700
_FORM = "multipart/form-data"


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each offered operation that an importer would refuse."""
    everything = list(operations(document))
    yield from _choices(document, everything)
    offered = [at for at in everything if "description" in mapping(at.node.get(_KEY))]
    for at in offered[_MOST_OPERATIONS:]:
        message = f"agents take {_MOST_OPERATIONS} operations; {at} is one too many"
        yield document.fault("SPEC014", message, join(at.pointer, _KEY), at_key=True)
    for at in offered:
        yield from _lengths(document, at)
        yield from _answer(document, at)
        yield from _form(document, at)


def _choices(document: Document, everything: Sequence[Place]) -> Iterator[Fault]:
    """Yield a fault for each operation that says nothing, once one says why it is withheld."""
    if any("withheld" in mapping(at.node.get(_KEY)) for at in everything):
        for at in everything:
            if _KEY not in at.node:
                message = f"{at} does not say whether agents get it: offered, or withheld and why"
                yield document.fault("SPEC008", message, at.pointer, at_key=True)


def _lengths(document: Document, at: Place) -> Iterator[Fault]:
    place = join(at.pointer, "summary")
    yield from _length(document, at.node.get("summary"), _LONGEST_SUMMARY, place)
    said = dict(entries(at.node[_KEY].get("parameters")))
    for found in parameters(document, at):
        if "description" not in said.get(found.name, {"description": None}):
            place = join(found.written, "description")
            text = found.node.get("description")
            yield from _length(document, text, _LONGEST_PARAMETER, place)


def _length(document: Document, text: object, most: int, place: str) -> Iterator[Fault]:
    if isinstance(text, str) and len(text) > most:
        message = f"agents take {most} characters here, not {len(text)}"
        yield document.fault("SPEC014", message, place)


def _answer(document: Document, at: Place) -> Iterator[Fault]:
    """Yield a fault for a read whose answer nobody can read; a write may answer with nothing."""
    responses = mapping(at.node.get("responses"))
    successes = [node for status, node in responses.items() if status.startswith("2")]
    if successes and not any(_is_readable(document, at, node) for node in successes):
        message = f"{at} has no 2xx answer with a schema of application/json for agents to read"
        yield document.fault("SPEC014", message, join(at.pointer, "responses"), at_key=True)


def _is_readable(document: Document, at: Place, response: object) -> bool:
    try:
        content = mapping(mapping(document.resolve(response)).get("content"))
    except KeyError:
        return True  # the reference has a fault of its own
    return "schema" in mapping(content.get("application/json")) or (
        at.method != "get" and not content
    )


def _form(document: Document, at: Place) -> Iterator[Fault]:
    place = join(at.pointer, "requestBody")
    try:
        content = mapping(mapping(document.resolve(at.node.get("requestBody"))).get("content"))
    except KeyError:
        return  # the reference has a fault of its own
    if _FORM in content:
        message = f"agents send no {_FORM}"
        yield document.fault("SPEC014", message, place, at_key=True)
