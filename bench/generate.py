"""What generating costs, against datamodel-code-generator alone on the same description."""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

_SPEC = Path(__file__).resolve().parents[1] / "spec" / "discogs.openapi.yaml"
_ROUNDS = 9
_WHOLE = ("-m", "codegen", "--spec", "{spec}", "--out", "{folder}")
# With the options and the formatters that the generator gives it.
_ALONE = (
    "-m", "datamodel_code_generator", "--input", "{spec}", "--input-file-type", "openapi",
    "--output", "{folder}/models.py", "--output-model-type", "pydantic_v2.BaseModel",
    "--target-python-version", "3.11", "--use-annotated", "--use-standard-collections",
    "--use-union-operator", "--use-schema-description", "--use-double-quotes",
    "--collapse-root-models", "--enum-field-as-literal", "all", "--strict-nullable",
    "--disable-timestamp", "--formatters", "ruff-check", "ruff-format",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Generate:
    """Seconds of a whole command in a fresh interpreter, medians over the rounds."""

    alone: float
    whole: float

    @property
    def ratio(self) -> float:
        """How many times what it takes alone the whole takes."""
        return self.whole / self.alone


def measure(spec: Path = _SPEC) -> Generate:
    """Run both in turn, so that a busy machine slows both, each into an empty folder.

    Both find their own code compiled, as after the first run on any machine.
    """
    with tempfile.TemporaryDirectory() as kept:
        kept_code = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": kept}
        both = [
            [_seconds(arguments, spec, kept_code) for arguments in (_ALONE, _WHOLE)]
            for _ in range(1 + _ROUNDS)
        ]
    alone, whole = (median(column) for column in zip(*both[1:], strict=True))
    return Generate(alone, whole)


def report() -> None:
    """Print what it came to."""
    made = measure()
    print("Generating from the description, a whole command, seconds (median)")
    print(f"{'datamodel-code-generator':>26}{'make generate':>16}{'ratio':>8}   aim")
    print(f"{made.alone:>26.2f}{made.whole:>16.2f}{made.ratio:>8.2f}   ≤ 2")


def _seconds(arguments: tuple[str, ...], spec: Path, environment: dict[str, str]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        filled = (argument.format(spec=spec, folder=folder) for argument in arguments)
        started = perf_counter()
        command = (sys.executable, *filled)
        subprocess.run(command, capture_output=True, check=True, env=environment)
        return perf_counter() - started
