"""Python's bytecode of what ships, so that no cold start compiles a line.

Made by the Python that will run it; as a program this is the part that runs there, with nothing
but the standard library. The same source and the same Python give the same bytes on any machine:
no times, no paths of this machine, and a format without back references, which would say what
else happened to be in memory.
"""

import importlib.util
import json
import marshal
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Mapping

# The format before back references came; every later Python reads it.
_FORMAT = 2
# What is deployed is never edited where it lies: bytecode that is found is used as it is.
_HASH_BASED_UNCHECKED = (1).to_bytes(4, "little")


def of_sources(python: str, sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the bytecode files that belong to the sources, by name, as that Python makes them."""
    given = json.dumps({name: b64encode(source).decode() for name, source in sources.items()})
    done = subprocess.run(
        (python, "-I", "-S", __file__), input=given, capture_output=True, text=True, check=True
    )
    made: dict[str, str] = json.loads(done.stdout)
    return {name: b64decode(content) for name, content in made.items()}


def _compiled(name: str, source: bytes) -> tuple[str, bytes]:
    code = compile(source, name, "exec", dont_inherit=True)
    digest = importlib.util.source_hash(source)
    header = importlib.util.MAGIC_NUMBER + _HASH_BASED_UNCHECKED + digest
    return importlib.util.cache_from_source(name), header + marshal.dumps(code, _FORMAT)


def _main() -> None:
    sources: dict[str, str] = json.load(sys.stdin)
    made = dict(_compiled(name, b64decode(source)) for name, source in sources.items())
    json.dump({name: b64encode(content).decode() for name, content in made.items()}, sys.stdout)


if __name__ == "__main__":
    _main()
