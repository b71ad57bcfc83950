"""Who may use the proxy: callers that send one of its client keys."""

import hmac
from collections.abc import Mapping

from discogs_proxy.errors import SecretsUnresolved, Unauthorized
from discogs_proxy.settings import Settings

HEADER = "x-api-key"


def require(settings: Settings, headers: Mapping[str, str]) -> None:
    """Let the call through only with a client key, and only when all secrets are resolved.

    Raise `Unauthorized` or `SecretsUnresolved`. No secret resolved means nobody gets in.
    """
    if not settings.client_keys:
        raise _unresolved("X_API_KEY")
    given = headers.get(HEADER)
    if given is None:
        raise Unauthorized("client_key_missing", f"Send your client key in the {HEADER} header.")
    if not _is_known(given, settings.client_keys):
        message = f"The client key in the {HEADER} header is not one of this proxy's."
        raise Unauthorized("client_key_unknown", message)
    if settings.discogs_token is None:
        raise _unresolved("DISCOGS_TOKEN")


def _is_known(given: str, keys: tuple[str, ...]) -> bool:
    # Every key is compared, so that the time taken tells nothing about which one was near.
    matches = [hmac.compare_digest(given.encode(), key.encode()) for key in keys]
    return any(matches)


def _unresolved(name: str) -> SecretsUnresolved:
    message = (
        f"{name} is not set, or its Key Vault reference is not resolved yet. "
        "Whoever runs this proxy has to set it."
    )
    return SecretsUnresolved(name.lower(), message)
