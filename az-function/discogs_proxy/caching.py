"""Answers given again while they are good enough, and each question asked once at a time."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus

from discogs_proxy.cache import Kept, Place, Question
from discogs_proxy.errors import (
    DeadlinePassed,
    ProxyError,
    RateLimited,
    UpstreamError,
    UpstreamUnavailable,
)
from discogs_proxy.exchange import Answer, Call, Outbound, Send
from discogs_proxy.freshness import KEPT_STATUSES, Freshness, freshness, lifetime
from discogs_proxy.single_flight import SingleFlight
from discogs_proxy.state import CacheState

_READ = ("GET", "HEAD")
_KEPT_HEADERS = ("content-type", "link", "location", "last-modified")
_COVERED = (UpstreamError, UpstreamUnavailable, RateLimited, DeadlinePassed)
"""Failures that are of the moment and not of the question."""
_PATIENCE_SECONDS = 5.0
"""How long a newer answer is waited for when there is an old one to give."""
_PATIENT_SHARE = 0.5
"""… but no more than this part of the time the caller has left."""


class Caching:
    """A send that asks Discogs only for what it does not know well enough."""

    def __init__(
        self, send: Send, cache: CacheState, owner: str, clock: Callable[[], float]
    ) -> None:
        """Wrap a send; the owner is a digest of the credential that Discogs is asked with."""
        self._send = send
        self._cache = cache
        self._owner = owner
        self._clock = clock
        self._flights: SingleFlight[Answer] = SingleFlight()

    async def __call__(self, outbound: Outbound) -> Answer:
        """Answer from what is kept, or ask Discogs and keep what it says."""
        if outbound.method not in _READ:
            return await self._change(outbound)
        seconds = lifetime(outbound.operation)
        if seconds is None or outbound.is_conditional:
            return await self._send(outbound)
        place, kept = await self._cache.look(self._question(outbound))
        if kept is None:
            return await self._ask(outbound, place)
        state = freshness(kept.answer, kept.age, seconds, outbound.call.oldest)
        return await self._answer(outbound, place, kept, state)

    async def _answer(
        self, outbound: Outbound, place: Place, kept: Kept, state: Freshness
    ) -> Answer:
        if state is Freshness.GONE:
            return await self._ask(outbound, place)
        if state is Freshness.FRESH:
            return _given(kept, outbound.call, "HIT")
        # The newer one is wanted even if this caller does not wait for it.
        self._flights.detach(place, lambda: self._refresh(outbound, place))
        if state is Freshness.AGEING:
            return _given(kept, outbound.call, "STALE")
        return await self._ask_with_fallback(outbound, place, kept)

    def _question(self, outbound: Outbound) -> Question:
        path, _, query = outbound.target.partition("?")
        told = [f"{name.lower()}:{value}" for name, value in outbound.headers]
        target = "\n".join((path, "&".join(sorted(query.split("&"))), *sorted(told)))
        return Question(self._owner, outbound.operation.name, target)

    async def _change(self, outbound: Outbound) -> Answer:
        done: Answer | None = None
        try:
            done = await self._send(outbound)
        finally:
            # A write whose end nobody knows may be done: what was read before it is doubtful.
            may_be_done = done is None or done.status < HTTPStatus.BAD_REQUEST
            if may_be_done and outbound.call.attempts:
                await self._cache.change(self._owner, outbound.operation.invalidates)
        return done

    async def _ask_with_fallback(self, outbound: Outbound, place: Place, kept: Kept) -> Answer:
        """Ask, but give the old answer when that fails or takes long."""
        call = outbound.call
        patience = min(_PATIENCE_SECONDS, (call.ends - self._clock()) * _PATIENT_SHARE)
        try:
            async with asyncio.timeout(patience):
                return await self._ask(replace(outbound, method="GET"), place)
        except TimeoutError:
            call.covered = "slow"
        except _COVERED as error:
            if not _is_of_the_moment(error):
                raise
            call.covered = error.reason
        return _given(kept, call, "STALE")

    async def _ask(self, outbound: Outbound, place: Place) -> Answer:
        if outbound.method == "HEAD":
            return await self._send(outbound)
        is_first = place not in self._flights
        try:
            return await self._join(outbound, place)
        except DeadlinePassed:
            # Of somebody who asked earlier: there is time left to ask again.
            if is_first or self._clock() >= outbound.call.ends:
                raise
        return await self._ask(outbound, place)

    async def _join(self, outbound: Outbound, place: Place) -> Answer:
        call = outbound.call
        call.cache = "JOINED" if place in self._flights else "MISS"
        own = Call(ends=call.ends, caller=call.caller)
        try:
            return await self._flights.join(place, lambda: self._fill(outbound, place, own))
        finally:
            own.count_until(self._clock())  # the work may go on, or end later than this caller
            call.take_over(own)

    async def _refresh(self, outbound: Outbound, place: Place) -> Answer:
        return await self._fill(replace(outbound, is_bulk=True), place, Call())

    async def _fill(self, outbound: Outbound, place: Place, call: Call) -> Answer:
        began = self._clock()
        answer = await self._send(replace(outbound, method="GET", call=call))
        if answer.status in KEPT_STATUSES:
            pairs = ((name, value) for name, value in answer.headers)
            headers = tuple(pair for pair in pairs if pair[0].lower() in _KEPT_HEADERS)
            age = self._clock() - began + _age(answer)
            await self._cache.put(place, replace(answer, headers=headers), age)
        return answer


def _given(kept: Kept, call: Call, how: str) -> Answer:
    call.cache, call.age = how, kept.age
    return kept.answer


def _is_of_the_moment(error: ProxyError) -> bool:
    return error.reason != "credential_refused"


def _age(answer: Answer) -> int:
    """Return how old the answer was already when it came: somebody on the way may keep some too."""
    text = (answer.header("age") or "").strip()
    return int(text) if text.isascii() and text.isdigit() else 0
