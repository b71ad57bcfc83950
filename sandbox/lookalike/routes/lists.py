"""Answer for the lists of users."""

from sandbox.lookalike.answers import Answer, RefusalError, json_answer
from sandbox.lookalike.call import Call
from sandbox.lookalike.ownership import is_owner, named_user, shown
from sandbox.lookalike.paging import paged
from sandbox.lookalike.router import NOT_FOUND
from sandbox.lookalike.shapes.lists import list_body, list_row


def lists(call: Call) -> Answer:
    """Return the lists of a user; others see only the public ones."""
    user = named_user(call)
    is_own = is_owner(call, user.username)
    rows = [each for each in call.memory.lists.of(user.username) if each.is_public or is_own]
    return paged(call.request, "lists", rows, lambda each: list_row(each, call.view))


def list_(call: Call) -> Answer:
    """Return one list, if it is public or the caller's own."""
    each = call.memory.lists.get(call.number("list_id"))
    if each is None:
        raise RefusalError(404, NOT_FOUND)
    user = call.memory.users.known(each.owner)
    shown(call, user, is_public=each.is_public)
    return json_answer(list_body(each, user, call.view))
