"""What agents are shown of objects, as data of the contract, and how it differs from before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from codegen.difference import Difference, Effect
from codegen.view import Field, Shape

Objects: TypeAlias = Mapping[str, Mapping[str, Any]]
"""By its place, how an object is shown: `properties` are, or `all` of it, a `text` is instead, or
it is shown as a `component` is."""

_AS = {"all": "whole", "properties": "in part", "text": "as a text"}


def objects(shape: Shape) -> Objects:
    """Return how an object and those inside it are shown."""
    return dict(_objects(shape, ""))


def components_of(objects: Objects) -> Iterator[str]:
    """Yield the components that objects are shown as."""
    return (shown["component"] for shown in objects.values() if "component" in shown)


def led_to(components: Mapping[str, Objects], start: Objects) -> list[str]:
    """Return the components that something is shown as, and those inside them, each once."""
    found: dict[str, None] = {}
    waiting = list(components_of(start))
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found[name] = None
            waiting.extend(components_of(components[name]))
    return list(found)


def _objects(shape: Shape, place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if shape is None:
        return
    if isinstance(shape, str):
        yield place, {"component": shape}
    elif shape.text is not None:
        yield place, {"text": shape.text}
    else:
        properties = {each.name: _property(each) for each in shape.fields}
        if shape.url is not None:
            properties["url"] = {}
        yield place, {"all": True} if shape.is_whole else {"properties": properties}
        for each in shape.fields:
            rows = "[]" if "array" in each.kinds else ""
            yield from _objects(each.shape, f"{place}.{each.name}{rows}")
        if shape.rest is not None:
            yield from _objects(shape.rest.shape, f"{place}.*")


def _property(shown: Field) -> dict[str, Any]:
    said = {
        "group": shown.group,
        "longest": shown.longest,
        "noise": list(shown.noise),
        "whole": shown.whole,
    }
    return {key: value for key, value in said.items() if value}


@dataclass(frozen=True, slots=True)
class Showing:
    """Two sets of components; what both sides show as the same one is compared there, once."""

    old: Mapping[str, Objects]
    new: Mapping[str, Objects]
    _open: set[tuple[str, str]] = field(default_factory=set, init=False)

    def differences(self, old: Objects, new: Objects, where: str) -> Iterator[Difference]:
        """Yield how objects are shown otherwise; what is there on one side only is told outside."""
        for place, after in new.items():
            before = old.get(place, after)
            if before != after:
                yield from self._one(before, after, f"{where}{place}")

    def _one(
        self, before: Mapping[str, Any], after: Mapping[str, Any], where: str
    ) -> Iterator[Difference]:
        names = (before.get("component", ""), after.get("component", ""))
        if names == ("", ""):
            yield from _otherwise(before, after, where)
        elif names not in self._open:  # else this pair is being compared further out already
            self._open.add(names)
            old = self.old[names[0]] if names[0] else {"": before}
            new = self.new[names[1]] if names[1] else {"": after}
            yield from self.differences(old, new, where)
            self._open.remove(names)


def _otherwise(
    before: Mapping[str, Any], after: Mapping[str, Any], where: str
) -> Iterator[Difference]:
    (was, old), (now, new) = (next(iter(shown.items())) for shown in (before, after))
    if was != now:
        effect = Effect.NARROWER if (was, now) == ("properties", "all") else Effect.OTHER
        yield Difference(where, f"is shown {_AS[now]} now, was {_AS[was]}", effect)
    elif now == "text":
        yield Difference(where, f"reads '{new}' now, was '{old}'", Effect.NONE)
    else:
        for name in new:
            if name not in old:
                yield Difference(f"{where}.{name}", "is shown now", Effect.NARROWER)
            else:
                yield from _said(old[name], new[name], f"{where}.{name}")
        for name in old:
            if name not in new:
                yield Difference(f"{where}.{name}", "is no longer shown", Effect.WIDER)


def _said(before: Mapping[str, Any], after: Mapping[str, Any], where: str) -> Iterator[Difference]:
    """Yield what is otherwise about a property that is shown before and after."""
    for key in ("group", "longest", "noise", "whole"):
        old, new = before.get(key), after.get(key)
        if old != new:
            yield Difference(where, *_SAYING[key](old, new))


def _group(_: str | None, new: str | None) -> tuple[str, Effect]:
    if new is None:
        return "is shown without include now", Effect.NARROWER
    return f"is shown only with include={new} now", Effect.WIDER


def _longest(old: int | None, new: int | None) -> tuple[str, Effect]:
    if new is None:
        return "is no longer cut", Effect.NARROWER
    is_less = old is None or new < old
    return f"is cut after {new} now", Effect.WIDER if is_less else Effect.NARROWER


def _noise(_: object, new: list[Any] | None) -> tuple[str, Effect]:
    if new is None:
        return "is left out for no value now", Effect.NARROWER
    return f"is left out when {' or '.join(map(str, new))} now", Effect.NONE


def _whole(_: object, new: str | None) -> tuple[str, Effect]:
    if new is None:
        return "is shown uncut with no include now", Effect.WIDER
    return f"is shown uncut with include={new} now", Effect.NARROWER


_SAYING: Mapping[str, Any] = {
    "group": _group,
    "longest": _longest,
    "noise": _noise,
    "whole": _whole,
}
