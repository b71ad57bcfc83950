"""Answers: successes of one kind, and a 304 for whoever may ask for one."""

from collections.abc import Iterator

from codegen.document import Document, join, mapping
from codegen.fault import Fault
from codegen.paths import Place, operations, parameters

_JSON = "application/json"
_CSV = "text/csv"
_CONDITION = "If-Modified-Since"


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each answer that would not be passed on as it is described."""
    for at in operations(document):
        yield from _successes(document, at)
        yield from _redirections(document, at)


def _successes(document: Document, at: Place) -> Iterator[Fault]:
    first: tuple[str, str] | None = None
    for status, content, place in _contents(document, at):
        if not status.startswith("2"):
            continue
        kind = " and ".join(content) or "nothing"
        first = first or (status, kind)
        if kind not in (_JSON, _CSV, "nothing"):
            message = f"a successful answer is {_JSON}, {_CSV} or nothing, not {kind}"
        elif status in ("204", "205") and content:
            message = f"an answer of {status} has no body (RFC 9110, section 15.3)"
        elif kind != first[1]:
            message = (
                f"{at} answers {first[0]} with {first[1]} and {status} with {kind}; one kind only"
            )
        elif (
            _CSV in content
            and mapping(mapping(content[_CSV]).get("schema")).get("type") != "string"
        ):
            message = f"the schema of {_CSV} has the type string"
        else:
            continue
        yield document.fault("SPEC016", message, place, at_key=True)


def _redirections(document: Document, at: Place) -> Iterator[Fault]:
    conditions = [
        found
        for found in parameters(document, at)
        if found.place == "header" and found.name.lower() == _CONDITION.lower()
    ]
    statuses = mapping(at.node.get("responses"))
    for status, content, place in _contents(document, at):
        if not status.startswith("3"):
            continue
        if status != "304":
            message = f"{at} answers {status}, but a redirection is never passed on"
        elif not conditions or at.method != "get":
            message = f"{at} answers 304, which takes a GET with a header parameter {_CONDITION}"
        elif content:
            message = "an answer of 304 has no body (RFC 9110, section 15.4.5)"
        else:
            continue
        yield document.fault("SPEC016", message, place, at_key=True)
    if conditions and "304" not in statuses:
        message = f"{at} takes {_CONDITION}, but says nothing of its 304 answer"
        yield document.fault("SPEC016", message, conditions[0].used)


def _contents(document: Document, at: Place) -> Iterator[tuple[str, dict[str, object], str]]:
    """Yield each answer's status, what it holds by media type, and where it stands."""
    for status, response in mapping(at.node.get("responses")).items():
        try:
            content = mapping(mapping(document.resolve(response)).get("content"))
        except KeyError:
            continue  # the reference has a fault of its own
        yield status, content, join(at.pointer, "responses", status)
