"""What is asked of a deployed proxy, and how: it has a real account and a real budget.

Only what everybody may read of Discogs, by ids that are known there, at a pace that leaves some of
the budget to others; what comes is kept in a folder. The owner's own orders, exports and uploads
are left alone: they would be in that folder.
"""

import os
import re
import shutil
from collections.abc import Mapping

from scripts.deployment import commands, secret
from scripts.deployment.az import Az

CONFIG = "tests/contract/deployed.toml"
REPORTS = "build/contract"
_PACE = "50/m"
_EXAMPLES = "3"
_KNOWN = {
    "artist_id": "3840",
    "currency": "USD",
    "folder_id": "0",
    "label_id": "1",
    "list_id": "15345",
    "listing_id": "172723812",
    "master_id": "1000",
    "price": "10.00",
    "release_id": "249504",
    "username": "rodneyfool",
}
_PAIR = re.compile(r"(\w+)=(\S+)")


def options(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return how schemathesis is to go about it; `{face}` stands for the face that is asked."""
    return (
        *("--include-method", "GET", "--exclude-by", "/x-proxy-needs == owner"),
        *("--rate-limit", environment.get("RATE_LIMIT") or _PACE),
        *("--max-examples", environment.get("MAX_EXAMPLES") or _EXAMPLES),
        *("--report", "junit,har", "--report-dir", environment.get("REPORTS") or REPORTS),
        *("--report-junit-path", _report(environment, "{face}.junit.xml")),
        *("--report-har-path", _report(environment, "{face}.har")),
    )


def known(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the values that its configuration file reads; KNOWN="username=me" says others."""
    said = dict(_PAIR.findall(environment.get("KNOWN", "")))
    return {f"KNOWN_{name.upper()}": said.get(name, value) for name, value in _KNOWN.items()}


def client_key(environment: Mapping[str, str], read: Az | None = None) -> str:
    """Return the key given as API_KEY, or the first one in the vault named by VAULT, or nothing."""
    key = environment.get("API_KEY", "")
    vault = environment.get("VAULT", "")
    if key or not vault:
        return key
    az = read or Az(environment.get("AZ") or shutil.which("az") or "az", dict(os.environ))
    return secret.first_key(az.read(commands.read_secret(vault, secret.name_in_vault(secret.KEYS))))


def _report(environment: Mapping[str, str], name: str) -> str:
    return f"{environment.get('REPORTS') or REPORTS}/{name}"
