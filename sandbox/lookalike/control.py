"""Let a program outside the process set the faults."""

import json

from sandbox.lookalike.answers import Answer, json_answer, refusal
from sandbox.lookalike.faults import BREAKAGES, Faults

PREFIX = "/_sandbox/"
MOST_TIMES = 1000


def control(method: str, path: str, body: bytes, faults: Faults) -> Answer:
    """Answer a request to the switches: GET lists them, POST adds one, DELETE clears all."""
    if path != f"{PREFIX}faults":
        return refusal(404, f"There is only {PREFIX}faults here.")
    if method not in ("GET", "HEAD", "POST", "DELETE"):
        allowed = {"allow": "GET, HEAD, POST, DELETE"}
        return refusal(405, f"Method {method} is not allowed for this resource.").having(allowed)
    try:
        if method == "POST":
            _add(body, faults)
    except ValueError as error:
        return refusal(400, str(error))
    if method == "DELETE":
        faults.clear()
    return json_answer({"faults": faults.waiting(), "known": list(BREAKAGES)})


def _add(body: bytes, faults: Faults) -> None:
    wish = json.loads(body)
    fault, times = (wish.get("fault"), wish.get("times", 1)) if isinstance(wish, dict) else ("", 1)
    if type(times) is not int or not 1 <= times <= MOST_TIMES:
        raise ValueError(f"times is a number from 1 to {MOST_TIMES}, not {times!r}")
    faults.add(str(fault), times)
