"""An event loop whose clock jumps to whatever is waited for, so that hours cost nothing."""

import asyncio
import selectors
from collections.abc import Coroutine
from functools import partial
from math import ceil
from typing import TypeVar

_Result = TypeVar("_Result")


def run(coroutine: Coroutine[object, object, _Result], *, kernel_seconds: float = 0.0) -> _Result:
    """Run a coroutine to its end; hours pass at once and `asyncio.timeout` keeps its word.

    Where it speaks over sockets to itself, time jumps only after the kernel had so many real
    seconds to deliver what is on its way.
    """
    with asyncio.Runner(loop_factory=partial(_VirtualLoop, kernel_seconds)) as runner:
        return runner.run(coroutine)


class _Selector(selectors.SelectSelector):
    latest = 1000.0

    def __init__(self, kernel_seconds: float) -> None:
        super().__init__()
        self._kernel_seconds = kernel_seconds
        # What one run left behind may be met by the next: time never goes back.
        self.now = float(ceil(_Selector.latest))

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what is ready, else let the time pass until something is due."""
        ready = super().select(0)
        if not ready and timeout != 0:
            ready = super().select(self._kernel_seconds)
        if not ready:
            if timeout is None:
                raise RuntimeError("the coroutine waits for something that never comes")
            self.now = _Selector.latest = self.now + timeout
        return ready


class _VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self, kernel_seconds: float) -> None:
        self._virtual = _Selector(kernel_seconds)
        super().__init__(self._virtual)

    def time(self) -> float:
        """Tell the virtual time."""
        return self._virtual.now
