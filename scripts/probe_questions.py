"""What `make probe` asks: a few things that are known to be there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from discogs_api import operations
from discogs_proxy.exchange import Outbound
from discogs_proxy.operation import Operation


@dataclass(frozen=True, slots=True)
class Known:
    """Ids and words that a catalogue has answers for."""

    release: int
    master: int
    artist: int
    label: int
    words: str


# Those of the examples in Discogs' own documentation, and those of the sandbox.
DISCOGS = Known(release=249504, master=1000, artist=108713, label=1, words="nirvana")
LOOKALIKE = Known(release=4019, master=3001, artist=1001, label=2001, words="ok computer")


@dataclass(frozen=True, slots=True)
class Question:
    """One request, and whom Discogs answers it."""

    request: Outbound
    needs_token: bool = False


def questions(known: Known) -> Iterator[Question]:
    """Yield one question for each operation that reads the catalogue."""
    release, page = {"release_id": known.release}, {"per_page": 5}
    master, artist = {"master_id": known.master}, {"artist_id": known.artist}
    label = {"label_id": known.label}
    yield _question(operations.GET_RELEASE, release)
    yield _question(operations.GET_RELEASE_RATING, release)
    yield _question(operations.GET_RELEASE_STATS, release)
    yield _question(operations.GET_MARKETPLACE_STATS, release)
    yield _question(operations.GET_MASTER, master)
    yield _question(operations.GET_MASTER_VERSIONS, {**master, **page})
    yield _question(operations.GET_ARTIST, artist)
    yield _question(operations.GET_ARTIST_RELEASES, {**artist, **page})
    yield _question(operations.GET_LABEL, label)
    yield _question(operations.GET_LABEL_RELEASES, {**label, **page})
    yield _question(operations.SEARCH, {"q": known.words, **page}, needs_token=True)


def _question(
    operation: Operation, values: Mapping[str, int | str], *, needs_token: bool = False
) -> Question:
    in_path = [p.name for p in operation.parameters if p.place == "path"]
    target = operation.path.format(**{name: values[name] for name in in_path})
    query = urlencode({name: value for name, value in values.items() if name not in in_path})
    # One of many in a row: whoever else uses the budget goes first.
    request = Outbound(operation, "GET", f"{target}?{query}".removesuffix("?"), is_bulk=True)
    return Question(request, needs_token)
