"""Tell whether the text of a route parameter satisfies the constraints of its route."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime

from sandbox.host.errors import RouteError

Constraint = Callable[[str], bool]

_INT32 = (-(2**31), 2**31 - 1)
_INT64 = (-(2**63), 2**63 - 1)
_INTEGER = re.compile(r"\s*[+-]?[0-9]+\s*")
_FLOAT = re.compile(r"\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*")
_GUID = re.compile(
    r"[0-9a-f]{32}|(?P<open>[{(])?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(?(open)[)}])",
    re.IGNORECASE,
)


def parse_constraint(name: str, argument: str | None) -> Constraint:
    """Return the test that a constraint such as `int` or `range(1,9)` stands for."""
    keyword = name.lower()
    if keyword == "regex" and argument is not None:
        return _found(argument)
    if argument is None and keyword in _PLAIN:
        return _PLAIN[keyword]
    bounds = [int(text) for text in (argument or "").split(",") if _INTEGER.fullmatch(text)]
    build = _BOUNDED.get((keyword, len(bounds)))
    if build is None or argument is None or argument.count(",") != len(bounds) - 1:
        written = name if argument is None else f"{name}({argument})"
        raise RouteError(f"the host knows no constraint {written!r}")
    return build(*bounds)


def _within(low: int, high: int) -> Constraint:
    return lambda text: bool(_INTEGER.fullmatch(text)) and low <= int(text) <= high


def _sized(low: int, high: int | None = None) -> Constraint:
    return lambda text: low <= len(text) and (high is None or len(text) <= high)


def _found(expression: str) -> Constraint:
    try:
        pattern = re.compile(expression, re.IGNORECASE)
    except re.error as error:
        raise RouteError(f"{expression!r} is no regular expression: {error}") from error
    return lambda text: pattern.search(text) is not None


def _is_float(text: str) -> bool:
    return _FLOAT.fullmatch(text.replace(",", "")) is not None


def _is_datetime(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


_PLAIN: Mapping[str, Constraint] = {
    "int": _within(*_INT32),
    "long": _within(*_INT64),
    "decimal": _is_float,
    "double": _is_float,
    "float": _is_float,
    "bool": lambda text: text.lower() in ("true", "false"),
    "guid": lambda text: _GUID.fullmatch(text) is not None,
    "datetime": _is_datetime,
    "alpha": lambda text: re.fullmatch("[A-Za-z]*", text) is not None,
    "required": bool,
}

# A constraint with numbers, by its name and how many of them it takes.
_BOUNDED: Mapping[tuple[str, int], Callable[..., Constraint]] = {
    ("minlength", 1): _sized,
    ("maxlength", 1): lambda high: _sized(0, high),
    ("length", 1): lambda size: _sized(size, size),
    ("length", 2): _sized,
    ("min", 1): lambda low: _within(low, _INT64[1]),
    ("max", 1): lambda high: _within(_INT64[0], high),
    ("range", 2): _within,
}
