"""The spec is OpenAPI 3.1 to two readers that were not made for this."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from codegen.action_lint.finding import ERROR, Problem, Rule
from codegen.action_lint.spec import Spec
from codegen.document import join

_VERSIONS = ("3.1.0", "3.1.1")
_LONGEST = 300


def _refuse(address: str) -> Any:  # noqa: ANN401 - it never returns
    raise LookupError(f"{address} is not opened")


# The library would fetch what a `$ref` names, by any of these.
_UNOPENED: Any = dict.fromkeys(("", "data", "file", "ftp", "http", "https"), _refuse)


def _version(spec: Spec) -> Iterator[Problem]:
    version = spec.root.get("openapi")
    if version not in _VERSIONS:
        message = f"'openapi' is {version!r}; importers take the texts '3.1.0' and '3.1.1'"
        yield Problem("/openapi", message)


def _structure(spec: Spec) -> Iterator[Problem]:
    """Yield one problem for each place that the first reader refuses, else the second."""
    for reader in (_by_pydantic, _by_validator):
        words: dict[str, str] = {}
        for place, message in reader(spec.root):
            words.setdefault(_pointer(spec.root, place), " ".join(message.split()))
        for pointer, line in words.items():
            # What holds a refused part is refused for that alone.
            if not any(other.startswith(f"{pointer}/") for other in words):
                message = line if len(line) <= _LONGEST else f"{line[:_LONGEST]} …"
                yield Problem(pointer, f"it is no OpenAPI 3.1: {message}")
        if words:
            return


def _by_pydantic(root: Mapping[str, Any]) -> Iterator[tuple[Sequence[Any], str]]:
    # Both readers are slow to import, and who only lists the rules needs neither.
    from openapi_pydantic import OpenAPI  # noqa: PLC0415
    from pydantic import ValidationError  # noqa: PLC0415

    try:
        OpenAPI.model_validate(root)
    except ValidationError as error:
        # What is no reference was seldom meant to be one, so that this is said last.
        for each in sorted(error.errors(), key=lambda each: "Reference" in each["loc"]):
            yield each["loc"], f"{each['loc']}: {each['msg']}"


def _by_validator(root: Mapping[str, Any]) -> Iterator[tuple[Sequence[Any], str]]:
    from openapi_spec_validator import OpenAPIV31SpecValidator  # noqa: PLC0415

    class Offline(OpenAPIV31SpecValidator):
        resolver_handlers = _UNOPENED

    try:
        for error in Offline(dict(root)).iter_errors():
            yield list(error.absolute_path), error.message
    except Exception as error:  # noqa: BLE001 - what it cannot take at all ends in any of many
        yield (), f"{type(error).__name__}: {error}"


def _pointer(root: Mapping[str, Any], place: Sequence[Any]) -> str:
    """Return where in the spec a reader means; names of its own classes are on its way, too."""
    node: Any = root
    pointer = ""
    for token in place:
        if _is_in(node, token):
            node = node[token]
            pointer = join(pointer, token)
    return pointer


def _is_in(node: object, token: object) -> bool:
    if isinstance(node, list):
        return isinstance(token, int) and token < len(node)
    return isinstance(node, Mapping) and token in node


RULES = (
    Rule(
        "GA001",
        ERROR,
        "`openapi` is 3.1.0 or 3.1.1",
        _version,
        ("('openapi',): Input should be '3.1.1' or '3.1.0'",),
    ),
    Rule(
        "GA002",
        ERROR,
        "openapi-pydantic 0.5.1 and openapi-spec-validator read it",
        _structure,
        (
            "('components','parameters','preferParams','Parameter','schema','Reference','$ref'): "
            "Field required",
            "Could not find a valid URL in servers",
        ),
    ),
)
