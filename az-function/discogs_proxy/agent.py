"""The agent face: what Discogs answers, short enough for a language model and with its source."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

import orjson

from discogs_proxy import agent_request, hint, outbound, parameters, refusal, safe_write
from discogs_proxy.agent_operation import AgentOperation
from discogs_proxy.agent_request import AgentRequest
from discogs_proxy.budget import Left
from discogs_proxy.budget_advice import budget
from discogs_proxy.cap import fitted
from discogs_proxy.errors import ProxyError
from discogs_proxy.exchange import Answer, Call, Headers
from discogs_proxy.face import Visit
from discogs_proxy.links import Links
from discogs_proxy.operation import Operation
from discogs_proxy.parameters import Given
from discogs_proxy.shown import shown
from discogs_proxy.source import page, source
from discogs_proxy.turns import Turns

_READ = "GET"
# Each answer tells the time and the budget, so that no two are the same: there is no tag for a 304,
# and nothing on the way may keep one.
_NOT_KEPT = ("Cache-Control", "no-store")
_HEADERS: Headers = (("Content-Type", "application/json"), _NOT_KEPT)


@dataclass(frozen=True, slots=True)
class Agent:
    """An operation as a language model meets it."""

    offered: AgentOperation
    left: Callable[[], Left | None]
    """What is left of Discogs' budget, as far as this instance knows."""
    now: Callable[[], float]
    """Seconds on the wall clock."""
    turns: Turns
    """Of changes that look first."""
    name: ClassVar[str] = "agent"

    @property
    def operation(self) -> Operation:
        """The one of Discogs that it stands for."""
        return self.offered.operation

    @property
    def offer(self) -> Operation:
        """What a model may send."""
        return self.offered.face

    def check(self, given: Given) -> None:
        """Raise `InvalidRequest` for what is not on offer, or for too little."""
        theirs = parameters.query_names(self.operation)
        offered = [name for name in parameters.query_names(self.offer) if name in theirs]
        parameters.require_query(self.offer, given, offered)
        parameters.check(self.offer, given)

    async def respond(self, visit: Visit) -> Answer:
        """Ask Discogs, and show of its answer what a model needs."""
        asked = agent_request.read(self.offered, visit.given)
        answer, outcome = await self._ask(visit, asked)
        content = _content(visit, answer, has_links=asked.is_whole)
        seen = shown(self.offered, asked, content)
        visit.call.surprises = seen.surprises
        own = {**outcome, "source": self._source(visit.call, asked, content)}
        own["budget"] = self._budget(visit.call)
        return Answer(200, _HEADERS, fitted(seen.data, own, asked.position))

    def refuse(self, error: ProxyError, trace_id: str) -> Answer:
        """Return the error envelope, with what to do about it."""
        answer = error.answer(trace_id, hint.advice(error, dict(self.offered.hints)))
        return replace(answer, headers=(*answer.headers, _NOT_KEPT))

    async def _ask(
        self, visit: Visit, asked: AgentRequest
    ) -> tuple[Answer | None, Mapping[str, object]]:
        """Return what Discogs said, and of a change what became of it."""
        operation = self.operation
        body, headers = agent_request.body(self.offered, visit.given, visit.inbound)
        # A HEAD is answered like a GET, whose answer alone tells what there is to be said.
        request = outbound.build(operation, asked.given, operation.method, body, headers)
        request = replace(request, call=visit.call)
        if operation.method == _READ:
            answer = await visit.send(request)
            refusal.require_success(answer)
            return answer, {}
        outcome = await safe_write.write(
            self.offered, asked, request, visit, self.turns, self.now()
        )
        return outcome.answer, {"changed": outcome.is_changed, "done": outcome.done}

    def _source(self, call: Call, asked: AgentRequest, content: object) -> dict[str, str]:
        told = content if isinstance(content, dict) else {}
        url = page(self.offered.page, dict(asked.given.of("path")), told)
        return source(url, call.age, self.now())

    def _budget(self, call: Call) -> dict[str, str | int]:
        left = self.left()
        remaining = (
            left.remaining if left and call.budget_remaining is None else call.budget_remaining
        )
        return budget(left.limit if left else None, remaining)


def _content(visit: Visit, answer: Answer | None, *, has_links: bool) -> object:
    """Return what is in an answer; links lead to the mirror where they may be shown."""
    if answer is None or not answer.body:
        return None
    links = Links(visit.settings.discogs_base_url, visit.mirror_address)
    return orjson.loads(links.in_body(answer.body) if has_links else answer.body)
