"""What callers with a client key may do."""

from discogs_proxy.errors import WritesDisabled
from discogs_proxy.operation import Operation
from discogs_proxy.settings import Settings


def require(settings: Settings, operation: Operation) -> None:
    """Raise `WritesDisabled` for an operation that changes something while writes are off."""
    if operation.method != "GET" and not settings.allow_writes:
        message = (
            "This proxy only reads; nothing was changed. "
            "Whoever runs it can allow changes with ALLOW_WRITES=true."
        )
        raise WritesDisabled("allow_writes", message)
