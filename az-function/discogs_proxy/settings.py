"""The proxy's settings: read once from the environment, validated, by name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from discogs_proxy import __version__, key_ring, state_address
from discogs_proxy.key_ring import ClientKey
from discogs_proxy.key_vault import is_reference
from discogs_proxy.settings_error import SettingsError
from discogs_proxy.state_address import Identity

API_PREFIX = "/api"
"""The route prefix of host.json; the proxy's own paths and links start with it."""

_ADDRESS = re.compile(
    r"https?://(?:[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.?|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?(?:/[\w.~%/-]*)?",
    re.ASCII,
)
_LARGEST_PORT = 65535
_DECIMAL = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,6})?", re.ASCII)
_WHOLE = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)
_MEGABYTES = re.compile(r"0|[1-9][0-9]{0,2}", re.ASCII)
_SHARE = re.compile(r"0(?:\.[0-9]{1,6})?|1(?:\.0{1,6})?")
_LIMIT_WITH_TOKEN, _LIMIT_WITHOUT = 60, 25
_SWITCH = {"": False, "false": False, "true": True}
_VISIBLE = re.compile(r"[!-~]+")
_VISIBLE_AND_BLANKS = re.compile(r"[ -~]{1,256}")
_CONNECTION_STRING = re.compile(
    r"(?:[^;]+;)*InstrumentationKey=[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:;[A-Za-z]+=[^;]*)*;?",
    re.ASCII | re.IGNORECASE,
)
_LONGEST_CONTACT = 200
# Azure's front end drops a call after 230 seconds, so no longer deadline can be kept.
_LONGEST_DEADLINE = 230.0


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a deployment can set."""

    discogs_token: str | None = field(repr=False)
    """None while it is missing or an unresolved Key Vault reference."""
    client_keys: tuple[ClientKey, ...] = field(repr=False)
    """Empty while X_API_KEY is missing or unresolved."""
    discogs_base_url: str
    user_agent: str
    public_base_url: str | None
    deadline_seconds: float
    allow_writes: bool
    """Whether callers may change what is on Discogs; off unless somebody switched it on."""
    rate_limit: int | None
    """Calls in a minute that Discogs is asked at most; None: as many as it says it takes."""
    cache_bytes: int
    """How much memory kept answers may take; 0 keeps none."""
    state_url: str | None = field(repr=False)
    """The Redis that instances share; it may hold a password. None: each is on its own."""
    drift_sample: float
    """The share of Discogs' answers that are compared with the description; 0 compares none."""
    state_identity: Identity | None
    """By what it lets the app in, if not by a password."""
    insights: str | None = field(repr=False)
    """The connection string of the Application Insights that telemetry goes to. None: it is off."""
    privacy_contact: str | None
    """Where the privacy page says that whoever operates the proxy can be reached."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read the settings; raise `SettingsError` on the first that cannot be used."""
        public = environment.get("PUBLIC_BASE_URL", "").strip()
        public_base_url = _url("PUBLIC_BASE_URL", public) if public else None
        state_url = _state_url(environment.get("STATE_URL", ""))
        base = environment.get("DISCOGS_BASE_URL", "").strip() or "https://api.discogs.com"
        return cls(
            discogs_token=_token(environment.get("DISCOGS_TOKEN", "")),
            client_keys=key_ring.read(environment.get("X_API_KEY", "")),
            discogs_base_url=_url("DISCOGS_BASE_URL", base),
            user_agent=_user_agent(environment.get("DISCOGS_USER_AGENT", ""), public_base_url),
            public_base_url=public_base_url,
            deadline_seconds=_deadline(environment.get("DEADLINE_SECONDS", "")),
            allow_writes=_switch("ALLOW_WRITES", environment.get("ALLOW_WRITES", "")),
            rate_limit=_rate_limit(environment.get("RATE_LIMIT_PER_MINUTE", "")),
            cache_bytes=_cache_bytes(environment.get("CACHE_MB", "")),
            drift_sample=_share("DRIFT_SAMPLE", environment.get("DRIFT_SAMPLE", "")),
            state_url=state_url,
            state_identity=state_address.read_identity(environment, state_url),
            insights=_insights(environment),
            privacy_contact=_contact(environment.get("PRIVACY_CONTACT", "")),
        )

    @property
    def kept_bytes(self) -> int:
        """The part of that memory for answers of Discogs."""
        return self.cache_bytes - self.presented_bytes

    @property
    def presented_bytes(self) -> int:
        """The part of it for what is made of those that are asked for most."""
        return self.cache_bytes // 4

    @property
    def first_rate_limit(self) -> int:
        """Calls in a minute, as long as Discogs has not said how many it takes."""
        usual = _LIMIT_WITH_TOKEN if self.discogs_token else _LIMIT_WITHOUT
        return min(usual, self.rate_limit or usual)

    @property
    def unresolved(self) -> tuple[str, ...]:
        """The names of the secrets that are missing or unresolved."""
        secrets = {"DISCOGS_TOKEN": self.discogs_token, "X_API_KEY": self.client_keys}
        return tuple(name for name, value in secrets.items() if not value)


