"""Hold a running proxy against the description and the Action spec with schemathesis.

BASE_URL and API_KEY say which, or VAULT has the key; without BASE_URL a sandbox is started for it.
A real deployment has a real account and a real budget: nothing is changed there, and calls are
paced; RATE_LIMIT, 50/m by default.
"""

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from scripts import deployed

FACES: Mapping[str, tuple[str, str]] = {
    "mirror": ("spec/discogs.openapi.yaml", "/api"),
    "agent": ("generated/gpt-action/openapi.json", "/api/gpt"),
}
"""The faces of a proxy: what each is held against, and where it answers."""
_ROOT = Path(__file__).resolve().parents[1]
_ADDRESS = re.compile(r"The proxy answers on (\S+)")
_KEY = "contract"
_CONFIG = "tests/contract/schemathesis.toml"


def main(environment: Mapping[str, str], arguments: Sequence[str]) -> int:
    """Run schemathesis on both faces; return the first exit code that is not 0."""
    base_url = environment.get("BASE_URL", "").rstrip("/")
    if not base_url:
        with _sandbox(environment) as address:
            return _run(environment, address, _KEY, arguments)
    key = deployed.client_key(environment)
    if not key:
        print(f"Set API_KEY to a client key of {base_url}, or VAULT.", file=sys.stderr)
        return 2
    settings = {**environment, **deployed.known(environment)}
    options = (*deployed.options(environment), *arguments)
    return _run(settings, base_url, key, options, deployed.CONFIG)


def _run(
    environment: Mapping[str, str],
    base_url: str,
    key: str,
    arguments: Sequence[str],
    config: str = _CONFIG,
) -> int:
    codes = [
        _fuzz(
            (config, spec),
            {**environment, "BASE_URL": base_url + path, "API_KEY": key},
            [argument.replace("{face}", face) for argument in arguments],
        )
        for face, (spec, path) in FACES.items()
    ]
    return next(filter(None, codes), 0)


def _fuzz(files: tuple[str, str], environment: Mapping[str, str], arguments: Sequence[str]) -> int:
    config, spec = files
    # The key travels in the environment: a command line is for everybody on the machine to read.
    command = (
        *(str(Path(sys.executable).with_name("schemathesis")), "--no-color"),
        *("--config-file", config),
        *("run", spec, *arguments),
    )
    # Examples, coverage and fuzzing hang on the seed alone. Which links are followed hangs on the
    # order of sets as well, and still a little on time: there the number of calls differs.
    settings = {**environment, "PYTHONPATH": str(_ROOT), "PYTHONHASHSEED": "1"}
    return subprocess.run(command, cwd=_ROOT, env=settings, check=False).returncode


@contextlib.contextmanager
def _sandbox(environment: Mapping[str, str]) -> Iterator[str]:
    # The look-alike by name: whatever token this machine holds, it is not to be spent on fuzzing.
    command = (sys.executable, "-m", "sandbox", "--lookalike", "--unlimited")
    settings = {**environment, "PORT": "0", "X_API_KEY": _KEY}
    with subprocess.Popen(
        command, cwd=_ROOT, env=settings, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            found = (_ADDRESS.match(line) for line in process.stdout or ())
            address = next((match[1] for match in found if match), None)
            if address is None:
                sys.exit("The sandbox did not start; `make run` shows why.")
            yield address
        finally:
            process.terminate()


if __name__ == "__main__":
    sys.exit(main(os.environ, sys.argv[1:]))
