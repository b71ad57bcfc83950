"""What a model sent: what of it goes to Discogs, and what the face itself makes of the rest."""

from dataclasses import dataclass, replace

import orjson

from discogs_proxy import request_body
from discogs_proxy.agent_operation import AgentOperation
from discogs_proxy.exchange import Headers, Inbound
from discogs_proxy.operation import Operation
from discogs_proxy.parameters import Given
from discogs_proxy.row_lists import Position

_ALL = "all"
_FULL = "full"
"""Where the whole answer stands, and so the first name of all that is read on in it."""


@dataclass(frozen=True, slots=True)
class AgentRequest:
    """A request to the agent face, its parameters sorted."""

    given: Given
    """What goes to Discogs."""
    groups: frozenset[str]
    """What the answer is to include beside what it always has."""
    is_whole: bool
    """Whether the answer is to be Discogs' own in full."""
    position: Position | None
    """Where to read on."""
    is_forced: bool
    """Whether to do what was done already."""


def read(agent: AgentOperation, given: Given) -> AgentRequest:
    """Sort what was given, which fits the face."""
    texts = dict(given.of("query"))
    groups = frozenset(filter(None, texts.get("include", "").split(",")))
    place = texts.get("continue_from")
    position = None if place is None else Position.read(place)
    is_read_on = position is not None and position.path[0] == _FULL
    override = agent.presence.override if agent.presence else ""
    return AgentRequest(
        given=_for(agent.operation, given, agent.defaults),
        groups=groups - {_ALL},
        is_whole=_ALL in groups or is_read_on,
        position=position,
        is_forced=texts.get(override) == "true",
    )


def body(agent: AgentOperation, given: Given, inbound: Inbound) -> tuple[bytes, Headers]:
    """Return the body for Discogs, its members under Discogs' names, and its headers."""
    content, headers = request_body.prepare(agent.face, _without_parameters(given, inbound))
    names = dict(agent.renames)
    if not content or not names:
        return content, headers
    members = orjson.loads(content)
    return orjson.dumps({names.get(name, name): value for name, value in members.items()}), headers


def _without_parameters(given: Given, inbound: Inbound) -> Inbound:
    """Take out of the body what stands in the path or the query just so.

    To a model all arguments are of one kind, and there are engines that put all of them into the
    body too. No member has the name of a parameter.
    """
    sent = {parameter.name: text for parameter, text in given.values}
    if len(inbound.body) > request_body.LARGEST_BY_MEDIA_TYPE[request_body.JSON]:
        return inbound
    try:
        members = orjson.loads(inbound.body)
    except orjson.JSONDecodeError:
        return inbound
    if not isinstance(members, dict) or sent.keys().isdisjoint(members):
        return inbound
    own = {name: value for name, value in members.items() if sent.get(name) != _written(value)}
    return replace(inbound, body=orjson.dumps(own))


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def asked_of(operation: Operation, given: Given) -> Given:
    """Return what of the parameters another operation on the same path takes."""
    return _for(operation, given, ())


def _for(operation: Operation, given: Given, defaults: tuple[tuple[str, str], ...]) -> Given:
    declared = {(p.place, p.name): p for p in operation.parameters}
    values = [
        (declared[p.place, p.name], text)
        for p, text in given.values
        if (p.place, p.name) in declared
    ]
    sent = {parameter.name for parameter, _ in values}
    values += [(declared["query", name], text) for name, text in defaults if name not in sent]
    return Given(tuple(values), ())
