"""Write the Action spec for the host that serves it, ready to be imported or uploaded.

HOST is the name of the host alone. Nothing is written that an importer would refuse.
"""

import json
import os
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from codegen.action import PLACE, PLACEHOLDER_HOST
from codegen.action_lint.finding import ERROR
from codegen.action_lint.linter import lint
from codegen.action_lint.report import as_text
from codegen.action_lint.spec import Profile, Served
from codegen.instructions import PLACE as INSTRUCTIONS

_ROOT = Path(__file__).resolve().parents[1]
_TARGET = _ROOT / "build" / "gpt-action"
# What cannot end the text that it is put into; whether it is a host, the linter says.
_NAME = re.compile(r"[\w.:-]+")


def main(environment: Mapping[str, str], target: Path = _TARGET) -> int:
    """Write the files; return 1 where an importer would refuse them, 2 where no host is named."""
    host = environment.get("HOST", "").strip()
    if not _NAME.fullmatch(host):
        print("HOST is the name of a host: make action HOST=discogs.acme.org", file=sys.stderr)
        return 2
    generated = (_ROOT / PLACE).read_text(encoding="utf-8")
    text = generated.replace(f"https://{PLACEHOLDER_HOST}/", f"https://{host}/")
    spec = json.loads(text)
    address = f"https://{host}/api/openapi.json"
    findings = lint(spec, Profile(served=Served(address)))
    path = target / "openapi.json"
    print(as_text(_near(path), findings), end="")
    if any(finding.level == ERROR for finding in findings):
        print("Nothing was written.", file=sys.stderr)
        return 1
    target.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    shutil.copyfile(_ROOT / INSTRUCTIONS, target / "instructions.md")
    print(f"{_near(path)} calls {spec['servers'][0]['url']}.")
    print(f"Next: import {address}, or paste the file, as docs/gpt-setup.md shows.")
    return 0


def _near(path: Path) -> str:
    return str(path.relative_to(_ROOT) if path.is_relative_to(_ROOT) else path)


if __name__ == "__main__":
    sys.exit(main(os.environ))
