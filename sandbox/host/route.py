"""Parse one route template and match paths against it as ASP.NET Core's conventional routes do."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sandbox.host.errors import RouteError
from sandbox.host.parameter import Parameter, parse_parameter, unescape

Segment = Sequence[str | Parameter]

# Doubled braces stand for themselves, in text as in the argument of a constraint.
_TOKEN = re.compile(
    r"(?P<literal>(?:[^{}/?]|\{\{|\}\})+)"
    r"|(?P<separator>/)"
    r"|\{(?P<parameter>(?:[^{}]|\{\{|\}\})+)\}"
)


@dataclass(frozen=True)
class Route:
    """Match paths against one parsed template."""

    pattern: re.Pattern[str]
    parameters: tuple[Parameter, ...]

    def match(self, path: str) -> dict[str, str] | None:
        """Return the route parameters of a path as text, or None when it does not match."""
        found = self.pattern.fullmatch(path)
        if found is None:
            return None
        values_by_name = {}
        for parameter, value in zip(self.parameters, found.groups(), strict=True):
            if value and not all(holds(value) for holds in parameter.constraints):
                return None
            # The host drops a parameter that has neither a value nor a default.
            if value or parameter.default is not None:
                values_by_name[parameter.name] = value or str(parameter.default)
        return values_by_name


def parse_route(template: str) -> Route:
    """Parse a template, the prefix included."""
    if "//" in template:
        raise RouteError("'//' may not stand in a route")
    segments = _split(template.removeprefix("~/").removeprefix("/"))
    parameters = tuple(_parameters(part for segment in segments for part in segment))
    for segment in segments:
        _check_segment(segment)
    _check_parameters(parameters)
    if any(isinstance(part, Parameter) and part.is_catch_all for s in segments[:-1] for part in s):
        raise RouteError("a catch-all parameter must come last")
    return Route(re.compile(_pattern(segments), re.IGNORECASE | re.DOTALL), parameters)


def _split(template: str) -> list[list[str | Parameter]]:
    segments: list[list[str | Parameter]] = [[]]
    position = 0
    while position < len(template):
        token = _TOKEN.match(template, position)
        if token is None:
            raise RouteError(f"{template[position]!r} at position {position} is out of place")
        if token["separator"]:
            segments.append([])
        elif token["literal"]:
            segments[-1].append(unescape(token["literal"]))
        else:
            segments[-1].append(parse_parameter(token["parameter"]))
        position = token.end()
    return [segment for segment in segments if segment]


def _parameters(parts: Iterable[str | Parameter]) -> list[Parameter]:
    return [part for part in parts if isinstance(part, Parameter)]


def _check_segment(segment: Segment) -> None:
    if any(len(_parameters(pair)) == len(pair) for pair in pairwise(segment)):
        raise RouteError("two parameters need text or '/' between them")
    for parameter in _parameters(segment):
        if parameter.may_be_missing and len(segment) > 1:
            raise RouteError(f"{{{parameter.name}}} may be missing, so it must fill its segment")


def _check_parameters(parameters: Sequence[Parameter]) -> None:
    names = [parameter.name.lower() for parameter in parameters]
    for name in names:
        if names.count(name) > 1:
            raise RouteError(f"the parameter {name!r} is repeated")
    for parameter in parameters:
        if parameter.is_optional and (parameter.is_catch_all or parameter.default is not None):
            raise RouteError(f"{{{parameter.name}}} may be missing anyway, so it takes no '?'")


def _pattern(segments: Sequence[Segment]) -> str:
    pattern, may_end_here = "", True
    for segment in reversed(segments):
        head = segment[0]
        # A segment can only be missing when all that follow it can be missing too.
        may_end_here = may_end_here and isinstance(head, Parameter) and head.may_be_missing
        pattern = "/" + _segment_pattern(segment) + pattern
        if may_end_here:
            pattern = f"(?:{pattern})?"
    return pattern + "/?"


def _segment_pattern(segment: Segment) -> str:
    pieces = []
    for position, part in enumerate(segment, start=1):
        if isinstance(part, str):
            pieces.append(re.escape(part))
        elif part.is_catch_all:
            pieces.append("(.*)")
        else:
            pieces.append("([^/]+)" if position == len(segment) else "([^/]+?)")
    return "".join(pieces)
