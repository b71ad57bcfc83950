"""Another attempt when one failed, where that does no harm, bears fruit in time and is no storm."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from discogs_proxy.errors import UNSURE, AttemptFailed, DeadlinePassed, ProxyError, UpstreamError
from discogs_proxy.exchange import Answer, Outbound, Send
from discogs_proxy.retry_budget import RetryBudget

_log = logging.getLogger("discogs_proxy")

ATTEMPTS = 3
"""The first one included."""
_BASE_SECONDS = 0.25
_LONGEST_SECONDS = 8.0


def wait_before_retry(
    failure: AttemptFailed, outbound: Outbound, attempt: int, random: Callable[[], float]
) -> float | None:
    """Return the seconds to wait after the failed attempt (counted from 1), None to give up.

    The wait is uniform between 0 and a bound that doubles ("full jitter"), on top of what Discogs
    asked for.
    """
    may_repeat = outbound.is_repeatable or failure.was_ineffective
    if attempt >= ATTEMPTS or not may_repeat:
        return None
    bound = min(_LONGEST_SECONDS, _BASE_SECONDS * (1 << attempt))
    return (failure.retry_after or 0) + random() * bound


class Retry:
    """A send whose failed attempts are repeated."""

    def __init__(
        self,
        send: Send,
        sleep: Callable[[float], Awaitable[None]],
        random: Callable[[], float],
        clock: Callable[[], float],
    ) -> None:
        """Wrap a send; the clock is the monotonic one that `Call.ends` is on."""
        self._send = send
        self._sleep = sleep
        self._random = random
        self._clock = clock
        self._budget = RetryBudget()

    async def __call__(self, outbound: Outbound) -> Answer:
        """Send until there is an answer; raise what the last failure amounts to."""
        attempt = 1
        while True:
            try:
                answer = await self._send(outbound)
            except AttemptFailed as failure:
                wait = self._wait(failure, outbound, attempt)
                if wait is None:
                    raise _final(failure, outbound) from failure
                _log.warning(
                    "transient_retry attempt=%d backoff_s=%.2f error_type=%s",
                    attempt,
                    wait,
                    failure.error_type,
                )
            else:
                self._budget.earn()
                return answer
            await self._sleep(wait)
            outbound = replace(outbound, resends=attempt)
            attempt += 1

    def _wait(self, failure: AttemptFailed, outbound: Outbound, attempt: int) -> float | None:
        wait = wait_before_retry(failure, outbound, attempt, self._random)
        now = self._clock()
        # An attempt that could not end in time is not waited for: the caller learns it now.
        if wait is None or now + wait >= outbound.call.ends or not self._budget.spend(now):
            return None
        return wait


def _final(failure: AttemptFailed, outbound: Outbound) -> ProxyError:
    if failure.error is not None:
        return failure.error
    is_sure = outbound.is_repeatable or failure.was_ineffective
    advice = "Try again in a while." if is_sure else UNSURE
    if failure.timed_out:
        message = f"Timeout contacting Discogs: it keeps silent. {advice}"
        later = DeadlinePassed.RETRY_AFTER if is_sure else None
        return DeadlinePassed("no_answer", message, retry_after=later)
    message = f"Discogs could not be reached, or its answer broke off. {advice}"
    return UpstreamError("unreachable", message)
