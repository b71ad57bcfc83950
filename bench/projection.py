"""How long answers to language models are, and what making them costs, against the bodies as sent.

Bodies are those recorded from Discogs where they lie beside this tree; else the look-alike's.
"""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import process_time_ns
from typing import Any

import orjson

from bench import made_bodies
from bench.lookalike_body import lookalike_body
from discogs_api import views
from discogs_api.agent_operations import AGENT_OPERATIONS
from discogs_proxy.cap import fitted
from discogs_proxy.projection import project
from discogs_proxy.source import source
from discogs_proxy.view import View

_RECORDED = Path(__file__).resolve().parents[2] / "shared" / "recorded"
_PAGE = 50
_CONCISE: frozenset[str] = frozenset()
# What stands around the data of an answer, in as many words as at run time.
_OWN: Mapping[str, object] = {
    "source": source("https://www.discogs.com/release/4001-Paper-Lantern", None, 0),
    "budget": {"limit": 60, "remaining": 42, "advice": "There is enough left: go on as you like."},
}
_ROUNDS = 15
_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Size:
    """Characters of some bodies, and of the answers made of them with all that is around."""

    what: str
    bodies: int
    raw: float
    shown: float
    share: float
    largest: int
    aim: str


@dataclass(frozen=True, slots=True)
class Cost:
    """Microseconds of CPU per body, and the median of the rounds' ratios."""

    what: str
    bare: float
    shown: float
    ratio: float


def report() -> None:
    """Print the sizes of answers to language models, and what it costs to make one."""
    print("Answers to language models, in characters, with all that is around the data")
    print(f"{'bodies':<42}{'number':>7}{'raw':>9}{'shown':>9}{'share':>8}{'largest':>9}   aim")
    for size in sizes():
        print(
            f"{size.what:<42}{size.bodies:>7}{size.raw:>9,.0f}{size.shown:>9,.0f}"
            f"{size.share:>8.1%}{size.largest:>9,}   {size.aim}"
        )
    print(
        "\nMaking one: decode, pick, cap, encode; beside decode and encode alone, CPU µs (median)"
    )
    print(f"{'body':<28}{'alone':>9}{'whole':>9}{'ratio':>8}   aim")
    for cost in costs():
        print(f"{cost.what:<28}{cost.bare:>9.0f}{cost.shown:>9.0f}{cost.ratio:>8.2f}   ≤ 3")


def sizes() -> Iterator[Size]:
    """Measure what is recorded, or made by the look-alike, and what no recording has."""
    found = list(_recorded() if _RECORDED.is_dir() else _looked_alike())
    whose = "recorded" if _RECORDED.is_dir() else "look-alike"
    for what, view, rows, aim in (
        ("release", views.GET_RELEASE, None, "share ≤ 15 %"),
        ("search, 50 rows", views.SEARCH, "results", "largest ≤ 13,500"),
        ("artist's releases, 50 rows", views.GET_ARTIST_RELEASES, "releases", "largest ≤ 7,700"),
    ):
        bodies = [body for shown, body in found if shown is view and _is_page(body, rows)]
        if bodies:
            yield _size(f"{what} ({whose})", [(view, body) for body in bodies], aim)
    yield _size(f"any answer ({whose})", found, "largest ≤ 90,000")
    copies = made_bodies.collection(250)
    yield _size("250 copies (made)", [(views.GET_FOLDER_ITEMS, copies)], "largest ≤ 90,000")
    box = made_bodies.release(400)
    yield _size("400 tracks (made)", [(views.GET_RELEASE, box)], "largest ≤ 90,000")


def costs() -> Iterator[Cost]:
    """Decode, pick, cap and encode, beside decode and encode alone, in turn."""
    for what, view, body in (
        ("release", views.GET_RELEASE, made_bodies.release(12)),
        ("release", views.GET_RELEASE, made_bodies.release(350)),
        ("search", views.SEARCH, made_bodies.search(10)),
        ("search", views.SEARCH, made_bodies.search(100)),
        ("collection", views.GET_FOLDER_ITEMS, made_bodies.collection(9)),
        ("collection", views.GET_FOLDER_ITEMS, made_bodies.collection(91)),
    ):
        content = orjson.dumps(body)
        yield _cost(f"{what}, {len(content):,} bytes", view, content)


def answer(view: View, body: object) -> bytes:
    """Return the answer that a model gets."""
    return fitted(project(body, view, _CONCISE).value, _OWN)


def _size(what: str, bodies: Sequence[tuple[View, Any]], aim: str) -> Size:
    raw = [len(orjson.dumps(body).decode()) for _, body in bodies]
    shown = [len(answer(view, body).decode()) for view, body in bodies]
    share = median(mine / theirs for mine, theirs in zip(shown, raw, strict=True))
    return Size(what, len(bodies), median(raw), median(shown), share, max(shown), aim)


def _is_page(body: Mapping[str, Any], rows: str | None) -> bool:
    return rows is None or len(body[rows]) == _PAGE


def _recorded() -> Iterator[tuple[View, Any]]:
    shown = {(o.operation.method, o.operation.path): o.view for o in AGENT_OPERATIONS}
    with (_RECORDED / "INDEX.tsv").open(encoding="utf-8") as index:
        for row in csv.DictReader(index, delimiter="\t"):
            method, _, path = row["endpoint"].rpartition(" ")
            view = shown.get((method or "GET", path))
            if view is not None:
                yield _view(view), orjson.loads((_RECORDED / row["file"]).read_bytes())


def _looked_alike() -> Iterator[tuple[View, Any]]:
    for view, target in (
        (views.GET_RELEASE, "/releases/4001"),
        (views.GET_RELEASE, "/releases/4019"),
        (views.SEARCH, "/database/search?q=a&per_page=50"),
        (views.GET_ARTIST_RELEASES, "/artists/1001/releases?per_page=50"),
    ):
        yield view, orjson.loads(lookalike_body(target))


def _view(name: str) -> View:
    view = getattr(views, name.rpartition(":")[2])
    if not isinstance(view, View):
        raise TypeError(name)
    return view


def _cost(what: str, view: View, content: bytes) -> Cost:
    calls = _BYTES // len(content)

    def bare() -> object:
        return orjson.dumps(orjson.loads(content))

    def shown() -> object:
        return answer(view, orjson.loads(content))

    rounds = [(_micros(bare, calls), _micros(shown, calls)) for _ in range(_ROUNDS)]
    ratio = median(mine / theirs for theirs, mine in rounds)
    return Cost(what, median(r[0] for r in rounds), median(r[1] for r in rounds), ratio)


def _micros(work: Callable[[], object], calls: int) -> float:
    started = process_time_ns()
    for _ in range(calls):
        work()
    return (process_time_ns() - started) / calls / 1000
