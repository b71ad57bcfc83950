"""Recognise the caller by the credential of his request."""

import re
from collections.abc import Collection, Mapping
from typing import Literal

from sandbox.lookalike.request import Request

Tier = Literal["anonymous", "consumer", "user", "refused"]

PAIR = re.compile(r"(\w+)=([^,\s]*)")


def holders(tokens: Mapping[str, str] | Collection[str], owner: str) -> Mapping[str, str]:
    """Return whose each token is; tokens without a name are all the owner's."""
    return tokens if isinstance(tokens, Mapping) else dict.fromkeys(tokens, owner)


def tier_of(request: Request, tokens: Collection[str], consumers: Mapping[str, str]) -> Tier:
    """Return what the caller is: nobody, a program, a user, or someone with a bad credential."""
    given = credential(request)
    if "token" in given:
        return "user" if given["token"] in tokens else "refused"
    if "key" in given:
        known = consumers.get(given["key"])
        return "consumer" if known is not None and known == given.get("secret") else "refused"
    return "anonymous"


def credential(request: Request) -> Mapping[str, str]:
    """Return the parts of the caller's credential, from the header or else from the query."""
    scheme, _, rest = request.headers.get("authorization", "").partition(" ")
    return dict(PAIR.findall(rest)) if scheme.lower() == "discogs" else request.query
