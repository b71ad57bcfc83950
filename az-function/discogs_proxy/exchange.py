"""The messages of one exchange: what came in, what goes to Discogs, what comes back."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple, TypeAlias

from discogs_proxy.operation import Operation

Headers: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Inbound:
    """A request as the Functions host hands it over."""

    method: str
    url: str
    """Absolute, with the raw query."""
    headers: Mapping[str, str]
    """Names in lower case."""
    route_params: Mapping[str, str]
    """Path values, decoded once; an encoded slash stays the three characters `%2F`."""
    body: bytes = b""


class Reading(NamedTuple):
    """What Discogs says of its budget in one answer; None where it says nothing."""

    limit: int | None
    used: int | None
    """By everybody on our address."""
    is_refusal: bool = False
    retry_after: int | None = None


@dataclass(slots=True)
class Call:
    """The call that a request is sent for: what it may take, and what it took so far.

    The only thing in an exchange that changes: each step on the way writes down its part.
    """

    ends: float = inf
    """When its time is up, on the monotonic clock."""
    caller: str = ""
    """Who shares the turns with others."""
    attempts: int = 0
    """How many requests went to Discogs."""
    upstream_seconds: float = 0.0
    """How long they were there, all together."""
    sent_at: float | None = None
    """From when on the one that is there now is not counted yet."""
    bytes_in: int = 0
    """How much came back, all together."""
    queued_seconds: float = 0.0
    """How long it waited for Discogs' budget."""
    budget_remaining: int | None = None
    """How many more requests Discogs takes, as far as is known."""
    reading: Reading | None = None
    """What the last answer said of the budget."""
    oldest: float = inf
    """The age in seconds from which on a kept answer is too old for the caller."""
    cache: str = ""
    """HIT or STALE; MISS, or JOINED with somebody else's; nothing where answers are not kept."""
    age: float | None = None
    """The age in seconds of a kept answer that was given."""
    covered: str = ""
    """Why a stale answer was given in place of a new one."""
    surprises: int = 0
    """How many properties of the answer were not of the type that the description gives them."""

    def count_until(self, now: float) -> None:
        """Count the time at Discogs up to now, of a request that is still there as well."""
        if self.sent_at is not None:
            self.upstream_seconds += now - self.sent_at
            self.sent_at = now

    def take_over(self, other: "Call") -> None:
        """Count what was done on behalf of this call under another one."""
        self.attempts += other.attempts
        self.upstream_seconds += other.upstream_seconds
        self.bytes_in += other.bytes_in
        self.queued_seconds += other.queued_seconds
        if other.budget_remaining is not None:
            self.budget_remaining = other.budget_remaining


@dataclass(frozen=True, slots=True)
class Outbound:
    """A request for Discogs, before the credential is added."""

    operation: Operation
    method: str
    target: str
    """Path and query, quoted, ASCII only."""
    headers: Headers = ()
    body: bytes = b""
    is_bulk: bool = False
    """Whether it is one of many in a row, such as a further page of a list."""
    resends: int = 0
    """How often it was sent before, and failed."""
    call: Call = field(default_factory=Call, repr=False, compare=False)

    @property
    def is_repeatable(self) -> bool:
        """Whether it may be sent again when nobody knows what became of it."""
        return self.operation.is_idempotent

    @property
    def is_conditional(self) -> bool:
        """Whether the caller has an answer already and asks for a newer one (RFC 9110, 13.1.3)."""
        return any(name.lower() == "if-modified-since" for name, _ in self.headers)


@dataclass(frozen=True, slots=True)
class Answer:
    """A response, from Discogs or from the proxy itself."""

    status: int
    headers: Headers
    body: bytes

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers)

    def plus(self, *more: tuple[str, str]) -> "Answer":
        """Return the answer with more headers."""
        return Answer(self.status, (*self.headers, *more), self.body)

    def header(self, name: str) -> str | None:
        """Return the first value of a header, whatever the case of its name."""
        return next(iter(self.values(name)), None)

    def values(self, name: str) -> list[str]:
        """Return all values of a header, whatever the case of its name."""
        return [value for key, value in self.headers if key.lower() == name.lower()]


Send: TypeAlias = Callable[[Outbound], Awaitable[Answer]]
"""The one interface of everything between the gateway and Discogs."""
