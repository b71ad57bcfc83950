"""How an operation differs from the one of the same name that there was."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from codegen.comparison import Comparison
from codegen.difference import Difference, Effect
from codegen.facts import facts
from codegen.reach import named, reached
from codegen.shown import Showing, led_to

_BREAKING_TO_SEND = (Effect.NARROWER, Effect.OTHER)
_BREAKING_TO_READ = (Effect.WIDER, Effect.OTHER)
_SHOWN = "answer for agents"
_READ = ("answer", _SHOWN)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was."""

    part: str
    """`answer`, `body` or `parameter …`, perhaps for agents; empty for the whole operation."""
    status: str
    """That of the answer; empty elsewhere."""
    place: str
    """Where in the part: a header, or a schema's member, which begins with the name of a component
    if it is one that changed."""
    what: str
    breaks: bool
    """Whether a caller that was right until now may fail."""


@dataclass(frozen=True)
class Finder:
    """Compares operations; the components that they lead to are compared once for all."""

    old: Mapping[str, Any]
    new: Mapping[str, Any]

    @cached_property
    def _schemas(self) -> Comparison:
        return Comparison(self.old["schemas"], self.new["schemas"])

    @cached_property
    def _showing(self) -> Showing:
        return Showing(self.old["shown"], self.new["shown"])

    @cached_property
    def _by_component(self) -> Mapping[str, list[Difference]]:
        return _by_name(self._schemas)

    @cached_property
    def _by_shown_component(self) -> Mapping[str, list[Difference]]:
        return _by_name(self._showing)

    def operation(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Finding]:
        """Yield what is not as it was in an operation."""
        for what, breaks in facts(before, after):
            yield Finding("", "", "", what, breaks)
        sent = list(self._sent(before, after))
        yield from sent
        yield from self._sent_by_agents(before["agents"], after["agents"], sent)
        yield from self._answers(before["answers"], after["answers"])
        yield from self._shown(before["agents"], after["agents"])

    def _sent(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Finding]:
        """Yield what is not as it was in what a caller may send."""
        yield from self._parameters(before["parameters"], after["parameters"])
        yield from self._body(before["body"], after["body"])

    def _sent_by_agents(
        self,
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any] | None,
        said: Collection[Finding],
    ) -> Iterator[Finding]:
        """Yield what is new for agents alone; that they get an operation at all is a fact of it."""
        if before is not None and after is not None:
            for finding in self._sent(before, after):
                if finding not in said:
                    yield replace(finding, part=f"{finding.part} for agents")

    def _parameters(
        self, before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]
    ) -> Iterator[Finding]:
        old, new = ({(p["in"], p["name"]): p for p in listed} for listed in (before, after))
        for key in new:
            yield from self._given(f"parameter {key[1]}", old.get(key), new[key])
        for key in old:
            if key not in new:
                yield Finding(f"parameter {key[1]}", "", "", "is gone", breaks=True)

    def _given(
        self, part: str, before: Mapping[str, Any] | None, after: Mapping[str, Any]
    ) -> Iterator[Finding]:
        """Yield what is new about a parameter or a body: something a caller may have to send."""
        is_required = after["required"]
        if before is None:
            what = "is new and required" if is_required else "is new"
            yield Finding(part, "", "", what, is_required)
            return
        for difference in self._schema(before["schema"], after["schema"]):
            yield _finding(part, "", difference)
        if before["required"] != is_required:
            what = "is required now" if is_required else "is optional now"
            yield Finding(part, "", "", what, is_required)

    def _body(
        self, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
    ) -> Iterator[Finding]:
        if after is None:
            if before is not None:
                yield Finding("body", "", "", "is gone", breaks=True)
        elif before is not None and before["media_type"] != after["media_type"]:
            what = f"is {after['media_type']} now, was {before['media_type']}"
            yield Finding("body", "", "", what, breaks=True)
        else:
            yield from self._given("body", before, after)

    def _answers(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Finding]:
        for status, content in after.items():
            if status in before:
                yield from self._answer(status, before[status], content)
            else:
                yield Finding("answer", status, "", "is new", _is_success(status))
        for status in before:
            if status not in after:
                yield Finding("answer", status, "", "is gone", _is_success(status))

    def _answer(
        self, status: str, before: Mapping[str, Any], after: Mapping[str, Any]
    ) -> Iterator[Finding]:
        yield from _headers(status, before["headers"], after["headers"])
        old, new = before["content"], after["content"]
        if old.keys() != new.keys():
            was, now = (", ".join(content) or "empty" for content in (old, new))
            # An answer that had no body here is one that nobody reads.
            yield Finding("answer", status, "", f"is {now} now, was {was}", bool(old))
        for media_type, schema in new.items():
            if media_type in old:
                for difference in self._schema(old[media_type], schema):
                    yield _finding("answer", status, difference)

    def _schema(self, before: object, after: object) -> Iterator[Difference]:
        """Yield the differences of two schemas and of the components that both lead to."""
        yield from self._schemas.differences(before, after, "")
        still = reached(self.old["schemas"], named([before]))
        for name in reached(self.new["schemas"], named([after])):
            if name in still:
                yield from self._by_component[name]

    def _shown(
        self, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
    ) -> Iterator[Finding]:
        """Yield what agents are shown otherwise of what there is to be shown."""
        if before is None or after is None:
            return
        old, new = before["shown"], after["shown"]
        for difference in self._showing.differences(old, new, ""):
            yield _finding(_SHOWN, "", difference)
        still = led_to(self.old["shown"], old)
        for name in led_to(self.new["shown"], new):
            if name in still:
                for difference in self._by_shown_component[name]:
                    yield _finding(_SHOWN, "", difference)


def _by_name(compared: Comparison | Showing) -> dict[str, list[Difference]]:
    """Return how the components that both sides have differ."""
    old, new = compared.old, compared.new
    return {n: [*compared.differences(old[n], new[n], n)] for n in new if n in old}


def _headers(status: str, before: Iterable[str], after: Iterable[str]) -> Iterator[Finding]:
    for name in after:
        if name not in before:
            yield Finding("answer", status, f"header {name}", "is new", breaks=False)
    for name in before:
        if name not in after:
            yield Finding("answer", status, f"header {name}", "is gone", breaks=True)


def _finding(part: str, status: str, difference: Difference) -> Finding:
    breaking = _BREAKING_TO_READ if part in _READ else _BREAKING_TO_SEND
    place = difference.where.removeprefix(".")
    return Finding(part, status, place, difference.what, difference.effect in breaking)


def _is_success(status: str) -> bool:
    return status.startswith("2")
