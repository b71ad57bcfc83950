"""What agents may send: parameters and members that there are, tighter and never looser."""

from collections.abc import Iterator, Mapping
from typing import Any

from codegen.agent import CONTINUE, INCLUDE
from codegen.checked import checked
from codegen.document import Document, join, mapping
from codegen.fault import Fault, did_you_mean
from codegen.paths import Found, Place, operations, parameters
from codegen.rules.violations import sentence, validator
from codegen.tightening import LIMITS, entries, looser, tightened

_KEY = "x-proxy-agent"


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each parameter that agents cannot send so, or have to and are not told."""
    for at in operations(document):
        said = mapping(at.node.get(_KEY)).get("parameters")
        if isinstance(said, list):
            yield from _parameters(document, at, said)


def _parameters(document: Document, at: Place, listed: list[object]) -> Iterator[Fault]:
    pointer = join(at.pointer, _KEY, "parameters")
    declared = {found.name: found for found in parameters(document, at)}
    names = [name for name, _ in entries(listed)]
    for index, (name, said) in enumerate(entries(listed)):
        place = join(pointer, index)
        if name in names[:index]:
            yield document.fault("SPEC008", f"'{name}' is named here already", place)
        elif refusal := _refusal(name, declared):
            yield document.fault("SPEC008", refusal, place)
        else:
            yield from _tighter(document, declared[name], said, join(place, name))
    if not declared.keys() >= set(names):
        return  # a misspelt name is no missing one
    for name, found in declared.items():
        if found.node.get("required") is True and name not in names:
            message = f"required parameter '{name}' has to be among those an agent sends"
            yield document.fault("SPEC008", message, pointer)


def _refusal(name: str, declared: Mapping[str, Found]) -> str | None:
    """Return why agents cannot send a parameter of a name; None if they can."""
    if name not in declared:
        return f"the operation has no parameter '{name}'{did_you_mean(name, declared)}"
    if declared[name].place == "header":
        return f"'{name}' is a header; agents send path and query parameters only"
    if name in (INCLUDE, CONTINUE):
        return f"'{name}' is a parameter of the agent face itself"
    return None


def _tighter(
    document: Document, found: Found, said: Mapping[str, Any], place: str
) -> Iterator[Fault]:
    try:
        schema = mapping(document.resolve(found.node.get("schema")))
    except KeyError:
        return  # the reference has a fault of its own
    yield from limits(document, schema, said, place)
    if "default" in said and found.place != "query":
        message = f"'{found.name}' is always sent, so that it has no default"
        yield document.fault("SPEC008", message, join(place, "default"), at_key=True)


def limits(
    document: Document, schema: Mapping[str, Any], said: Mapping[str, Any], place: str
) -> Iterator[Fault]:
    """Yield a fault for each limit for agents that is looser, or of another type of values."""
    fitting = checked({"type": schema.get("type"), "enum": []}) | checked(
        {"type": schema.get("type")}
    )
    for key in LIMITS:
        if key in said and key not in fitting:
            message = f"a {schema.get('type')} cannot be checked against '{key}'"
            yield document.fault("SPEC008", message, join(place, key), at_key=True)
    for key in looser(schema, said):
        message = f"'{key}' lets through what the operation refuses ({schema[key]})"
        yield document.fault("SPEC008", message, join(place, key))
    theirs = tightened(schema, said)
    if "default" in theirs:
        for error in validator(theirs).iter_errors(theirs["default"]):
            message = f"the default for agents does not fit: {sentence(error)}"
            yield document.fault("SPEC012", message, join(place, "default"))
