"""What a language model is told before its first call."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from codegen.document import Document
from codegen.fault import DescriptionError
from codegen.ir import Api
from codegen.output import FOLDER
from codegen.render import render

_KEY = "x-proxy-instructions"
PLACE = f"{FOLDER}/gpt-action/instructions.md"
MOST_CHARACTERS = 8_000
"""GPT builders take no more."""


@dataclass(frozen=True, slots=True)
class Task:
    """Something that a user may want, and what is called for it."""

    when: str
    calls: str
    how: str


@dataclass(frozen=True, slots=True)
class Instructions:
    """The words that only the description can have; those about the face are the template's."""

    role: str
    tasks: tuple[Task, ...]
    always: tuple[str, ...]
    data: tuple[str, ...]
    dead_ends: tuple[str, ...]
    starters: tuple[str, ...]


def render_instructions(document: Document, api: Api) -> dict[str, str]:
    """Return the file, if the description has instructions and offers something to agents.

    Raise `DescriptionError` if they get longer than what is taken.
    """
    said = document.root.get(_KEY)
    if said is None or not api.offered:
        return {}
    text = render(
        api,
        "instructions.md.jinja",
        title=document.root["info"]["title"],
        instructions=_instructions(said),
        writes=", ".join(o.operation_id for o, agent in api.offered if agent.is_consequential),
    )
    if len(text) > MOST_CHARACTERS:
        message = f"the instructions have {len(text)} characters; {MOST_CHARACTERS} are taken"
        fault = document.fault("SPEC014", message, f"/{_KEY}", at_key=True)
        raise DescriptionError(document.source, [fault])
    return {PLACE: text}


def _instructions(said: Mapping[str, Any]) -> Instructions:
    return Instructions(
        role=_line(said["role"]),
        tasks=tuple(
            Task(_line(task["when"]), ", ".join(task["calls"]), _line(task.get("how", "")))
            for task in said["tasks"]
        ),
        always=_lines(said.get("always", ())),
        data=_lines(said.get("data", ())),
        dead_ends=_lines(said.get("dead_ends", ())),
        starters=_lines(said["starters"]),
    )


def _lines(texts: Any) -> tuple[str, ...]:  # noqa: ANN401 - a list of the description
    return tuple(map(_line, texts))


def _line(text: str) -> str:
    return " ".join(text.split())
