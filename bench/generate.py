"""What generating costs, against datamodel-code-generator alone on the same schemas."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from codegen import models
from codegen.pipeline import build, check

_SPEC = Path("spec/discogs.openapi.yaml")
_ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Generate:
    """Seconds with warm imports: everything, checking alone, models alone; and first of all."""

    first: float
    everything: float
    checking: float
    models: float


def measure() -> Generate:
    """Build in this process, once cold and then in rounds."""
    text = _SPEC.read_text(encoding="utf-8")
    first = _seconds(lambda: build(text, _SPEC.as_posix()))
    document = check(text, _SPEC.as_posix())
    rounds = [
        (
            _seconds(lambda: build(text, _SPEC.as_posix())),
            _seconds(lambda: check(text, _SPEC.as_posix())),
            _seconds(lambda: models.render_models(document)),
        )
        for _ in range(_ROUNDS)
    ]
    everything, checking, rendering = (median(column) for column in zip(*rounds, strict=True))
    return Generate(first, everything, checking, rendering)


def _seconds(action: Callable[[], object]) -> float:
    started = perf_counter()
    action()
    return perf_counter() - started
