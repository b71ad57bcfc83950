"""What of an answer a language model is shown, as the generated code describes it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """A property of Discogs' that a view keeps."""

    name: str
    kinds: tuple[str, ...]
    """The JSON types that the description gives it, such as `string`; a list's are of the list."""
    group: str | None = None
    """Kept only when the caller includes this group; None: always."""
    view: "View | None" = None
    """How its object, or each object of its list, is shown; None: as it is."""
    noise: tuple[str | int | float, ...] = ()
    """Values that say nothing, beside null and what is empty: such a property is left out."""
    longest: int | None = None
    """Characters of a text; a longer one is cut between words, with a mark."""


@dataclass(frozen=True, slots=True)
class View:
    """How an object is shown."""

    fields: tuple[Field, ...]
    text: str | None = None
    """The object becomes one text, in which `{name}` stands for a property's."""
    url: str | None = None
    """The object gets a `url` made of this, in which `{name}` stands for a property's value."""
