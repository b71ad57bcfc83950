"""The state in Redis, put together; loaded only where it is used."""

from discogs_proxy.redis_budget import RedisBudget
from discogs_proxy.redis_cache import RedisCache
from discogs_proxy.redis_circuit import RedisCircuit
from discogs_proxy.redis_quotas import RedisQuotas
from discogs_proxy.redis_store import Store
from discogs_proxy.settings import Settings
from discogs_proxy.shared_state import shared_state
from discogs_proxy.state import State
from discogs_proxy.store_link import Link


def open_state(store: Store, settings: Settings, link: Link, local: State) -> State:
    """Return the state in Redis, and the instance's own for when that cannot be reached."""
    remote = State(
        RedisBudget(store, settings), RedisCircuit(store), RedisCache(store), RedisQuotas(store)
    )
    return shared_state(link, remote, local)
