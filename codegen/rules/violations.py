"""What a JSON Schema validator finds, told to whoever edits the description."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import jsonschema_rs

from codegen.document import Document, join
from codegen.fault import Fault, did_you_mean, nearest

_MASK = "\0"  # what a description cannot hold
_LONG = 80  # characters of a text that says more by its length


def validator(
    schema: Mapping[str, Any], registry: jsonschema_rs.Registry | None = None
) -> jsonschema_rs.Validator:
    """Compile a JSON Schema, which may refer to a registry; nothing is fetched."""
    return jsonschema_rs.validator_for(dict(schema), mask=_MASK, offline=True, registry=registry)


def violations(
    document: Document,
    errors: Iterable[jsonschema_rs.ValidationError],
    pointer: str,
    code: str,
    known: frozenset[str] = frozenset(),
) -> Iterator[Fault]:
    """Yield a fault for each error found at a pointer; `known` are names to propose."""
    errors_by_place: dict[str, list[jsonschema_rs.ValidationError]] = {}
    for error in map(_finest, errors):
        errors_by_place.setdefault(join(pointer, *error.instance_path), []).append(error)
    for place, found in errors_by_place.items():
        strange = [name for error in found for name in _unexpected(error)]
        lacking = {name for error in found for name in _missing(error)}
        misspelt = {nearest(name, lacking) for name in strange} - {None}
        for name in strange:
            if name in known and lacking:
                continue  # it is refused for what is missing beside it, which has a fault
            message = f"'{name}' has no place here{did_you_mean(name, lacking or known)}"
            yield document.fault(code, message, join(place, name), at_key=True)
        for error in found:
            if not misspelt.intersection(_missing(error)) and not _unexpected(error):
                yield _fault(document, error, place, code)


def _fault(
    document: Document, error: jsonschema_rs.ValidationError, place: str, code: str
) -> Fault:
    missing = [f"'{name}'" for name in _missing(error)]
    if missing:
        message = f"{' or '.join(missing)} is missing here"
        return document.fault(code, message, place, at_key=True)
    if error.kind.name == "propertyNames":
        cause = error.kind.as_dict()["error"]
        place = join(place, cause.instance)
        return document.fault(code, sentence(cause), place, at_key=True)
    return document.fault(code, sentence(error), place)


def sentence(error: jsonschema_rs.ValidationError) -> str:
    """Return an error's message, with a collection called by its kind instead of shown."""
    detail = error.kind.as_dict()
    if "options" in detail:
        known = [str(option) for option in detail["options"]]
        hint = did_you_mean(str(error.instance), known)
        return f"'{error.instance}' is not one of {', '.join(known)}{hint}"
    return error.message.replace(_MASK, _shown(error.instance)).replace('"', "'")


def _shown(instance: object) -> str:
    if isinstance(instance, dict):
        return "this mapping"
    if isinstance(instance, list):
        return "this list"
    if isinstance(instance, str) and len(instance) > _LONG:
        return f"this text of {len(instance)} characters"
    return json.dumps(instance, default=str)


def _unexpected(error: jsonschema_rs.ValidationError) -> list[str]:
    """Return the keys that an object may not have."""
    return list(error.kind.as_dict().get("unexpected", ()))


def _missing(error: jsonschema_rs.ValidationError) -> list[str]:
    """Return the key that is missing, or those of which one is missing."""
    detail = error.kind.as_dict()
    causes = [cause for branch in detail.get("context", ()) for cause in branch] or [error]
    if all(cause.kind.name == "required" for cause in causes):
        return [str(cause.kind.as_dict()["property"]) for cause in causes]
    return []


def _finest(error: jsonschema_rs.ValidationError) -> jsonschema_rs.ValidationError:
    """Return the deepest failed alternative that lists its choices, else the error itself."""
    branches: Any = error.kind.as_dict().get("context", ())
    listing = [cause for branch in branches for cause in branch if cause.kind.name == "enum"]
    return max(listing, key=lambda cause: len(cause.instance_path), default=error)
