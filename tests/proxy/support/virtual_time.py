"""An event loop whose clock jumps to whatever is waited for, so that no test has to wait."""

import asyncio
import selectors
from collections.abc import Coroutine
from math import ceil
from typing import TypeVar

_Result = TypeVar("_Result")


def run(coroutine: Coroutine[object, object, _Result]) -> _Result:
    """Run a coroutine to its end; hours pass at once and `asyncio.timeout` keeps its word."""
    with asyncio.Runner(loop_factory=_VirtualLoop) as runner:
        return runner.run(coroutine)


class _Selector(selectors.SelectSelector):
    latest = 1000.0

    def __init__(self):
        super().__init__()
        # What one run left behind may be met by the next: time never goes back.
        self.now = float(ceil(_Selector.latest))

    def select(self, timeout=None):
        ready = super().select(0)
        if not ready:
            assert timeout is not None, "the coroutine waits for something that never comes"
            self.now = _Selector.latest = self.now + timeout
        return ready


class _VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self):
        self._virtual = _Selector()
        super().__init__(self._virtual)

    def time(self):
        return self._virtual.now
