"""What is offered to agents keeps to what the importers of GPTs take."""

from collections.abc import Iterator

from codegen.document import Document, join, mapping
from codegen.fault import Fault
from codegen.paths import Place, operations, parameters

_MOST_OPERATIONS = 30
_LONGEST_SUMMARY = 300
_LONGEST_PARAMETER = 700
_FORM = "multipart/form-data"


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each offered operation that an importer would refuse."""
    offered = [at for at in operations(document) if isinstance(at.node.get("x-proxy-agent"), dict)]
    for at in offered[_MOST_OPERATIONS:]:
        message = f"agents take {_MOST_OPERATIONS} operations; {at} is one too many"
        yield document.fault("SPEC014", message, join(at.pointer, "x-proxy-agent"), at_key=True)
    for at in offered:
        yield from _consequence(document, at)
        yield from _lengths(document, at)
        yield from _answer(document, at)
        yield from _form(document, at)


def _consequence(document: Document, at: Place) -> Iterator[Fault]:
    if at.method == "get" and at.node["x-proxy-agent"].get("consequential") is True:
        message = (
            f"{at} changes nothing, so there is nothing to ask the user about before each call"
        )
        place = join(at.pointer, "x-proxy-agent", "consequential")
        yield document.fault("SPEC014", message, place)


def _lengths(document: Document, at: Place) -> Iterator[Fault]:
    place = join(at.pointer, "summary")
    yield from _length(document, at.node.get("summary"), _LONGEST_SUMMARY, place)
    names = at.node["x-proxy-agent"].get("parameters")
    for found in parameters(document, at):
        if isinstance(names, list) and found.name in names:
            place = join(found.written, "description")
            text = found.node.get("description")
            yield from _length(document, text, _LONGEST_PARAMETER, place)


def _length(document: Document, text: object, most: int, place: str) -> Iterator[Fault]:
    if isinstance(text, str) and len(text) > most:
        message = f"agents take {most} characters here, not {len(text)}"
        yield document.fault("SPEC014", message, place)


def _answer(document: Document, at: Place) -> Iterator[Fault]:
    responses = mapping(at.node.get("responses"))
    successes = [node for status, node in responses.items() if status.startswith("2")]
    if successes and not any(_has_schema(document, node) for node in successes):
        message = f"{at} has no 2xx answer with a schema of application/json for agents to read"
        yield document.fault("SPEC014", message, join(at.pointer, "responses"), at_key=True)


def _has_schema(document: Document, response: object) -> bool:
    try:
        content = mapping(mapping(document.resolve(response)).get("content"))
    except KeyError:
        return True  # the reference has a fault of its own
    return "schema" in mapping(content.get("application/json"))


def _form(document: Document, at: Place) -> Iterator[Fault]:
    place = join(at.pointer, "requestBody")
    try:
        content = mapping(mapping(document.resolve(at.node.get("requestBody"))).get("content"))
    except KeyError:
        return  # the reference has a fault of its own
    if _FORM in content:
        message = f"agents send no {_FORM}"
        yield document.fault("SPEC014", message, place, at_key=True)
