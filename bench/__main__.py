"""`python -m bench [PART …]`: print every comparison, or some, and beside it what is aimed at."""

import argparse
import platform
from collections.abc import Callable

from bench import (
    cold_import,
    day,
    drift,
    generate,
    hit,
    memory,
    miss,
    projection,
    shared_budget,
    together,
)

PARTS: dict[str, Callable[[], None]] = {
    "hit": hit.report,
    "miss": miss.report,
    "drift": drift.report,
    "together": together.report,
    "day": day.report,
    "agent": projection.report,
    "budget": shared_budget.report,
    "memory": memory.report,
    "import": cold_import.report,
    "generate": generate.report,
}


def main() -> None:
    """Measure and print, one table after the other."""
    parser = argparse.ArgumentParser(prog="bench", description="Measure, side by side in one run.")
    # Not `choices`, which with nothing given would want the empty list to be one of them.
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    names = parser.parse_args().parts
    unknown = sorted(set(names) - set(PARTS))
    if unknown:
        parser.error(f"no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    print(f"Python {platform.python_version()}; each row was measured in turn, in this run.")
    for name in names or PARTS:
        print()
        PARTS[name]()


if __name__ == "__main__":
    main()
