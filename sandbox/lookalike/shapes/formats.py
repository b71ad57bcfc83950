"""Render the media of a release, long and short."""

from collections.abc import Iterable

from sandbox.lookalike.record import Format

ABBREVIATIONS = {"Compilation": "Comp", "Reissue": "RE", "Remastered": "RM", "Repress": "RP"}
GRAMS_BY_MEDIUM = {"CD": 85, "Cassette": 85, "Vinyl": 230}


def format_objects(formats: Iterable[Format]) -> list[dict[str, object]]:
    """Return the formats array; Discogs sends its quantities as strings."""
    return [
        {"name": each.name, "qty": str(each.quantity)}
        | ({"text": each.text} if each.text else {})
        | ({"descriptions": list(each.descriptions)} if each.descriptions else {})
        for each in formats
    ]


def format_line(formats: Iterable[Format]) -> str:
    """Return the formats as the lists of an artist or a label show them: 2xLP, Album."""
    return " + ".join(_short(each) for each in formats)


def descriptions_line(formats: Iterable[Format]) -> str:
    """Return all descriptions as one line, without the media."""
    return ", ".join(word for each in formats for word in each.descriptions)


def format_words(formats: Iterable[Format]) -> list[str]:
    """Return the media and their descriptions as one list, each once."""
    words = (word for each in formats for word in (each.name, *each.descriptions))
    return list(dict.fromkeys(words))


def weight(formats: Iterable[Format]) -> int | None:
    """Return the estimated grams of a release, or None for what weighs nothing."""
    return sum(GRAMS_BY_MEDIUM.get(each.name, 0) * each.quantity for each in formats) or None


def _short(each: Format) -> str:
    # The description of a vinyl record already tells its medium: LP, 12", 7".
    name = () if each.name == "Vinyl" else (each.name,)
    words = (*name, *(ABBREVIATIONS.get(word, word) for word in each.descriptions))
    return (f"{each.quantity}x" if each.quantity > 1 else "") + ", ".join(words)
