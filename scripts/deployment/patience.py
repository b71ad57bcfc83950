"""Trying again what may work a little later, so often and no more."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from scripts.deployment.az import AzFailed

_Result = TypeVar("_Result")

ROLES = (5, 10, 15, *[30] * 19)
"""Seconds between tries; a role is around everywhere within ten minutes."""
CONFLICTS = (15, 30, *[60] * 14)
"""A deployment of a proxy ends within a quarter of an hour."""
START = (*[10] * 30, *[20] * 15)
"""A first start reads secrets, and a new role of the app is needed for that: ten minutes."""


def persist(
    attempt: Callable[[], _Result],
    is_passing: Callable[[str], bool],
    delays: Iterable[float],
    wait: Callable[[float, str], None],
) -> _Result:
    """Return what an attempt brings; raise its failure when it stays or time is up."""
    for delay in delays:
        try:
            return attempt()
        except AzFailed as failure:
            if not is_passing(str(failure)):
                raise
            wait(delay, str(failure))
    return attempt()
