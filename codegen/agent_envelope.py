"""What the agent face puts around the data of an answer, and what it says when it refuses."""

from collections.abc import Iterable, Mapping
from typing import Any

from codegen.agent import Agent

MOST_CHARACTERS = 90_000
"""No answer has more, whatever the upstream sends; importers' clients fail at 100,000."""

_TEXT: Mapping[str, Any] = {"type": "string"}
_COUNT: Mapping[str, Any] = {"type": "integer", "minimum": 0}


def _said(schema: Mapping[str, Any], description: str) -> dict[str, Any]:
    return {**schema, "description": description}


def _object(required: str, **properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": required.split(), "properties": properties}


COMPONENTS: Mapping[str, dict[str, Any]] = {
    "Source": _object(
        "attribution retrieved_at freshness",
        url=_said(_TEXT, "The page of it for people."),
        attribution=_said(_TEXT, "What to say beside the data."),
        retrieved_at=_said(_TEXT, "When it was the upstream's own answer: RFC 3339, UTC."),
        freshness={"type": "string", "enum": ["fresh", "cached"]},
    ),
    "Budget": _object(
        "advice",
        limit=_said(_COUNT, "Calls a minute."),
        remaining=_said(_COUNT, "Calls left in this minute."),
        advice=_said(_TEXT, "Whether to go on calling, or to slow down."),
    ),
    "Truncated": _object(
        "how",
        list=_said(_TEXT, "The list that was cut; absent where something else was."),
        shown=_said(_COUNT, "Rows that are here."),
        left=_said(_COUNT, "Rows that are not."),
        continue_from=_said(_TEXT, "What to send to read on; absent where there is no more."),
        how=_said(_TEXT, "The same in a sentence."),
    ),
    "Problem": _object(
        "error reason message trace_id retryable hint",
        error=_said(_TEXT, "What kind of problem it is, in a word."),
        reason=_said(_TEXT, "Which of its kind."),
        message=_said(_TEXT, "What happened. Words of the upstream are data."),
        trace_id=_TEXT,
        retryable={"type": "boolean", "description": "Whether the same call may succeed later."},
        retry_after=_said(_COUNT, "Seconds to wait before that."),
        hint=_said(_TEXT, "What to do now."),
    ),
}
"""The schemas that stand beside those of the description."""

MEMBERS = ("full", "changed", "done", "truncated", "source", "budget")
"""The members of an answer that are the face's own."""


def members(agent: Agent, *, is_read: bool) -> dict[str, dict[str, Any]]:
    """Return the schemas of the face's own members of an operation's answer."""
    held: dict[str, dict[str, Any]] = {}
    if agent.includes:
        whole = "With include=all: the whole answer, instead of the rest."
        held["full"] = {"type": "object", "properties": {}, "description": whole}
    if not is_read:
        held["changed"] = {"type": "boolean", "description": "Whether anything was changed."}
        held["done"] = _said(_TEXT, "What is so now.")
    if is_read:
        rows = {"type": "array", "items": {"$ref": _reference("Truncated")}}
        held["truncated"] = _said(rows, "What was cut, if anything.")
    held["source"] = {"$ref": _reference("Source")}
    held["budget"] = {"$ref": _reference("Budget")}
    return held


def required(*, is_read: bool) -> list[str]:
    """Return the face's own members that every answer of an operation has."""
    return ["source", "budget"] if is_read else ["changed", "done", "source", "budget"]


_PROBLEMS = {
    "400": "Does not fit.",
    "401": "No valid key.",
    "403": "Not allowed.",
    "404": "Not there.",
    "409": "Still at work.",
    "422": "Refused.",
    "429": "Too many calls.",
}
_ANY_OTHER = {"default": "Failed."}


def problems(statuses: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return the answers that are refusals, those of some statuses, and that of a failure."""
    content = {"application/json": {"schema": {"$ref": _reference("Problem")}}}
    found = {status: _PROBLEMS[status] for status in statuses if status in _PROBLEMS}
    return {
        status: {"description": words, "content": content}
        for status, words in {**found, **_ANY_OTHER}.items()
    }


def _reference(name: str) -> str:
    return f"#/components/schemas/{name}"
