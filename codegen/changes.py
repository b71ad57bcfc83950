"""What a new contract changes for callers, and what of it breaks them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from codegen.comparison import Comparison
from codegen.contract import Contract
from codegen.difference import Difference, Effect
from codegen.facts import facts, is_same_place, route
from codegen.reach import named, reached

Kind = Literal["removed", "added", "changed"]
_BREAKING_TO_SEND = (Effect.NARROWER, Effect.OTHER)
_BREAKING_TO_READ = (Effect.WIDER, Effect.OTHER)


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


@dataclass(frozen=True, slots=True)
class _Finding:
    part: str
    status: str
    place: str
    what: str
    breaks: bool


def _found(
    names: Mapping[str, str], old: Contract, new: Contract
) -> Iterator[tuple[str, _Finding]]:
    finder = _Finder.of(old, new)
    for name, former in names.items():
        if name != former:
            yield name, _Finding("", "", "", f"was called {former}", breaks=True)
        for finding in finder.operation(old["operations"][former], new["operations"][name]):
            yield name, finding


@dataclass(frozen=True, slots=True)
class _Finder:
    """Compares operations; the components that they refer to are compared once, before."""

    schemas: Comparison
    by_component: Mapping[str, list[Difference]]

    @classmethod
    def of(cls, old: Contract, new: Contract) -> "_Finder":
        before, after = old["components"]["schemas"], new["components"]["schemas"]
        schemas = Comparison(before, after)
        both = [name for name in after if name in before]
        return cls(schemas, {n: [*schemas.differences(before[n], after[n], n)] for n in both})

    def operation(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[_Finding]:
        for what, breaks in facts(before, after):
            yield _Finding("", "", "", what, breaks)
        yield from self._parameters(before["parameters"], after["parameters"])
        yield from self._body(before["body"], after["body"])
        yield from self._answers(before["answers"], after["answers"])

    def _parameters(
        self, before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]
    ) -> Iterator[_Finding]:
        old, new = ({(p["in"], p["name"]): p for p in listed} for listed in (before, after))
        for key in new:
            yield from self._given(f"parameter {key[1]}", old.get(key), new[key])
        for key in old:
            if key not in new:
                yield _Finding(f"parameter {key[1]}", "", "", "is gone", breaks=True)

    def _given(
        self, part: str, before: Mapping[str, Any] | None, after: Mapping[str, Any]
    ) -> Iterator[_Finding]:
        """Yield what is new about a parameter or a body: something a caller may have to send."""
        is_required = after["required"]
        if before is None:
            what = "is new and required" if is_required else "is new"
            yield _Finding(part, "", "", what, is_required)
            return
        for difference in self._schema(before["schema"], after["schema"]):
            yield _finding(part, "", difference)
        if before["required"] != is_required:
            what = "is required now" if is_required else "is optional now"
            yield _Finding(part, "", "", what, is_required)

    def _body(
        self, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
    ) -> Iterator[_Finding]:
        if after is None:
            if before is not None:
                yield _Finding("body", "", "", "is gone", breaks=True)
        elif before is not None and before["media_type"] != after["media_type"]:
            what = f"is {after['media_type']} now, was {before['media_type']}"
            yield _Finding("body", "", "", what, breaks=True)
        else:
            yield from self._given("body", before, after)

    def _answers(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[_Finding]:
        for status, content in after.items():
            if status in before:
                yield from self._answer(status, before[status], content)
            else:
                yield _Finding("answer", status, "", "is new", _is_success(status))
        for status in before:
            if status not in after:
                yield _Finding("answer", status, "", "is gone", _is_success(status))

    def _answer(
        self, status: str, before: Mapping[str, Any], after: Mapping[str, Any]
    ) -> Iterator[_Finding]:
        if before.keys() != after.keys():
            was, now = (", ".join(c) or "empty" for c in (before, after))
            yield _Finding("answer", status, "", f"is {now} now, was {was}", breaks=True)
        for media_type, schema in after.items():
            if media_type in before:
                for difference in self._schema(before[media_type], schema):
                    yield _finding("answer", status, difference)

    def _schema(self, before: object, after: object) -> Iterator[Difference]:
        """Yield the differences of two schemas and of the components that both lead to."""
        yield from self.schemas.differences(before, after, "")
        still = reached(self.schemas.old, named([before]))
        for name in reached(self.schemas.new, named([after])):
            if name in still:
                yield from self.by_component[name]


def _finding(part: str, status: str, difference: Difference) -> _Finding:
    breaking = _BREAKING_TO_READ if part == "answer" else _BREAKING_TO_SEND
    place = difference.where.removeprefix(".")
    return _Finding(part, status, place, difference.what, difference.effect in breaking)


def _is_success(status: str) -> bool:
    return status.startswith("2")


def _together(found: Iterable[tuple[str, _Finding]]) -> Iterator[Change]:
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
