"""What importing the app costs in a fresh interpreter, against its libraries alone."""

import os
import subprocess
import sys
from dataclasses import dataclass
from statistics import median

_ROUNDS = 15
_LIBRARIES = "import azure.functions, httpx, pydantic; pydantic.BaseModel"
_SDK = "import azure.functions"
_APP = "import function_app"
_CLOCK = "import time; t = time.process_time_ns(); {}; print(time.process_time_ns() - t)"


@dataclass(frozen=True, slots=True)
class ColdImport:
    """Milliseconds of CPU, medians over the rounds, and the median of the rounds' ratios."""

    sdk: float
    libraries: float
    app: float
    ratio: float


def measure() -> ColdImport:
    """Import each in fresh interpreters, in turn."""
    names = {"sdk": _SDK, "libraries": _LIBRARIES, "app": _APP}
    rounds = [{name: _import(code) for name, code in names.items()} for _ in range(_ROUNDS)]
    middle = {name: median(r[name] for r in rounds) for name in names}
    ratio = median(r["app"] / r["libraries"] for r in rounds)
    return ColdImport(middle["sdk"], middle["libraries"], middle["app"], ratio)


def _import(code: str) -> float:
    environment = {**os.environ, "DISCOGS_TOKEN": "bench", "X_API_KEY": "bench"}
    command = (sys.executable, "-c", _CLOCK.format(code))
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return int(done.stdout) / 1e6
