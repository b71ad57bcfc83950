"""The client keys that X_API_KEY lists."""

import re
from dataclasses import dataclass, field

from discogs_proxy.key_vault import is_reference
from discogs_proxy.settings_error import SettingsError

_CLIENT_KEY = re.compile(
    r"(?:(?P<name>[\w.-]{1,32}):)?(?P<key>[^:]+)"
    r"(?::(?P<rights>read|write)(?::(?P<quota>[1-9][0-9]{0,3}))?)?",
    re.ASCII,
)
_VISIBLE = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class ClientKey:
    """A secret that lets somebody in, and what that somebody may do."""

    name: str
    """Who it is, for the log."""
    key: str = field(repr=False)
    may_write: bool = True
    quota: int | None = None
    """Calls in a minute; None: no limit of its own."""


def read(text: str) -> tuple[ClientKey, ...]:
    """Read X_API_KEY; raise `SettingsError` for what is no list of keys; none while unresolved."""
    entries = [entry.strip() for entry in text.split(",") if entry.strip()]
    if any(is_reference(entry) for entry in entries):
        return ()
    return tuple(_client_key(number, entry) for number, entry in enumerate(entries, start=1))


def _client_key(number: int, entry: str) -> ClientKey:
    """Read `key`, `name:key`, `name:key:read` or `name:key:read:30`."""
    parts = _CLIENT_KEY.fullmatch(entry)
    if not _VISIBLE.fullmatch(entry):
        raise SettingsError(f"X_API_KEY: key {number} may hold visible ASCII characters only.")
    if parts is None:
        form = "key, name:key, name:key:read or name:key:write:30 (calls a minute)"
        raise SettingsError(
            f"X_API_KEY: key {number} must be {form}; the key itself holds no colon."
        )
    quota = int(parts["quota"]) if parts["quota"] else None
    name = parts["name"] or f"key-{number}"
    return ClientKey(name, parts["key"], may_write=parts["rights"] != "read", quota=quota)
