"""Tokens of the app's own identity, from where Azure gives them out to it."""

from dataclasses import dataclass, field
from http import HTTPStatus

import httpx
import orjson

from discogs_proxy.state_address import Identity

_VERSION = "2019-08-01"
_PATIENCE_SECONDS = 5.0


class TokenRefused(Exception):
    """Azure gave no token; the message holds its status and nothing else of its answer."""


@dataclass(frozen=True, slots=True)
class Token:
    """What proves the identity for a while."""

    text: str = field(repr=False)
    ends: float
    """Seconds since 1970, by the wall clock."""


async def token(
    identity: Identity, resource: str, transport: httpx.AsyncBaseTransport | None = None
) -> Token:
    """Get a token for a resource; raise whatever goes wrong on the way."""
    asked = {"api-version": _VERSION, "resource": resource}
    if identity.client_id is not None:
        asked["client_id"] = identity.client_id
    async with httpx.AsyncClient(
        trust_env=False, timeout=_PATIENCE_SECONDS, transport=transport
    ) as client:
        answer = await client.get(
            identity.endpoint, params=asked, headers={"X-IDENTITY-HEADER": identity.secret}
        )
    if answer.status_code != HTTPStatus.OK:
        raise TokenRefused(f"status {answer.status_code}")
    said = orjson.loads(answer.content)
    return Token(said["access_token"], float(said["expires_on"]))
