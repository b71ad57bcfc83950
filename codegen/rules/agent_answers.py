"""What agents get: an object, whose own members stand beside those of the face."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from codegen import agent_envelope, success
from codegen.document import Document, join, mapping
from codegen.fault import Fault, did_you_mean
from codegen.paths import Place, operations, parameters
from codegen.reach import component_schemas, named, reached
from codegen.rules.agent_writes import rows

_KEY = "x-proxy-agent"
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_REFUSALS = re.compile(r"4[0-9][0-9]")  # what the app itself answers has words of its own


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each answer that the face cannot give, and for words about none."""
    offered = [at for at in operations(document) if "description" in mapping(at.node.get(_KEY))]
    for at in offered:
        said = at.node[_KEY]
        yield from _object(document, at)
        yield from _page(document, at, said)
        yield from rows(document, at, said.get("rows"), join(at.pointer, _KEY, "rows"))
        yield from _hints(document, at, said)
    for name in _read(document, offered):
        if name in agent_envelope.COMPONENTS:
            message = f"the schema name '{name}' is one of the agent face's own"
            place = join("/components/schemas", name)
            yield document.fault("SPEC014", message, place, at_key=True)


def _read(document: Document, offered: Iterable[Place]) -> Iterable[str]:
    """Return the names of the component schemas that agents read."""
    answers = [success.schema(document, at.node.get("responses")) for at in offered]
    return reached(component_schemas(document), named(answers))


def _object(document: Document, at: Place) -> Iterator[Fault]:
    responses = mapping(at.node.get("responses"))
    status = success.status(document, responses)
    if status is None:
        return
    place = join(at.pointer, "responses", status)
    schema = success.whole(document, success.schema(document, responses))
    if schema.get("type") != "object":
        message = f"agents read an object, and the answer of {at} is none"
        yield document.fault("SPEC014", message, place, at_key=True)
    for name in mapping(schema.get("properties")):
        if name in agent_envelope.MEMBERS:
            message = f"'{name}' in the answer of {at} is a member of the agent face's own"
            yield document.fault("SPEC014", message, place, at_key=True)


def _page(document: Document, at: Place, said: Mapping[str, Any]) -> Iterator[Fault]:
    responses = at.node.get("responses")
    if success.is_broken(document, responses):
        return
    schema = success.schema(document, responses)
    known = {found.name for found in parameters(document, at) if found.place == "path"}
    known |= success.properties(document, schema).keys()
    for name in _PLACEHOLDER.findall(str(said.get("page", ""))):
        if name not in known:
            message = (
                f"'{{{name}}}' is nothing in the path or the answer{did_you_mean(name, known)}"
            )
            yield document.fault("SPEC008", message, join(at.pointer, _KEY, "page"))


def _hints(document: Document, at: Place, said: Mapping[str, Any]) -> Iterator[Fault]:
    described = [s for s in mapping(at.node.get("responses")) if _REFUSALS.fullmatch(s)]
    for status in mapping(said.get("hints")):
        if status not in described:
            message = f"{at} says nothing of a {status} answer"
            place = join(at.pointer, _KEY, "hints", status)
            yield document.fault("SPEC008", message, place, at_key=True)
