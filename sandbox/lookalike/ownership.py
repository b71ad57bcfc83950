"""Decide who may see and change what."""

from collections.abc import Mapping
from typing import TypeVar

from sandbox.lookalike.answers import RefusalError
from sandbox.lookalike.call import Call
from sandbox.lookalike.memory.people import User
from sandbox.lookalike.memory.shelf import Owned
from sandbox.lookalike.record import Release
from sandbox.lookalike.router import NOT_FOUND

Thing = TypeVar("Thing")
Possession = TypeVar("Possession", bound=Owned)

NO_SUCH_USER = "User does not exist or may have been deleted."
NO_SUCH_RELEASE = "That release does not exist or may have been deleted."
UNKNOWN_CALLER = "You must authenticate to access this resource."
NOT_YOURS = "You don't have permission to access this resource."
HIDDEN = (
    "You are not allowed to view this resource. "
    "Please authenticate as the owner to view this content."
)


def signed_in(call: Call) -> User:
    """Return the user who calls, or refuse a caller who is nobody."""
    if call.caller is None:
        raise RefusalError(401, UNKNOWN_CALLER)
    return call.caller


def named_user(call: Call) -> User:
    """Return the user whom the path names, or refuse."""
    user = call.memory.users.get(call.names["username"])
    if user is None:
        raise RefusalError(404, NO_SUCH_USER)
    return user


def is_owner(call: Call, username: str) -> bool:
    """Tell whether the caller is the user of this name."""
    return call.caller is not None and call.caller.username == username


def owner(call: Call) -> User:
    """Return the user whom the path names if it is he who calls, or refuse the change."""
    caller, user = signed_in(call), named_user(call)
    if caller.username != user.username:
        raise RefusalError(403, NOT_YOURS)
    return user


def shown(call: Call, user: User, *, is_public: bool) -> User:
    """Return the user if the caller may see what he has, or refuse the view."""
    if not (is_public or is_owner(call, user.username)):
        raise RefusalError(403, HIDDEN)
    return user


def own(call: Call, thing: Possession | None) -> Possession:
    """Return a thing that the caller may change, or refuse."""
    caller = signed_in(call)
    if thing is None:
        raise RefusalError(404, NOT_FOUND)
    if thing.owner != caller.username:
        raise RefusalError(403, NOT_YOURS)
    return thing


def release_of(call: Call, message: str = NO_SUCH_RELEASE) -> Release:
    """Return the release that the path names, or refuse in the words of the place."""
    return found(call.catalogue.releases, call.number("release_id"), message)


def found(things: Mapping[int, Thing], thing_id: int, message: str) -> Thing:
    """Return a thing by its number, or refuse."""
    if thing_id not in things:
        raise RefusalError(404, message)
    return things[thing_id]
