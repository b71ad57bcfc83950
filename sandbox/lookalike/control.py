"""Let a program outside the process set faults, make lists and bring everything back."""

from sandbox.lookalike import control_lists
from sandbox.lookalike.answers import Answer, RefusalError, json_answer, no_content
from sandbox.lookalike.command import Command, Controls
from sandbox.lookalike.faults import BREAKAGES
from sandbox.lookalike.payload import invalid, not_among, read_payload
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


def _faults(command: Command) -> Answer:
    waiting = command.controls.faults.waiting()
    return json_answer({"faults": waiting, "known": list(BREAKAGES)})


def _add_fault(command: Command) -> Answer:
    payload = read_payload(command.request.body)
    fault, times = payload.choice("fault", BREAKAGES), payload.integer("times")
    if fault is None:
        raise not_among("fault", BREAKAGES)
    times = 1 if times is None else times
    if not 1 <= times <= MOST_TIMES:
        raise invalid("times", f"expected 1 to {MOST_TIMES}")
    command.controls.faults.add(fault, times)
    return _faults(command)


def _clear_faults(command: Command) -> Answer:
    command.controls.faults.clear()
    return _faults(command)


def _reset(command: Command) -> Answer:
    command.controls.reset()
    return no_content()


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
