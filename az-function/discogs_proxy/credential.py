"""The Discogs credential, added as the last step before the network."""

from dataclasses import replace

from discogs_proxy.exchange import Answer, Outbound, Send


def with_credential(send: Send, token: str | None) -> Send:
    """Wrap a send so that it carries the token; nothing further out ever sees it."""

    async def authorized(outbound: Outbound) -> Answer:
        headers = (*outbound.headers, ("Authorization", f"Discogs token={token}"))
        return await send(replace(outbound, headers=headers))

    return authorized
