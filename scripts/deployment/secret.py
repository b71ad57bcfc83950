"""Secrets on their way through a deployment: where they may be, and where they may not."""

import contextlib
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from discogs_proxy.settings import Settings
from discogs_proxy.settings_error import SettingsError

TOKEN, KEYS = "DISCOGS_TOKEN", "X_API_KEY"
"""The settings that are secrets; in the vault they have hyphens, which is all it takes."""

_SEPARATORS = re.compile("[,:]")
# What is shorter is a word such as `read`, and no secret of anybody.
_SHORTEST = 6


def name_in_vault(setting: str) -> str:
    """Return what a secret is called in the vault."""
    return setting.replace("_", "-")


def checked(setting: str, value: str) -> str:
    """Return the value as it is to be kept; raise SettingsError, naming it, for what is none."""
    _settings(setting, value)
    return value.strip()


def first_key(keys: str) -> str:
    """Return a key that a client may send, out of X_API_KEY as the app reads it."""
    return _settings(KEYS, keys).client_keys[0].key


def _settings(setting: str, value: str) -> Settings:
    settings = Settings.from_environment({setting: value})
    if setting in settings.unresolved:
        raise SettingsError(f"{setting} is no secret, but empty or a reference to one.")
    return settings


@contextlib.contextmanager
def lying_in_file(value: str) -> Iterator[str]:
    """Keep the value for a moment in a file that only its owner can read."""
    with tempfile.TemporaryDirectory(prefix="secret-") as folder:
        path = Path(folder) / "value"
        path.touch(mode=0o600)
        path.write_text(value, encoding="utf-8", newline="")
        yield str(path)


def environment_without(environment: Mapping[str, str], secrets: Iterable[str]) -> dict[str, str]:
    """Return what other programs may see: no variable that holds a secret, or is named as one.

    What was said to make on its command line is in a variable of make's own.
    """
    held = [secret for secret in secrets if secret]
    return {
        name: value
        for name, value in environment.items()
        if name not in {TOKEN, KEYS} and not any(secret in value for secret in held)
    }


def scrubbed(text: str, secrets: Iterable[str]) -> str:
    """Return the text without the secrets, whoever put them in; a list of keys is several."""
    parts = {part for secret in secrets for part in (secret, *_SEPARATORS.split(secret))}
    for part in sorted(parts, key=len, reverse=True):
        if len(part) >= _SHORTEST:
            text = text.replace(part, "(a secret)")
    return text
