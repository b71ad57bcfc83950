"""A stand-in."""

from typing import NamedTuple

from discogs_proxy.view import View


class Projected(NamedTuple):
    """What is shown of a body, and where it surprised."""

    value: object
    surprises: tuple[str, ...]


def project(body: object, view: View, groups: frozenset[str]) -> Projected:
    """Keep the fields of a view."""
    if not isinstance(body, dict):
        return Projected(body, ("",))
    names = {f.name for f in view.fields if f.group is None or f.group in groups}
    return Projected({name: value for name, value in body.items() if name in names}, ())
