"""What of Discogs' answer a model is shown."""

from functools import cache
from pkgutil import resolve_name
from typing import NamedTuple

from discogs_proxy.agent_operation import AgentOperation
from discogs_proxy.agent_request import AgentRequest
from discogs_proxy.plain_text import plain
from discogs_proxy.projection import project
from discogs_proxy.row_lists import Data
from discogs_proxy.view import View

_FULL = "full"
_OWN = frozenset({_FULL, "changed", "done", "truncated", "source", "budget"})
"""What the face itself says has these names, and nothing of Discogs' may pass for it."""


class Shown(NamedTuple):
    """What is shown, and how many properties were not of the type they should have."""

    data: Data
    surprises: int


def shown(agent: AgentOperation, asked: AgentRequest, content: object) -> Shown:
    """Return the view of an answer, or all of it where that was asked for."""
    if content is None:
        return Shown({}, 0)
    if asked.is_whole:
        return Shown({_FULL: plain(content)}, 0)
    projected = project(content, _view(agent.view), asked.groups)
    data = {name: value for name, value in projected.value.items() if name not in _OWN}
    return Shown(data, len(projected.surprises))


@cache
def _view(name: str) -> View:
    found = resolve_name(name)
    if not isinstance(found, View):
        message = f"{name} is no view"
        raise TypeError(message)
    return found
