"""What a new contract changes for callers, and what of it breaks them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from codegen.contract import Contract
from codegen.facts import access, is_same_place, route
from codegen.findings import Finder, Finding

Kind = Literal["removed", "added", "changed"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that callers of some operations meet."""

    kind: Kind
    operations: tuple[str, ...]
    where: str
    """The part of the operations; empty for the whole of them."""
    what: str
    breaks: bool
    """Whether a caller that was right until now may fail."""


def changes(old: Contract, new: Contract) -> list[Change]:
    """Compare two contracts; what several operations have in common is one change.

    First comes what is gone, last what is new.
    """
    before, after = old["operations"], new["operations"]
    names = {name: _name_before(name, operation, old, new) for name, operation in after.items()}
    kept = {name: former for name, former in names.items() if former is not None}
    gone = [name for name in before if name not in kept.values()]
    come = [name for name in after if name not in kept]
    return [
        *(Change("removed", (name,), "", route(before[name]), breaks=True) for name in gone),
        *_together(_found(kept, old, new)),
        *(Change("added", (name,), "", route(after[name]), breaks=False) for name in come),
    ]


def _name_before(
    name: str, operation: Mapping[str, Any], old: Contract, new: Contract
) -> str | None:
    """Return the id that an operation had, which is another one if it stands where it stood."""
    before = old["operations"]
    if name in before:
        return name
    free = (other for other in before if other not in new["operations"])
    return next((other for other in free if is_same_place(before[other], operation)), None)


def _found(names: Mapping[str, str], old: Contract, new: Contract) -> Iterator[tuple[str, Finding]]:
    finder = Finder(old["components"], new["components"])
    for what, breaks in access(old["security"], new["security"]):
        for name in names:
            yield name, Finding("", "", "", what, breaks)
    for name, former in names.items():
        if name != former:
            yield name, Finding("", "", "", f"was called {former}", breaks=True)
        for finding in finder.operation(old["operations"][former], new["operations"][name]):
            yield name, finding


def _together(found: Iterable[tuple[str, Finding]]) -> Iterator[Change]:
    """Make one change of what is said of several operations, or of several answers."""
    groups: dict[tuple[str, str, str, bool], list[tuple[str, str]]] = {}
    for operation, it in found:
        key = (it.part, it.place, it.what, it.breaks)
        groups.setdefault(key, []).append((operation, it.status))
    for (part, place, what, breaks), members in groups.items():
        operations = tuple(dict.fromkeys(operation for operation, _ in members))
        statuses = sorted({status for _, status in members if status})
        plural = "s" if len(statuses) > 1 else ""
        where = " ".join(filter(None, [f"{part}{plural}", ", ".join(statuses), place]))
        yield Change("changed", operations, where, what, breaks)
