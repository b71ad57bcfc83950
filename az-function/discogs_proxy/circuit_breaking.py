"""Discogs left alone while it keeps failing: what counts against it, and what callers get."""

import logging
from asyncio import CancelledError
from collections.abc import Callable
from http import HTTPStatus
from math import ceil

from discogs_proxy.errors import AttemptFailed, UpstreamUnavailable
from discogs_proxy.exchange import Answer, Outbound, Send
from discogs_proxy.state import CircuitState

_log = logging.getLogger("discogs_proxy")

_CLIENT_ERROR = 4


def with_door(send: Send, circuit: CircuitState) -> Send:
    """Wrap a send so that nobody queues for a Discogs that is not asked at present."""

    async def through(outbound: Outbound) -> Answer:
        wait = await circuit.wait()
        if wait > 0:
            raise _refusal(wait)
        return await send(outbound)

    return through


def with_circuit(send: Send, circuit: CircuitState, clock: Callable[[], float]) -> Send:
    """Wrap a send, one attempt, so that its outcome counts, and is not made while others fail."""

    async def guarded(outbound: Outbound) -> Answer:
        ticket = await circuit.enter()
        if ticket is None:
            raise _refusal(await circuit.wait())
        went_well: bool | None = None
        try:
            answer = await send(outbound)
            went_well = None if answer.status // 100 == _CLIENT_ERROR else True
        except AttemptFailed as failure:
            went_well = None if _is_refusal(failure) else False
            raise
        except CancelledError:
            # Our own deadline speaks against Discogs; a caller that left says nothing.
            went_well = False if clock() >= outbound.call.ends else None
            raise
        finally:
            if await circuit.leave(ticket, went_well=went_well):
                _log.warning("discogs_circuit open_s=%.1f", await circuit.wait())
        return answer

    return guarded


def _is_refusal(failure: AttemptFailed) -> bool:
    return failure.error is not None and failure.error.status == HTTPStatus.TOO_MANY_REQUESTS


def _refusal(wait: float) -> UpstreamUnavailable:
    seconds = max(1, ceil(wait))
    message = f"Discogs keeps failing and is left alone for now; ask again in {seconds} seconds."
    return UpstreamUnavailable("circuit_open", message, retry_after=seconds)
