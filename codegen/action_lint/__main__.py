"""`python -m codegen.action_lint FILE`: say what GPT builders would make of an Action spec.

FILE is JSON or YAML, or the address that serves it. The exit code is 0 without errors, 1 with
errors, 2 where there is nothing to read.
"""

import argparse
import io
import sys
from collections.abc import Sequence

from codegen.action_lint.finding import ERROR
from codegen.action_lint.linter import RULES, lint
from codegen.action_lint.report import as_json, as_list, as_text
from codegen.action_lint.source import Unreadable, fetch, is_address, read
from codegen.action_lint.spec import Profile, Served

_RENDERERS = {"text": as_text, "json": as_json}


def main(arguments: Sequence[str]) -> int:
    """Lint what the arguments name and print what is found; return the exit code."""
    options = _options(arguments)
    if options.rules:
        print(as_list(RULES), end="")
        return 0
    try:
        if is_address(options.file):
            root, served = fetch(options.file)
        else:
            root = read(options.file)
            served = options.served_from and Served(options.served_from)
    except Unreadable as error:
        print(error, file=sys.stderr)
        return 2
    findings = lint(root, Profile(options.placeholder, served))
    print(_RENDERERS[options.format](options.file, findings), end="")
    return int(any(finding.level == ERROR for finding in findings))


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    about, _, more = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(
        prog="python -m codegen.action_lint", description=about, epilog=more
    )
    parser.add_argument("file", nargs="?", metavar="FILE", help="a file, or an http(s) address")
    parser.add_argument("--format", choices=_RENDERERS, default="text", help="of the findings")
    parser.add_argument(
        "--placeholder", metavar="HOST", help="take this host for the real one that is put in later"
    )
    parser.add_argument(
        "--served-from", metavar="URL", help="hold the server of a file against this address"
    )
    parser.add_argument("--rules", action="store_true", help="list the rules and lint nothing")
    options = parser.parse_args(arguments)
    if not options.rules and options.file is None:
        parser.error("name a FILE")
    return options


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a spec may hold what no console can
    sys.exit(main(sys.argv[1:]))
