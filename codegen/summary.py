"""What a generation means for callers, in a few lines."""

from collections.abc import Iterator, Sequence

from codegen.changes import Change, changes
from codegen.contract import read_contract
from codegen.wording import count

_KINDS = ("added", "removed", "changed")
_NOTHING = "For callers nothing changed."
_MOST_NAMED = 3
_MOST_HARMLESS = 30


def summary(before: str | None, after: str) -> str:
    """Say what the text of a contract changes for callers of the one before."""
    if before == after:
        return f"{_NOTHING}\n"
    old, new = read_contract(before or ""), read_contract(after)
    if old is None or new is None:
        why = (
            "there is no earlier contract"
            if before is None
            else "the earlier contract cannot be read"
        )
        return f"For callers nothing was compared: {why}.\n"
    return "".join(f"{line}\n" for line in _lines(changes(old, new)))


def _lines(found: Sequence[Change]) -> Iterator[str]:
    if not found:
        yield _NOTHING
        return
    counts = ", ".join(f"{_operations(found, kind)} {kind}" for kind in _KINDS)
    broken = count(sum(change.breaks for change in found), "change")
    yield f"For callers: operations {counts}; {broken} may break them."
    left = _MOST_HARMLESS
    for change in found:
        left -= not change.breaks
        if change.breaks or left >= 0:
            yield _line(change)
    if left < 0:
        yield f"  … and {-left} more that may not"


def _operations(found: Sequence[Change], kind: str) -> int:
    return len({name for change in found if change.kind == kind for name in change.operations})


def _line(change: Change) -> str:
    names = ", ".join(change.operations[:_MOST_NAMED])
    more = len(change.operations) - _MOST_NAMED
    subject = f"{names} and {more} more" if more > 0 else names
    said = " ".join(f"{change.where} {change.what}".split())  # a name may hold a line end
    mark = " (breaks callers)" if change.breaks else ""
    return f"  {change.kind:<8} {subject}: {said}{mark}"
