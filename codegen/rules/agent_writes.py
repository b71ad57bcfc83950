"""Writes for agents: the user is asked, repeating is safe, and every outcome has words."""

from collections.abc import Iterator, Mapping
from typing import Any

from codegen import success
from codegen.document import Document, join, mapping
from codegen.fault import Fault, did_you_mean
from codegen.paths import Found, Place, operations, parameters

_KEY = "x-proxy-agent"
_OF_WRITES = ("done", "gone", "present", "since", "unless")
_TELL_OF_BEFORE = ("unless", "since")


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each thing said of a write that it cannot do, or leaves unsaid."""
    by_id = {str(at.node.get("operationId")): at for at in operations(document)}
    for at in operations(document):
        said = mapping(at.node.get(_KEY))
        if "description" not in said:
            continue
        if at.method == "get":
            yield from _read(document, at, said)
        else:
            yield from _write(document, at, said)
            yield from _presence(document, at, said, by_id)
            yield from _since(document, at, said)
            yield from _gone(document, at, said)


def _read(document: Document, at: Place, said: Mapping[str, Any]) -> Iterator[Fault]:
    pointer = join(at.pointer, _KEY)
    for key in _OF_WRITES:
        if key in said:
            message = f"{at} changes nothing; '{key}' is for writes"
            yield document.fault("SPEC008", message, join(pointer, key), at_key=True)
    if said.get("consequential") is True:
        message = (
            f"{at} changes nothing, so there is nothing to ask the user about before each call"
        )
        yield document.fault("SPEC014", message, join(pointer, "consequential"))


def _write(document: Document, at: Place, said: Mapping[str, Any]) -> Iterator[Fault]:
    pointer = join(at.pointer, _KEY)
    if said.get("consequential") is False:
        message = f"{at} changes something, so the user is asked before each call"
        yield document.fault("SPEC014", message, join(pointer, "consequential"))
    if "done" not in said:
        message = "a write says in 'done' what a success means"
        yield document.fault("SPEC008", message, pointer, at_key=True)
    known = next((key for key in _TELL_OF_BEFORE if key in said), None)
    if ("present" in said) != (known is not None):
        there, lacking = (
            (known, "present") if known else ("present", "' or '".join(_TELL_OF_BEFORE))
        )
        message = f"'{there}' needs '{lacking}' beside it"
        yield document.fault("SPEC008", message, join(pointer, there), at_key=True)


def _since(document: Document, at: Place, said: Mapping[str, Any]) -> Iterator[Fault]:
    name, responses = said.get("since"), at.node.get("responses")
    held = success.properties(document, success.schema(document, responses))
    texts = [key for key, schema in held.items() if schema.get("type") == "string"]
    if isinstance(name, str) and name not in texts and not success.is_broken(document, responses):
        message = f"the answer of {at} has no time '{name}'{did_you_mean(name, texts)}"
        yield document.fault("SPEC008", message, join(at.pointer, _KEY, "since"))


def _gone(document: Document, at: Place, said: Mapping[str, Any]) -> Iterator[Fault]:
    pointer = join(at.pointer, _KEY, "gone")
    if "gone" in said and at.method != "delete":
        message = f"{at} removes nothing, so that a 404 is a failure"
        yield document.fault("SPEC008", message, pointer, at_key=True)
    elif "gone" in said and "404" not in mapping(at.node.get("responses")):
        message = f"{at} has no 404 that 'gone' could explain"
        yield document.fault("SPEC008", message, pointer, at_key=True)


def _presence(
    document: Document, at: Place, said: Mapping[str, Any], by_id: Mapping[str, Place]
) -> Iterator[Fault]:
    unless = mapping(said.get("unless"))
    target = unless.get("operation")
    if not isinstance(target, str):
        return
    place = join(at.pointer, _KEY, "unless", "operation")
    if target not in by_id:
        message = f"no operationId '{target}'{did_you_mean(target, by_id)}"
        yield document.fault("SPEC008", message, place)
        return
    asked = by_id[target]
    if asked.method != "get":
        yield document.fault("SPEC008", f"'{target}' changes something; a GET asks", place)
        return
    given = {found.name for found in parameters(document, at) if found.place == "path"}
    for name in (f.name for f in parameters(document, asked) if _is_needed(f)):
        if name not in given:
            message = f"'{target}' needs '{name}', which is not in the path of {at}"
            yield document.fault("SPEC008", message, place)
    yield from rows(document, asked, unless.get("rows"), join(at.pointer, _KEY, "unless", "rows"))


def _is_needed(found: Found) -> bool:
    return found.place == "path" or found.node.get("required") is True


def rows(document: Document, at: Place, name: object, place: str) -> Iterator[Fault]:
    """Yield a fault unless a name is that of a list in an operation's answer."""
    responses = at.node.get("responses")
    held = success.properties(document, success.schema(document, responses))
    lists = [key for key, schema in held.items() if schema.get("type") == "array"]
    if isinstance(name, str) and name not in lists and not success.is_broken(document, responses):
        message = f"the answer of {at} has no list '{name}'{did_you_mean(name, lists)}"
        yield document.fault("SPEC008", message, place)
