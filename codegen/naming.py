"""Names of the description turned into Python names."""

import re

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+")


def snake_case(name: str) -> str:
    """Turn `getArtistReleases` into `get_artist_releases`."""
    return "_".join(word.lower() for word in _WORD.findall(name))


def pascal_case(name: str) -> str:
    """Turn `getArtistReleases` or `get_artist_releases` into `GetArtistReleases`."""
    return "".join(word[0].upper() + word[1:].lower() for word in _WORD.findall(name))


def entity(name: str) -> str:
    """Name what an operation is about, for logs: `get_artist` reads `artist`."""
    return name.removeprefix("get_") or name
