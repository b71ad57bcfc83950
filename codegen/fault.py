"""What can be wrong with a description, and where."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in the description's text; lines and columns count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong with the description."""

    mark: Mark
    code: str
    message: str
    pointer: str

    def report(self, source: str) -> str:
        """Say it as `file:line:column: error CODE message`, with the JSON pointer below."""
        place = f"{source}:{self.mark.line}:{self.mark.column}"
        return f"{place}: error {self.code} {self.message}\n    at {self.pointer or '/'}"


class DescriptionError(Exception):
    """A description that cannot be compiled, with every fault found in it."""

    def __init__(self, source: str, faults: Iterable[Fault]) -> None:
        self.source = source
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(fault.report(source) for fault in self.faults))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ` — did you mean 'x'?` for the known word nearest to this one, or nothing."""
    near = difflib.get_close_matches(word, sorted(set(known)), n=1, cutoff=0.6)
    return f" — did you mean '{near[0]}'?" if near else ""
