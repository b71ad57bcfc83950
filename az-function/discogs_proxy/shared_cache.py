"""Answers that all instances find, and what one of them does while the store is away."""

import contextlib
from collections.abc import Iterable
from functools import partial

from discogs_proxy.cache import Found, Place, Question
from discogs_proxy.exchange import Answer
from discogs_proxy.state import CacheState
from discogs_proxy.store_link import Link, Unreachable


class SharedCache:
    """Answers that all instances find, or this one while it is on its own."""

    def __init__(self, link: Link, remote: CacheState, local: CacheState) -> None:
        self._link = link
        self._remote = remote
        self._local = local
        # Changes that the store does not know of yet; it may hold what they made wrong.
        self._owed: set[tuple[str, str]] = set()

    async def look(self, question: Question) -> Found:
        """Return where the answer to a question is kept, and what is there."""
        (_, own), kept = await self._local.look(question)
        try:
            await self._pay()
            (_, version), shared = await self._link.ask(lambda: self._remote.look(question))
        except Unreachable:
            return Found((question, f" {own}"), kept)
        return Found((question, f"{version} {own}"), shared)

    async def put(self, place: Place, answer: Answer, age: float) -> None:
        """Keep an answer, here and for all."""
        question, (version, own) = place[0], place[1].split(" ")
        await self._local.put((question, own), answer, age)
        if version:
            shared = question, version
            await self._link.tell(lambda: self._remote.put(shared, answer, age))

    async def change(self, owner: str, operations: Iterable[str]) -> None:
        """Let no answer of these operations be found any more."""
        names = tuple(operations)
        await self._local.change(owner, names)
        self._owed |= {(owner, name) for name in names}
        with contextlib.suppress(Unreachable):
            await self._pay()

    async def _pay(self) -> None:
        owed: dict[str, set[str]] = {}
        for owner, name in self._owed:
            owed.setdefault(owner, set()).add(name)
        for owner, names in owed.items():
            await self._link.ask(partial(self._remote.change, owner, names))
            self._owed -= {(owner, name) for name in names}
