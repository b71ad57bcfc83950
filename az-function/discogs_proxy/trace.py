"""The id under which a call is found again, and the log line it is found in."""

import logging
import re
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import orjson

_log = logging.getLogger("discogs_proxy")
# W3C Trace Context, section 3.2: version, trace id, parent id, flags. Version ff and ids of zeros
# are invalid, and only versions after 00 may have more to say.
_TRACEPARENT = re.compile(
    r"(?!ff|00.{54})[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?"
)
_MOST_PLACES = 20
"""Of a failure in the depth of a recursion, a thousand calls would all go into one line."""


class Caller(NamedTuple):
    """What a call belongs to on its caller's side, in hexadecimal digits."""

    trace_id: str
    span_id: str
    flags: str


def caller(headers: Mapping[str, str]) -> Caller | None:
    """Return what the caller says the call belongs to, if it is valid."""
    match = _TRACEPARENT.fullmatch(headers.get("traceparent", ""))
    return Caller(*match.groups()) if match else None


def trace_id(headers: Mapping[str, str], new_id: Callable[[], str]) -> str:
    """Return the caller's trace id where it sends a valid one, else a new one."""
    known = caller(headers)
    return known.trace_id if known else new_id()


def log_call(
    entity: str, status: int, seconds: float, trace_id: str, more: Mapping[str, str | int]
) -> None:
    """Write the one line of a call; it holds facts about the call, never what was sent in it."""
    line = {
        "event": "discogs_proxy_call",
        "entity": entity,
        "status": status,
        "elapsed_ms": round(seconds * 1000, 2),
        "trace_id": trace_id,
        **more,
    }
    _log.info("discogs_proxy: %s", orjson.dumps(line).decode())


def log_timeout() -> None:
    """Write that a call ended because Discogs did not answer in time."""
    _log.warning("Timeout contacting Discogs")


def log_failure(error: Exception, trace_id: str) -> None:
    """Write where an unexpected failure arose; its message may quote anything, so it stays out."""
    name = type(error).__name__
    _log.error("unexpected failure trace_id=%s error_type=%s at=%s", trace_id, name, places(error))


def places(error: Exception) -> str:
    """Return where in the code a failure arose, the innermost place first."""
    frames = reversed(traceback.extract_tb(error.__traceback__, limit=-_MOST_PLACES))
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
