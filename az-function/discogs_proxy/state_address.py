"""Where the state is that instances share, and who they are to it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from discogs_proxy.settings_error import SettingsError

_URL = re.compile(
    r"rediss?://(?P<login>[^\s:@/]*:[^\s@/]+@)?[\w.-]+(?::[0-9]{1,5})?(?:/[0-9]{1,2})?", re.ASCII
)
_GUID = r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
_IDENTITY = re.compile(rf"(?P<object>{_GUID})(?::(?P<client>{_GUID}))?")


@dataclass(frozen=True)
class Identity:
    """The app's own identity in Microsoft Entra, and where it gets tokens for it."""

    object_id: str
    """Who it is to Redis."""
    client_id: str | None
    """Which of the app's identities it is; None: the one that is the app's alone."""
    endpoint: str
    secret: str = field(repr=False)
    """What lets the app in at the endpoint."""


def read_url(text: str) -> str | None:
    """Read STATE_URL; raise `SettingsError` for what is no address of a Redis."""
    url = text.strip()
    if not url:
        return None
    if not _URL.fullmatch(url):
        raise SettingsError("STATE_URL must be like rediss://:password@host:6380/0.")
    return url


def read_identity(environment: Mapping[str, str], url: str | None) -> Identity | None:
    """Read STATE_IDENTITY, which takes the place of a password."""
    text = environment.get("STATE_IDENTITY", "").strip()
    if not text or url is None:
        return None
    ids = _IDENTITY.fullmatch(text)
    if ids is None:
        raise SettingsError("STATE_IDENTITY must be an object id, or object id:client id.")
    address = _URL.fullmatch(url)
    # A token is as good as a password, and goes nowhere in the clear.
    if not url.startswith("rediss://") or address is None or address["login"]:
        raise SettingsError("STATE_IDENTITY needs a STATE_URL like rediss://host:10000, no login.")
    # Azure sets both where the app has an identity.
    endpoint, secret = (environment.get(f"IDENTITY_{each}", "") for each in ("ENDPOINT", "HEADER"))
    if not endpoint or not secret:
        raise SettingsError("STATE_IDENTITY needs the app to have a managed identity in Azure.")
    return Identity(ids["object"], ids["client"], endpoint, secret)
