"""The Discogs credential, added as the last step before the network."""

from dataclasses import replace

from discogs_proxy.errors import SecretsUnresolved
from discogs_proxy.exchange import Answer, Outbound, Send

NOBODY = ""
"""In place of a token: Discogs is asked without one, on purpose. No setting can say so."""


def with_credential(send: Send, token: str | None) -> Send:
    """Wrap a send so that it carries the token; nothing further out ever sees it.

    Where the token is missing it raises `SecretsUnresolved`: Discogs is never asked as nobody by
    mistake.
    """
    if token == NOBODY:
        return send

    async def authorized(outbound: Outbound) -> Answer:
        if token is None:
            raise SecretsUnresolved("discogs_token", "DISCOGS_TOKEN is missing or unresolved.")
        headers = (*outbound.headers, ("Authorization", f"Discogs token={token}"))
        return await send(replace(outbound, headers=headers))

    return authorized
