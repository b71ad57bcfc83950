"""A change that a model may ask for twice: looked at first, and told as it is afterwards."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus

import orjson

from discogs_proxy import agent_request, outbound, refusal
from discogs_proxy.agent_operation import AgentOperation, Presence
from discogs_proxy.agent_request import AgentRequest
from discogs_proxy.errors import UpstreamError
from discogs_proxy.exchange import Answer, Call, Outbound, Send
from discogs_proxy.face import Visit
from discogs_proxy.turns import Turns

_NOBODY = b"User does not exist"
_MOMENT_SECONDS = 60.0
"""By how much the clock of Discogs may differ from ours."""
_EARLIER = " An earlier attempt of this same call may have done it."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a change."""

    is_changed: bool
    done: str
    answer: Answer | None = None
    """What Discogs said to it."""


async def write(
    agent: AgentOperation,
    asked: AgentRequest,
    request: Outbound,
    visit: Visit,
    turns: Turns,
    began: float,
) -> Outcome:
    """Change something, unless it is so already; raise `DiscogsRefused` where Discogs does not.

    `began` is when the call did, in seconds on the wall clock.
    """
    presence = agent.presence
    if presence is None or asked.is_forced:
        return await _change(agent, request, visit.send, began)
    question = outbound.build(
        presence.operation, agent_request.asked_of(presence.operation, asked.given), "GET"
    )
    now, call = visit.clock(), request.call
    call.ends = min(call.ends, now + visit.settings.deadline_seconds)
    # Who asks while another one adds would find nothing, and add it again.
    async with turns.at(question.target, call.ends - now):
        if await _is_there(presence, question, call, visit.send):
            return Outcome(is_changed=False, done=agent.present)
        return await _change(agent, request, visit.send, began)


async def _change(agent: AgentOperation, request: Outbound, send: Send, began: float) -> Outcome:
    before = request.call.attempts
    answer = await send(request)
    if agent.gone and _is_gone(answer):
        is_first = request.call.attempts == before + 1
        return Outcome(is_changed=False, done=agent.gone if is_first else agent.gone + _EARLIER)
    refusal.require_success(answer)
    if agent.since and _was_so(answer, agent.since, began):
        return Outcome(is_changed=False, done=agent.present, answer=answer)
    return Outcome(is_changed=True, done=agent.done, answer=answer)


def _was_so(answer: Answer, since: str, began: float) -> bool:
    """Tell whether it is so since before the call; what is no time says nothing of it."""
    content = orjson.loads(answer.body) if answer.body else None
    text = content.get(since) if isinstance(content, dict) else None
    try:
        time = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return False
    if time is None:
        return False
    known = time if time.tzinfo else time.replace(tzinfo=UTC)
    return known.timestamp() < began - _MOMENT_SECONDS


def _is_gone(answer: Answer) -> bool:
    """Tell whether what was to be removed is not there; a user who is not there is a mistake."""
    return answer.status == HTTPStatus.NOT_FOUND and _NOBODY not in answer.body


async def _is_there(presence: Presence, question: Outbound, call: Call, send: Send) -> bool:
    """Ask Discogs itself whether there is any row; what was kept does not count."""
    look = Call(ends=call.ends, caller=call.caller, oldest=0.0)
    try:
        answer = await send(replace(question, call=look))
    finally:
        call.take_over(look)
    if answer.status == HTTPStatus.NOT_FOUND:
        return False
    refusal.require_success(answer)
    content = orjson.loads(answer.body)
    rows = content.get(presence.rows) if isinstance(content, dict) else None
    if not isinstance(rows, list):
        message = "Discogs does not say whether it is there already; nothing was changed."
        raise UpstreamError("no_rows", message)
    return bool(rows)
