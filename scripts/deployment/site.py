"""The deployed proxy as its callers see it: its health, and one real call."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

ARTIST = 3840
"""Asked for to see that everything works together; everybody may know it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came; status 0 means that nothing did."""

    status: int
    body: bytes


Get = Callable[[str, Mapping[str, str]], Reply]

WELL, UNRESOLVED, STARTING = "ok", "secrets_unresolved", "starting"


def health(reply: Reply) -> str:
    """Return how the proxy is; whatever is no word of its own is a host that is starting."""
    try:
        report = json.loads(reply.body)
    except ValueError:
        return STARTING
    known = isinstance(report, dict) and report.get("status") in {WELL, UNRESOLVED}
    return str(report["status"]) if known else STARTING


def unresolved(reply: Reply) -> list[str]:
    """Return the settings that the proxy cannot read."""
    settings = json.loads(reply.body)["settings"]
    return [name for name, state in settings.items() if state != "resolved"]


def complaint(reply: Reply) -> str:
    """Say what is wrong with the answer to a real call; nothing, if nothing is."""
    try:
        answer = json.loads(reply.body)
    except ValueError:
        return f"The answer has status {reply.status} and is no JSON."
    if reply.status == 200 and answer.get("id") == ARTIST:  # noqa: PLR2004 - it is HTTP's
        return ""
    said = {name: answer[name] for name in ("error", "reason", "message") if name in answer}
    return f"The answer has status {reply.status}: {json.dumps(said)}"