def _token(text: str) -> str | None:
    token = text.strip()
    if not token or is_reference(token):
        return None
    if not _VISIBLE.fullmatch(token):
        raise SettingsError("DISCOGS_TOKEN may hold visible ASCII characters only.")
    return token


def _url(name: str, text: str) -> str:
    parts = _ADDRESS.fullmatch(text)
    if parts is None or not 0 < int(parts["port"] or 443) <= _LARGEST_PORT:
        raise SettingsError(
            f"{name} must be an address such as https://host, without user, query or fragment."
        )
    return text.rstrip("/")


def _user_agent(text: str, public_base_url: str | None) -> str:
    # Discogs asks for `Name/Version +URL` and may block what looks like somebody else's agent.
    default = f"DiscogsGateway/{__version__}"
    agent = text.strip() or (f"{default} +{public_base_url}" if public_base_url else default)
    if not _VISIBLE_AND_BLANKS.fullmatch(agent):
        raise SettingsError("DISCOGS_USER_AGENT must be 1 to 256 printable ASCII characters.")
    return agent


def _deadline(text: str) -> float:
    number = _DECIMAL.fullmatch(text.strip() or "40")
    if number is None or not 0 < float(number[0]) <= _LONGEST_DEADLINE:
        wanted = f"a number above 0, {_LONGEST_DEADLINE:g} at most"
        raise SettingsError(f"DEADLINE_SECONDS must be {wanted}.")
    return float(number[0])


def _rate_limit(text: str) -> int | None:
    if not text.strip():
        return None
    number = _WHOLE.fullmatch(text.strip())
    if number is None:
        raise SettingsError("RATE_LIMIT_PER_MINUTE must be a whole number from 1 to 9999.")
    return int(number[0])


def _cache_bytes(text: str) -> int:
    number = _MEGABYTES.fullmatch(text.strip() or "64")
    if number is None:
        raise SettingsError("CACHE_MB must be a whole number from 0 to 999.")
    return int(number[0]) * 1024 * 1024


def _state_url(text: str) -> str | None:
    return None if is_reference(text) else state_address.read_url(text)


def _share(name: str, text: str) -> float:
    number = _SHARE.fullmatch(text.strip() or "0.05")
    if number is None:
        raise SettingsError(f"{name} must be a number from 0 to 1, such as 0.05.")
    return float(number[0])


def _insights(environment: Mapping[str, str]) -> str | None:
    kind = environment.get("TELEMETRY", "").strip().lower()
    if not kind:
        return None
    if kind != "azure":
        raise SettingsError("TELEMETRY must be azure, or empty for none.")
    text = environment.get("APPLICATIONINSIGHTS_CONNECTION_STRING", "").strip()
    if not _CONNECTION_STRING.fullmatch(text):
        wanted = "an APPLICATIONINSIGHTS_CONNECTION_STRING like InstrumentationKey=…;…"
        raise SettingsError(f"TELEMETRY=azure needs {wanted}.")
    return text


def _contact(text: str) -> str | None:
    contact = text.strip()
    if len(contact) > _LONGEST_CONTACT or not contact.isprintable():
        most = f"{_LONGEST_CONTACT} printable characters at most"
        raise SettingsError(f"PRIVACY_CONTACT must be one line, {most}.")
    return contact or None


def _switch(name: str, text: str) -> bool:
    try:
        return _SWITCH[text.strip().lower()]
    except KeyError as error:
        raise SettingsError(f"{name} must be true or false.") from error
