"""The id under which a call is found again, and the log line it is found in."""

import json
import logging
import re
from collections.abc import Callable, Mapping

_log = logging.getLogger("discogs_proxy")
# W3C Trace Context, section 3.2: version, trace id, parent id, flags.
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*")
_NO_TRACE = "0" * 32


def trace_id(headers: Mapping[str, str], new_id: Callable[[], str]) -> str:
    """Return the caller's trace id where it sends a valid one, else a new one."""
    match = _TRACEPARENT.fullmatch(headers.get("traceparent", ""))
    return match[1] if match and match[1] != _NO_TRACE else new_id()


def log_call(fields: Mapping[str, str | int | float]) -> None:
    """Write the one line of a call; the fields are facts about it, never what was sent in it."""
    line = {"event": "discogs_proxy_call", **fields}
    _log.info("discogs_proxy: %s", json.dumps(line, separators=(",", ":")))
