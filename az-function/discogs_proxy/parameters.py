"""The parameters of a request: read from it raw, then checked against the operation."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

from discogs_proxy.errors import InvalidRequest
from discogs_proxy.exchange import Inbound
from discogs_proxy.operation import Operation, Parameter

# RFC 8259, section 6. The length keeps clear of Python's limit for reading integers.
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,99})")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,99})(\.[0-9]{1,99})?([eE][-+]?[0-9]{1,2})?")
_BOOLEANS = {"true": True, "false": False}
_SENDABLE = re.compile(r"[ -~]*")
_IGNORED_NAMES_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class Given:
    """What a request sent for an operation."""

    values: tuple[tuple[Parameter, str | None], ...]
    """Declared parameters, those of the query as sent; None where the text is no UTF-8."""
    ignored: tuple[str, ...]
    """Names of the query parameters that the operation does not declare."""

    def of(self, place: str) -> Iterator[tuple[str, str]]:
        """Yield name and text of the parameters at one place."""
        for parameter, text in self.values:
            if parameter.place == place and text is not None:
                yield parameter.name, text


def read(operation: Operation, inbound: Inbound) -> Given:
    """Sort what a request sent into declared parameters and names to ignore; never fail."""
    declared = operation.declared
    values: list[tuple[Parameter, str | None]] = [
        (parameter, inbound.route_params[name])
        for name, parameter in declared["path"].items()
        if name in inbound.route_params
    ]
    ignored: dict[str, None] = {}
    for raw_name, raw_value in _query(inbound.url):
        parameter = declared["query"].get(_text(raw_name) or "")
        if parameter is not None:
            values.append((parameter, _text(raw_value)))
        elif raw_name:
            ignored[raw_name] = None
    values += [
        (parameter, inbound.headers[name.lower()])
        for name, parameter in declared["header"].items()
        if name.lower() in inbound.headers
    ]
    return Given(tuple(values), tuple(ignored))


def require_query(operation: Operation, given: Given, offered: Collection[str]) -> None:
    """Raise `InvalidRequest` where a query parameter of those on offer is needed and none given."""
    sent = {parameter.name for parameter, _ in given.values if parameter.place == "query"}
    if operation.require_query and sent.isdisjoint(offered):
        message = f"Give at least one of these query parameters: {', '.join(offered)}."
        raise InvalidRequest(operation.require_query, message)


def query_names(operation: Operation) -> list[str]:
    """Return the names of the query parameters that an operation takes."""
    return [parameter.name for parameter in operation.parameters if parameter.place == "query"]


def check(operation: Operation, given: Given) -> None:
    """Raise `InvalidRequest` unless the operation takes what was given."""
    problems = list(dict.fromkeys(_text_problems(given)))
    if not problems:
        # Pydantic and the models cost more than everything else at a cold start: first use loads.
        from discogs_proxy import validation  # noqa: PLC0415

        values = {p.name: _decode(p, text) for p, text in given.values if text is not None}
        problems = validation.problems(operation.model, values)
    if problems:
        raise InvalidRequest("invalid_parameter", " ".join(problems))


def ignored_header(given: Given) -> str:
    """Return the ignored names as a header value: quoted, so that no name can leave its place."""
    text = ", ".join(quote(unquote_to_bytes(name), safe="") for name in given.ignored)
    return text if len(text) <= _IGNORED_NAMES_LENGTH else text[:_IGNORED_NAMES_LENGTH] + "..."


def _query(url: str) -> Iterator[tuple[str, str]]:
    for pair in url.partition("?")[2].split("&"):
        if pair:
            name, _, value = pair.replace("+", " ").partition("=")
            yield name, value


def _text(raw: str) -> str | None:
    try:
        return unquote_to_bytes(raw).decode("utf-8")
    except UnicodeDecodeError:
        return None


def _text_problems(given: Given) -> Iterator[str]:
    seen: set[Parameter] = set()
    for parameter, text in given.values:
        if text is None:
            yield f"{parameter.name}: not UTF-8 once its percent signs are decoded."
        elif parameter.place == "path" and text in {"", ".", ".."}:
            yield f"{parameter.name}: '{text}' cannot be one segment of a path."
        elif parameter.place == "header" and not _SENDABLE.fullmatch(text):
            yield f"{parameter.name}: visible ASCII characters and blanks only."
        if parameter in seen:
            yield f"{parameter.name}: given more than once."
        seen.add(parameter)


def _decode(parameter: Parameter, text: str) -> str | int | float | bool:
    """Read a text as JSON would; what it cannot be stays text, for the model to refuse."""
    if parameter.kind == "integer" and _INTEGER.fullmatch(text):
        return int(text)
    if parameter.kind == "number" and _NUMBER.fullmatch(text):
        return float(text)
    if parameter.kind == "boolean":
        return _BOOLEANS.get(text, text)
    return text
