"""The intermediate representation of what agents are shown of answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias, Union

Noise: TypeAlias = str | int | float
Shape: TypeAlias = Union["View", str, None]
"""A view, that of a component by its name, or none: whatever it is, it is shown whole."""


@dataclass(frozen=True, slots=True)
class Field:
    """A property that is shown."""

    name: str
    description: str
    kinds: tuple[str, ...]
    """The JSON types of its values, null apart; none: any."""
    items: tuple[str, ...] = ()
    """The JSON types of what its list holds; none: any."""
    choices: tuple[str, ...] = ()
    """All texts that it, or its list, may hold; none: any."""
    shape: Shape = None
    """How its object, or each object of its list, is shown."""
    group: str | None = None
    whole: str | None = None
    noise: tuple[Noise, ...] = ()
    longest: int | None = None


@dataclass(frozen=True, slots=True)
class View:
    """How an object is shown."""

    description: str
    fields: tuple[Field, ...]
    rest: Field | None = None
    """How all other properties are shown; None: they are left out."""
    text: str | None = None
    url: str | None = None
    is_whole: bool = False
    """Nothing is said of it, so that its fields are all that it has."""


@dataclass(frozen=True, slots=True)
class Views:
    """Everything that is shown of the answers of the operations that are offered to agents."""

    components: Mapping[str, View]
    """By the name of the component; each after those that it leads to, unless in a circle."""
    answers: Mapping[str, Shape]
    """By operationId; none for an answer without a body."""

    def groups(self, operation_id: str) -> tuple[str, ...]:
        """Return what a caller of an operation may include, in the order of the alphabet."""
        found: set[str] = set()
        self._collect(self.answers[operation_id], found, set())
        return tuple(sorted(found))

    def view(self, shape: Shape) -> View | None:
        """Return the view that a name stands for, or the view itself."""
        return self.components[shape] if isinstance(shape, str) else shape

    def _collect(self, shape: Shape, found: set[str], seen: set[str]) -> None:
        view = self.view(shape)
        if view is None or shape in seen:
            return
        if isinstance(shape, str):
            seen.add(shape)
        for field in view.fields:
            found.update(filter(None, (field.group, field.whole)))
            self._collect(field.shape, found, seen)
