"""Everything between the gateway and Discogs, in its order."""

from collections.abc import Awaitable, Callable
from hashlib import sha256

from discogs_proxy.caching import Caching
from discogs_proxy.circuit_breaking import with_circuit, with_door
from discogs_proxy.concurrency import with_concurrency
from discogs_proxy.credential import with_credential
from discogs_proxy.deadline import with_deadline
from discogs_proxy.exchange import Send
from discogs_proxy.pacing import Pacing, with_meter
from discogs_proxy.retry import Retry
from discogs_proxy.settings import Settings
from discogs_proxy.state import State
from discogs_proxy.verdict import with_verdict

CONCURRENT_CALLS = 32
"""A client's cost for each call grows with its connections, and Discogs takes 60 calls a minute."""


def chain(
    network: Send,
    settings: Settings,
    state: State,
    *,
    clock: Callable[[], float],
    sleep: Callable[[float], Awaitable[None]],
    random: Callable[[], float],
) -> Send:
    """Wrap the network: the deadline outermost, the credential innermost."""
    send = with_credential(network, settings.discogs_token)
    send = with_meter(send, clock)
    send = with_verdict(send)
    # Inside all queues, so that what counts is what was sent; its door is outside of them.
    send = with_circuit(send, state.circuit, clock)
    send = with_concurrency(send, CONCURRENT_CALLS)
    send = Pacing(send, state.budget, clock)
    send = with_door(send, state.circuit)
    send = Retry(send, sleep, random, clock)
    # Whoever asks first is not the last to wait: the work has a deadline, and each caller has one.
    send = with_deadline(send, settings.deadline_seconds, clock)
    send = Caching(send, state.cache, owner(settings), clock)
    return with_deadline(send, settings.deadline_seconds, clock)


def owner(settings: Settings) -> str:
    """Return what tells answers for one credential from those for another."""
    return sha256((settings.discogs_token or "").encode()).hexdigest()[:16]
