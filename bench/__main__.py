"""`python -m bench`: print every comparison, and beside it what is aimed at."""

import platform

from bench import cold_import, drift, generate, miss, shared_budget


def main() -> None:
    """Measure and print, one table after the other."""
    print(f"Python {platform.python_version()}; each row was measured in turn, in this run.\n")
    print("A call that asks Discogs, µs at the caller (median), same host, same upstream")
    print(f"{'body':<28}{'bare httpx':>12}{'proxy':>10}{'ratio':>8}{'CPU ratio':>11}   aim")
    for row in miss.measure():
        print(
            f"{row.body:<28}{row.bare:>12.0f}{row.proxy:>10.0f}"
            f"{row.ratio:>8.2f}{row.cpu_ratio:>11.2f}   CPU ≤ 2"
        )
    print("\nAn answer compared with the description afterwards, one in twenty, µs of CPU (median)")
    print(f"{'body':<28}{'reading JSON':>14}{'comparing':>11}{'ratio':>8}   aim")
    for cost in drift.measure():
        print(
            f"{f'release, {cost.size:,} bytes':<28}{cost.reading:>14.0f}{cost.comparing:>11.0f}"
            f"{cost.ratio:>8.2f}   ≤ 5"
        )
    cold = cold_import.measure()
    print("\nImport in a fresh interpreter until the routes are known, CPU ms (median)")
    print(
        f"{'SDK':>8}{'SDK+httpx+pydantic':>20}{'3 operations':>14}{'all':>8}{'above SDK':>11}"
        f"{'to 3':>8}{'to libraries':>14}   aim"
    )
    print(
        f"{cold.sdk:>8.0f}{cold.libraries:>20.0f}{cold.few:>14.0f}{cold.app:>8.0f}"
        f"{cold.above_sdk:>11.0f}{cold.growth:>8.2f}{cold.ratio:>14.2f}   ≤ 45 ms, ≤ 1.2"
    )
    _print_shared_budget()
    made = generate.measure()
    print("\nGenerating from the description, a whole command, seconds (median)")
    print(f"{'datamodel-code-generator':>26}{'make generate':>16}{'ratio':>8}   aim")
    print(f"{made.alone:>26.2f}{made.whole:>16.2f}{made.ratio:>8.2f}   ≤ 2")


def _print_shared_budget() -> None:
    print("\nHalf an hour of too many calls beside a stranger on the address, simulated")
    print(
        f"{'instances':>9}{'state':>8}{'budget used':>13}{'429s':>6}{'our doing':>11}"
        f"{'served':>8}{'p50 s':>7}{'p99 s':>7}   aim"
    )
    for row in shared_budget.measure():
        state = "shared" if row.is_shared else "own"
        print(
            f"{row.instances:>9}{state:>8}{row.used:>13.1%}{row.refusals:>6}{row.own_refusals:>11}"
            f"{row.served:>8}{row.median:>7.1f}{row.worst_of_hundred:>7.1f}"
            f"   {'≥ 95 %, none of our doing' if row.is_shared else ''}"
        )


if __name__ == "__main__":
    main()
