"""Parse one `{parameter}` of a route template."""

import re
from dataclasses import dataclass

from sandbox.host.constraints import Constraint, parse_constraint
from sandbox.host.errors import RouteError

_CONSTRAINT = r":(\w+)(?:\(((?:[^()]|\([^()]*\))*)\))?"
_PARAMETER = re.compile(
    r"(?P<stars>\*{0,2})(?P<name>[^:=?*/{}()]+)"
    rf"(?P<constraints>(?:{_CONSTRAINT})*)"
    r"(?:=(?P<default>[^?]*))?(?P<optional>\?)?"
)


@dataclass(frozen=True)
class Parameter:
    """Hold one `{parameter}` of a template."""

    name: str
    constraints: tuple[Constraint, ...]
    default: str | None
    is_optional: bool
    is_catch_all: bool

    @property
    def may_be_missing(self) -> bool:
        """Tell whether a path may end before this parameter."""
        return self.is_optional or self.is_catch_all or self.default is not None


def parse_parameter(text: str) -> Parameter:
    """Parse what stands between the braces."""
    token = _PARAMETER.fullmatch(text)
    if token is None:
        raise RouteError(f"{{{text}}} is no route parameter")
    return Parameter(
        name=token["name"],
        constraints=tuple(
            parse_constraint(found[1], None if found[2] is None else unescape(found[2]))
            for found in re.finditer(_CONSTRAINT, token["constraints"])
        ),
        default=token["default"],
        is_optional=bool(token["optional"]),
        is_catch_all=bool(token["stars"]),
    )


def unescape(text: str) -> str:
    """Return a template's text with its doubled braces made single."""
    return text.replace("{{", "{").replace("}}", "}")
