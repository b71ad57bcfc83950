"""How an operation is offered to language models, as the generated code describes it."""

from dataclasses import dataclass
from typing import NamedTuple

from discogs_proxy.operation import Operation


class Presence(NamedTuple):
    """What is asked first, so that a write does not do twice what was done."""

    operation: Operation
    """Reads what is there; it takes path parameters of the write, and no others."""
    rows: str
    """The list in its answer: any row means that it was done already."""
    override: str
    """The boolean query parameter of the write that does it all the same."""


@dataclass(frozen=True, slots=True)
class AgentOperation:
    """An operation of the agent face, and the one of the mirror that it stands for."""

    operation: Operation
    """What is forwarded."""
    face: Operation
    """What a model may send: fewer parameters, tighter limits, and those of the face itself."""
    view: str
    """The `View` of its answer, as `module:name`; loaded at its first use."""
    groups: tuple[str, ...] = ()
    """What `include` takes, `all` apart."""
    rows: str | None = None
    """The list of its answer that Discogs pages."""
    page: str | None = None
    """The page of it for people: `{name}` stands for a path parameter, or a value of the answer."""
    defaults: tuple[tuple[str, str], ...] = ()
    """Query parameters that Discogs gets where the model sends none, and their texts."""
    renames: tuple[tuple[str, str], ...] = ()
    """Members of the body that the face names differently: its name, then Discogs'."""
    presence: Presence | None = None
    since: str = ""
    """A write: the time in Discogs' answer from which on it is so; an old one tells of before."""
    done: str = ""
    """A write: what a success means, in a sentence."""
    present: str = ""
    """A write: what it means that it was done already, in a sentence."""
    gone: str = ""
    """A write: what a 404 means where it is no failure, in a sentence; empty: it is one."""
    hints: tuple[tuple[int, str], ...] = ()
    """What a model should do about a status, in a sentence."""
