"""What of an answer a language model is shown, as the generated code describes it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, Union

Views: TypeAlias = Union["View", "Callable[[], View]", None]
"""A view; one that is made further down, which is how a view gets into itself; or none."""


@dataclass(frozen=True, slots=True)
class Field:
    """A property of Discogs' that a view keeps."""

    name: str
    kinds: tuple[str, ...] = ()
    """The JSON types that the description gives it, such as `string`; none: any."""
    items: tuple[str, ...] = ()
    """The JSON types of what its list holds; none: any."""
    group: str | None = None
    """Kept only when the caller includes this group; None: always."""
    whole: str | None = None
    """The group with which nothing of it is cut; None: it always is."""
    view: Views = None
    """How its object, or each object of its list, is shown; None: as it is."""
    noise: tuple[str | int | float, ...] = ()
    """Values that say nothing, beside null and what is empty: such a property is left out."""
    longest: int | None = None
    """Characters of a text, or items of a list of texts; what is longer is cut, with a mark."""


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: what it compiles to is kept
class View:
    """How an object is shown."""

    fields: tuple[Field, ...]
    rest: Field | None = None
    """How all other properties are shown; None: they are left out."""
    text: str | None = None
    """The object becomes this text, in which `{name}` stands for a property of `fields`, and which
    loses each part in brackets whose property says nothing; every other has to say something."""
    url: str | None = None
    """The object gets a `url` made of this, in which `{name}` stands for any property's value."""
