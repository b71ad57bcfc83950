"""What callers with a client key may do."""

from discogs_proxy.errors import WritesDisabled
from discogs_proxy.key_ring import ClientKey
from discogs_proxy.operation import Operation
from discogs_proxy.settings import Settings


def require(settings: Settings, key: ClientKey, operation: Operation) -> None:
    """Raise `WritesDisabled` for an operation that changes something where that is not allowed."""
    if operation.method == "GET":
        return
    if not settings.allow_writes:
        message = (
            "This proxy only reads; nothing was changed. "
            "Whoever runs it can allow changes with ALLOW_WRITES=true."
        )
        raise WritesDisabled("allow_writes", message)
    if not key.may_write:
        raise WritesDisabled("key_only_reads", "This client key only reads; nothing was changed.")
