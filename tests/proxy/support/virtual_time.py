"""The loop of the benchmarks, on which no test has to wait."""

from bench.virtual_time import run

__all__ = ["run"]
