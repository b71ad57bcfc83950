"""Read the settings files of a function app folder and give the process its surroundings."""

import json
import os
import sys
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox.host.errors import HostError

_DISABLE_HOMEPAGE = "AzureWebJobsDisableHomepage"


@dataclass(frozen=True)
class HttpSettings:
    """Hold what host.json says about HTTP."""

    route_prefix: str
    custom_headers: Mapping[str, str]


def read_http_settings(script_root: Path) -> HttpSettings:
    """Read host.json; the host makes do with its defaults where the file or a key is missing."""
    http = _read_json(script_root / "host.json").get("extensions", {}).get("http", {})
    return HttpSettings(http.get("routePrefix", "api"), http.get("customHeaders", {}))


def apply_local_settings(script_root: Path, environment: MutableMapping[str, str]) -> None:
    """Add what local.settings.json has for the environment; what is set there already wins."""
    values = _read_json(script_root / "local.settings.json").get("Values", {})
    for name, value in values.items():
        environment[name] = environment.get(name) or str(value)


def enter_script_root(script_root: Path) -> None:
    """Make the folder importable and current."""
    if str(script_root) not in sys.path:
        sys.path.insert(0, str(script_root))
    os.chdir(script_root)


def script_name() -> str:
    """Return the name of the file that holds the function app."""
    return os.environ.get("PYTHON_SCRIPT_FILE_NAME", "function_app.py")


def has_homepage() -> bool:
    """Tell whether `/` shows the homepage where no function answers it."""
    return os.environ.get(_DISABLE_HOMEPAGE, "").lower() != "true"


def _read_json(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        settings: dict[str, Any] = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise HostError(f"{path}: {error}") from error
    return settings
