"""What was used last, as much of it as fits."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

_LARGEST_SHARE = 8
"""Nothing may take more than this part of the whole."""


class Recent(Generic[Key, Value]):
    """Values by key, within a bound of bytes; the one not used for the longest time goes first."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._entries: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self._bytes = 0

    def get(self, key: Key) -> Value | None:
        """Return what is there, if anything."""
        found = self._entries.get(key)
        if found is None:
            return None
        self._entries.move_to_end(key)
        return found[0]

    def put(self, key: Key, value: Value, size: int) -> None:
        """Remember a value in place of the one before; its size is told by who knows it."""
        self._remove(key)
        if size > self._most_bytes // _LARGEST_SHARE:
            return
        self._entries[key] = value, size
        self._bytes += size
        while self._bytes > self._most_bytes:
            self._remove(next(iter(self._entries)))

    def _remove(self, key: Key) -> None:
        found = self._entries.pop(key, None)
        if found is not None:
            self._bytes -= found[1]
