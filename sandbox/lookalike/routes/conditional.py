"""Spare callers an answer that they have already seen."""

from sandbox.lookalike.answers import Answer
from sandbox.lookalike.call import Call
from sandbox.lookalike.timestamps import http_date, is_since


def unless_known(answer: Answer, changed: str, call: Call) -> Answer:
    """Return the answer with its age, or a 304 for a caller who has seen it since."""
    dated = answer.having({"last-modified": http_date(changed)})
    asked = call.request.headers.get("if-modified-since")
    if asked is None or is_since(changed, asked):
        return dated
    return Answer(304, b"", dated.headers)
