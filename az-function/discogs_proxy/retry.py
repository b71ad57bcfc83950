"""Another attempt when Discogs could not be reached or its answer broke off."""

import logging
from collections.abc import Awaitable, Callable

from discogs_proxy.errors import AttemptFailed, DeadlinePassed, UpstreamError
from discogs_proxy.exchange import Answer, Outbound, Send

_log = logging.getLogger("discogs_proxy")

ATTEMPTS = 3
_BASE_SECONDS = 0.25
_LONGEST_SECONDS = 8.0


def wait_before_retry(
    outbound: Outbound, attempt: int, random: Callable[[], float]
) -> float | None:
    """Return the seconds to wait after the failed attempt (counted from 1), None to give up.

    The wait is uniform between 0 and a bound that doubles ("full jitter").
    """
    if not outbound.is_repeatable or attempt >= ATTEMPTS:
        return None
    return random() * min(_LONGEST_SECONDS, _BASE_SECONDS * (1 << attempt))


def with_retry(
    send: Send, *, sleep: Callable[[float], Awaitable[None]], random: Callable[[], float]
) -> Send:
    """Wrap a send so that failed attempts are repeated where that does no harm."""

    async def persistent(outbound: Outbound) -> Answer:
        attempt = 1
        while True:
            try:
                return await send(outbound)
            except AttemptFailed as failure:
                wait = wait_before_retry(outbound, attempt, random)
                if wait is None:
                    raise _final(failure, outbound) from failure
                _log.warning(
                    "transient_retry attempt=%d backoff_s=%.2f error_type=%s",
                    attempt,
                    wait,
                    failure.error_type,
                )
            await sleep(wait)
            attempt += 1

    return persistent


def _final(failure: AttemptFailed, outbound: Outbound) -> UpstreamError | DeadlinePassed:
    advice = "Try again in a while."
    if not outbound.is_repeatable:
        advice = "Whether it did what was asked is not known: look before you ask again."
    if failure.timed_out:
        _log.warning("Timeout contacting Discogs")
        message = f"Timeout contacting Discogs: it keeps silent. {advice}"
        return DeadlinePassed("no_answer", message)
    message = f"Discogs could not be reached, or its answer broke off. {advice}"
    return UpstreamError("unreachable", message)
