"""The state that instances share, and what becomes of it while it cannot be reached.

No call ever waits for the store or fails by it: each decision has fifty milliseconds, and is made
by the instance alone when they are over. What the instance knows is kept up to date all the while.
"""

from discogs_proxy.shared_budget import SharedBudget
from discogs_proxy.shared_cache import SharedCache
from discogs_proxy.shared_circuit import SharedCircuit
from discogs_proxy.shared_quotas import SharedQuotas
from discogs_proxy.state import State
from discogs_proxy.store_link import Link


def shared_state(link: Link, remote: State, local: State) -> State:
    """Return the state of an instance that knows of others."""
    return State(
        SharedBudget(link, remote.budget, local.budget),
        SharedCircuit(link, remote.circuit, local.circuit),
        SharedCache(link, remote.cache, local.cache),
        SharedQuotas(link, remote.quotas, local.quotas),
    )
