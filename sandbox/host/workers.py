"""Which of the two workers runs here."""

import sys
from pathlib import Path

from sandbox.host.worker import Worker


def choose_worker(script_root: Path) -> Worker:
    """Return Microsoft's own worker library where it runs, else the SDK's converters."""
    if sys.version_info >= (3, 13):
        from sandbox.host.worker_runtime import RuntimeWorker  # noqa: PLC0415 - absent below 3.13

        return RuntimeWorker(script_root)
    from sandbox.host.worker_converters import ConvertersWorker  # noqa: PLC0415 - not both

    return ConvertersWorker(script_root)
