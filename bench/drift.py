"""What it costs to compare an answer with the description, against reading its JSON."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import orjson

import discogs_api
from discogs_proxy.drift import compare
from discogs_proxy.shape import Shape, read

_SIZES = (10_000, 100_000)
_ROUNDS = 15
_CALLS = 50
_NO_LIMIT = 1_000_000
_TRACK = {
    "position": "A1",
    "type_": "track",
    "title": "A title of usual length",
    "duration": "4:48",
    "extraartists": [
        {
            "id": 1001,
            "name": "Somebody",
            "anv": "",
            "join": "",
            "role": "Written-By",
            "tracks": "",
            "resource_url": "https://api.discogs.com/artists/1001",
        }
    ],
}
_RELEASE: dict[str, Any] = {"id": 4001, "title": "A release", "artists": [], "year": 1999}


@dataclass(frozen=True, slots=True)
class Cost:
    """Microseconds of CPU, medians over the rounds, and the median of the rounds' ratios."""

    size: int
    reading: float
    comparing: float
    ratio: float


def report() -> None:
    """Print what one comparison costs."""
    print("An answer compared with the description afterwards, one in twenty, µs of CPU (median)")
    print(f"{'body':<28}{'reading JSON':>14}{'comparing':>11}{'ratio':>8}   aim")
    for cost in measure():
        print(
            f"{f'release, {cost.size:,} bytes':<28}{cost.reading:>14.0f}{cost.comparing:>11.0f}"
            f"{cost.ratio:>8.2f}   ≤ 5"
        )


def measure() -> Iterator[Cost]:
    """Measure releases with more and more tracks."""
    shapes = read(Path(discogs_api.__file__).with_name("shapes.json").read_bytes())
    for size in _SIZES:
        tracks = [_TRACK] * (size // len(orjson.dumps(_TRACK)))
        yield _compare(orjson.dumps({**_RELEASE, "tracklist": tracks}), shapes["get_release"])


def _compare(text: bytes, shape: Shape) -> Cost:
    body = orjson.loads(text)
    rounds = [
        (
            _micros(lambda: orjson.loads(text)),
            _micros(lambda: compare(body, shape, _NO_LIMIT)),
        )
        for _ in range(_ROUNDS)
    ]
    reading, comparing = (median(times) for times in zip(*rounds, strict=True))
    return Cost(len(text), reading, comparing, median(own / json for json, own in rounds))


def _micros(work: Callable[[], object]) -> float:
    started = process_time()
    for _ in range(_CALLS):
        work()
    return (process_time() - started) / _CALLS * 1e6
