"""Answers of Discogs as language models are shown them.

A view is compiled once for the groups that a caller includes; what is left to do for each answer
is one look at each property that is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from discogs_proxy.field_reader import Read, Reader, reader
from discogs_proxy.plain_text import plain, tidy
from discogs_proxy.view import Field, View
from discogs_proxy.view_text import address, text
from discogs_proxy.written_out import shown_object


@dataclass(frozen=True, slots=True)
class Projected:
    """An answer as it is shown."""

    value: dict[str, object]
    surprises: tuple[str, ...]
    """Paths of what had another type than described, each once; such a value is shown whole."""


def project(body: object, view: View, groups: frozenset[str]) -> Projected:
    """Show a body as its view says, with what the groups bring; the body stays as it is."""
    if not isinstance(body, dict):
        return Projected({"value": plain(body)}, ("",))
    surprises: list[str] = []
    try:
        shown = _compiled(view, groups)(body, surprises)
    except RecursionError:  # a view that holds itself goes as deep as the body does
        shown, surprises = plain(body), [""]
    value = shown if isinstance(shown, dict) else {}
    return Projected(value, tuple(dict.fromkeys(surprises)))


@lru_cache(maxsize=256)
def _compiled(view: View, groups: frozenset[str]) -> Read:
    return _Compiler(groups, {}).view(view, "")


@dataclass(frozen=True, slots=True)
class _Compiler:
    groups: frozenset[str]
    within: Mapping[View, list[Read]]
    """The views that this is inside of, and what each compiles to, once it has."""

    def view(self, view: View, path: str) -> Read:
        """Compile a view; one inside itself is shown as the outer one is."""
        if view in self.within:
            return _later(self.within[view])
        own: list[Read] = []
        inside = replace(self, within={**self.within, view: own})
        kept = [f for f in view.fields if f.group is None or f.group in self.groups]
        readers = {f.name: inside.field(f, f"{path}.{f.name}".removeprefix(".")) for f in kept}
        show = shown_object(readers) if view.text is None else text(view.text, readers)
        if view.rest is not None:
            rest = inside.field(view.rest, f"{path}.*".removeprefix(".")).read
            show = _with_rest(show, view, rest)
        if view.url is not None:
            show = _with_url(show, view.url)
        own.append(show)
        return show

    def field(self, field: Field, path: str) -> Reader:
        """Compile a field, and the view of what it holds."""
        view = field.view() if callable(field.view) else field.view
        if field.whole in self.groups:
            field = replace(field, longest=None)
        return reader(field, path, None if view is None else self.view(view, path))


def _later(compiled: list[Read]) -> Read:
    """Call what is not compiled yet."""

    def show(found: Any, surprises: list[str]) -> object:  # noqa: ANN401 - as `Read` has it
        return compiled[0](found, surprises)

    return show


def _with_rest(show: Read, view: View, read: Read) -> Read:
    known = frozenset(field.name for field in view.fields)

    def show_all(found: dict[str, Any], surprises: list[str]) -> object:
        shown: Any = show(found, surprises) or {}
        for name, value in found.items():
            if name not in known and value is not None:
                seen = read(value, surprises)
                if seen is not None:
                    shown[tidy(name)] = seen
        return shown or None

    return show_all


def _with_url(show: Read, template: str) -> Read:
    fill = address(template)

    def show_linked(found: dict[str, Any], surprises: list[str]) -> object:
        shown: Any = show(found, surprises)
        if shown is not None and (url := fill(found)) is not None:
            shown["url"] = url
        return shown

    return show_linked
