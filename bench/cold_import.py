"""What importing the app costs in a fresh interpreter, against its libraries alone."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import yaml

_ROUNDS = 15
_LIBRARIES = "import azure.functions, httpx, pydantic; pydantic.BaseModel"
_SDK = "import azure.functions"
_APP = "import function_app; function_app.app.get_functions()"
# Where the app is deployed there is no click, without which httpx leaves its command line alone.
_CLOCK = (
    "import sys, time; sys.modules['click'] = None; t = time.process_time_ns(); {}; "
    "print(time.process_time_ns() - t)"
)
_SPEC = Path("spec/discogs.openapi.yaml")
_FEW = ("/artists/{artist_id}", "/releases/{release_id}", "/database/search")


@dataclass(frozen=True, slots=True)
class ColdImport:
    """Milliseconds of CPU until the routes are known, medians over the rounds, and their ratios."""

    sdk: float
    libraries: float
    few: float
    """The app with three operations."""
    app: float
    ratio: float
    """The app to its libraries."""
    growth: float
    """The app to the one with three operations."""

    @property
    def above_sdk(self) -> float:
        """Milliseconds that the app adds to what every app of this host imports."""
        return self.app - self.sdk


def measure() -> ColdImport:
    """Import each in fresh interpreters, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        few = _generate_few(Path(folder))
        here = {"sdk": (_SDK, ""), "libraries": (_LIBRARIES, ""), "app": (_APP, "")}
        names = {**here, "few": (_APP, few)}
        for what in names.values():
            _import(*what)  # once for the bytecode
        rounds = [{name: _import(*what) for name, what in names.items()} for _ in range(_ROUNDS)]
    middle = {name: median(r[name] for r in rounds) for name in names}
    ratio = median(r["app"] / r["libraries"] for r in rounds)
    growth = median(r["app"] / r["few"] for r in rounds)
    return ColdImport(**middle, ratio=ratio, growth=growth)


def report() -> None:
    """Print what it came to."""
    cold = measure()
    print("Import in a fresh interpreter until the routes are known, CPU ms (median)")
    print(
        f"{'SDK':>8}{'SDK+httpx+pydantic':>20}{'3 operations':>14}{'all':>8}{'above SDK':>11}"
        f"{'to 3':>8}{'to libraries':>14}   aim"
    )
    print(
        f"{cold.sdk:>8.0f}{cold.libraries:>20.0f}{cold.few:>14.0f}{cold.app:>8.0f}"
        f"{cold.above_sdk:>11.0f}{cold.growth:>8.2f}{cold.ratio:>14.2f}   ≤ 45 ms, ≤ 1.2"
    )


def _generate_few(folder: Path) -> str:
    """Compile three operations into a folder; return where their package is."""
    description: dict[str, Any] = yaml.safe_load(_SPEC.read_text(encoding="utf-8"))
    # What models are told of operations that are left out.
    del description["x-proxy-instructions"]
    description["paths"] = {path: _read(description["paths"][path]) for path in _FEW}
    spec = folder / _SPEC.name
    spec.write_text(json.dumps(description), encoding="utf-8")
    command = (sys.executable, "-m", "codegen", "--spec", str(spec), "--out", str(folder))
    subprocess.run(command, capture_output=True, check=True)
    return str(folder / "generated")


def _read(item: dict[str, Any]) -> dict[str, Any]:
    """Return the reading operation of a path, without links to what is left out."""
    responses = item["get"]["responses"]
    alone = {
        status: {key: value for key, value in response.items() if key != "links"}
        for status, response in responses.items()
    }
    return {"get": {**item["get"], "responses": alone}}


def _import(code: str, folder: str) -> float:
    environment = {**os.environ, "DISCOGS_TOKEN": "bench", "X_API_KEY": "bench"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # bytecode is there where the app runs
    if folder:
        environment["PYTHONPATH"] = folder
    command = (sys.executable, "-c", _CLOCK.format(code))
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return int(done.stdout) / 1e6
