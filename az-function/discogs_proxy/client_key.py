"""Who may use the proxy: callers that send one of its client keys."""

import hmac
from collections.abc import Mapping
from math import ceil

from discogs_proxy.errors import RateLimited, SecretsUnresolved, Unauthorized
from discogs_proxy.key_ring import ClientKey
from discogs_proxy.settings import Settings
from discogs_proxy.state import QuotaState

HEADER = "x-api-key"


def require(settings: Settings, headers: Mapping[str, str]) -> ClientKey:
    """Return the client key of a call, and only when all secrets are resolved.

    Raise `Unauthorized` or `SecretsUnresolved`. No secret resolved means nobody gets in.
    """
    if not settings.client_keys:
        raise _unresolved("X_API_KEY")
    given = headers.get(HEADER)
    if given is None:
        raise Unauthorized("client_key_missing", f"Send your client key in the {HEADER} header.")
    found = _find(given, settings.client_keys)
    if found is None:
        message = f"The client key in the {HEADER} header is not one of this proxy's."
        raise Unauthorized("client_key_unknown", message)
    if settings.discogs_token is None:
        raise _unresolved("DISCOGS_TOKEN")
    return found


async def spend(key: ClientKey, quotas: QuotaState) -> None:
    """Count a call of a key; raise `RateLimited` when it made all that it may."""
    if key.quota is None:
        return
    wait = await quotas.spend(key.name, key.quota)
    if wait > 0:
        seconds = max(1, ceil(wait))
        message = (
            f"This client key may make {key.quota} calls a minute; ask again in {seconds} seconds."
        )
        raise RateLimited("key_quota_spent", message, retry_after=seconds)


def _find(given: str, keys: tuple[ClientKey, ...]) -> ClientKey | None:
    # Every key is compared, so that the time taken tells nothing about which one was near.
    matches = [hmac.compare_digest(given.encode(), key.key.encode()) for key in keys]
    return keys[matches.index(True)] if any(matches) else None


def _unresolved(name: str) -> SecretsUnresolved:
    message = (
        f"{name} is not set, or its Key Vault reference is not resolved yet. "
        "Whoever runs this proxy has to set it."
    )
    return SecretsUnresolved(name.lower(), message)
