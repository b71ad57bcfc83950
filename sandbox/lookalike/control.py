"""Let a program outside the process set faults, make lists and bring everything back."""

import json

from sandbox.lookalike import control_lists
from sandbox.lookalike.answers import Answer, RefusalError, json_answer, no_content, refusal
from sandbox.lookalike.command import Command, Controls
from sandbox.lookalike.faults import BREAKAGES, Faults
from sandbox.lookalike.request import Request
from sandbox.lookalike.router import Router

PREFIX = "/_sandbox/"
MOST_TIMES = 1000


def control(request: Request, controls: Controls) -> Answer:
    """Answer a request to the switches, which stand outside of all limits and faults."""
    try:
        route, names = ROUTER.find(request.method, request.path)
        return route(Command(request, names, controls))
    except RefusalError as error:
        return error.answer
    except ValueError as error:
        return refusal(400, str(error))


def _faults(command: Command) -> Answer:
    waiting = command.controls.faults.waiting()
    return json_answer({"faults": waiting, "known": list(BREAKAGES)})


def _add_fault(command: Command) -> Answer:
    _add(command.request.body, command.controls.faults)
    return _faults(command)


def _clear_faults(command: Command) -> Answer:
    command.controls.faults.clear()
    return _faults(command)


def _reset(command: Command) -> Answer:
    command.controls.reset()
    return no_content()


def _add(body: bytes, faults: Faults) -> None:
    wish = json.loads(body)
    fault, times = (wish.get("fault"), wish.get("times", 1)) if isinstance(wish, dict) else ("", 1)
    if type(times) is not int or not 1 <= times <= MOST_TIMES:
        raise ValueError(f"times is a number from 1 to {MOST_TIMES}, not {times!r}")
    faults.add(str(fault), times)


ROUTER = Router(
    (
        ("GET", f"{PREFIX}faults", _faults),
        ("POST", f"{PREFIX}faults", _add_fault),
        ("DELETE", f"{PREFIX}faults", _clear_faults),
        ("POST", f"{PREFIX}reset", _reset),
        ("POST", f"{PREFIX}lists", control_lists.create),
        ("POST", f"{PREFIX}lists/{{list_id}}", control_lists.change),
        ("DELETE", f"{PREFIX}lists/{{list_id}}", control_lists.delete),
    )
)
