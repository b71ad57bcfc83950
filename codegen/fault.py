"""What can be wrong with a description, and where."""

import difflib
from collections.abc import Iterable, Iterator
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
        return f"{place}: error {self.code} {self.message}\n    at #{self.pointer}"


class DescriptionError(Exception):
    """A description that cannot be compiled, with every fault found in it."""

    def __init__(self, source: str, faults: Iterable[Fault]) -> None:
        self.source = source
        self.faults = tuple(_distinct(faults))
        super().__init__("\n".join(fault.report(source) for fault in self.faults))


def _distinct(faults: Iterable[Fault]) -> Iterator[Fault]:
    """Yield the faults in their order in the text; what an alias repeats is one fault."""
    said: set[tuple[Mark, str, str]] = set()
    for fault in sorted(faults):
        words = (fault.mark, fault.code, fault.message)
        if words not in said:
            said.add(words)
            yield fault


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ` — did you mean 'x'?` for the known word nearest to this one, or nothing."""
    near = nearest(word, known)
    return f" — did you mean '{near}'?" if near else ""


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """Return the known word most like another, if any is like it at all."""
    near = difflib.get_close_matches(word, sorted(set(known) - {word}), n=1, cutoff=likeness)
    return near[0] if near else None
