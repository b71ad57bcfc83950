"""What is found in an Action spec, and the rules that find it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from codegen.action_lint.spec import Spec

ERROR = "error"
"""The builder refuses, drops or miscalls it."""
WARNING = "warning"
"""It works, but costs quality, or is only inferred."""


class Problem(NamedTuple):
    """A place that breaks a rule, and what is wrong and to be done there."""

    pointer: str
    message: str
    level: str | None = None
    """None: that of the rule."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with an Action spec."""

    rule: "Rule"
    level: str
    pointer: str
    message: str


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that an Action spec has to keep to."""

    id: str
    level: str
    title: str
    check: Callable[[Spec], Iterable[Problem]]
    builder: tuple[str, ...] = ()
    """What the GPT builder, or ChatGPT at a call, says in its own words, as far as is known."""

    def findings(self, spec: Spec) -> Iterator[Finding]:
        """Yield what breaks the rule."""
        for pointer, message, level in self.check(spec):
            yield Finding(self, level or self.level, pointer, message)
