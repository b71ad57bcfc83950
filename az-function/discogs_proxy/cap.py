"""The cap: no answer to a language model has more characters, whatever Discogs sends.

What is cut off can be asked for: who follows `continue_from` to its end gets every row once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

import orjson

from discogs_proxy import row_lists
from discogs_proxy.row_lists import Data, Position
from discogs_proxy.shortening import bounded, shortened

MOST_CHARACTERS = 90_000
"""ChatGPT fails at 100,000."""
_MOST_LISTS = 30
"""That are cut row by row; what else there is counts as one thing with the rest."""
_REST_SHARE = 3
"""No more than this part of the whole is for what is in no list, where not all of that fits."""
_SHORTENED = (
    "Not all of it fits into one answer: texts were cut, and what is deep or long left out."
)
_LONG_ROW = "The first row here is too large for one answer: its texts and lists were cut."
_NO_LIST = "This answer has no such list."

Entry = dict[str, str | int]


def fitted(
    data: Data,
    own: Mapping[str, object],
    position: Position | None = None,
    most: int = MOST_CHARACTERS,
) -> bytes:
    """Return an answer as JSON: the data, and beside it the face's own members.

    With a position only rows of its list are in it, and no other list. What does not fit is left
    out and told in `truncated`.
    """
    notes: list[Entry] = []
    if position is not None:
        data, is_there = row_lists.alone(data, position)
        if not is_there:
            notes.append({"list": ".".join(position.path), "shown": 0, "left": 0, "how": _NO_LIST})
    try:
        text = _text(data, notes, own)
    except orjson.JSONEncodeError:
        # It nests too deep to be written.
        data = {name: bounded(value) for name, value in data.items()}
        notes.append({"how": _SHORTENED})
        text = _text(data, notes, own)
    if _length(text) <= most:
        return text
    return _cut(_Frame(notes, own, most), data, position)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What is around the data, and how large all of it may be."""

    notes: list[Entry]
    own: Mapping[str, object]
    most: int

    def room(self, data: Data) -> int:
        """Return how many characters there are for rows that are not in the data yet."""
        return self.most - _length(_text(data, [*self.notes, {}], self.own))


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a list, from one of them on."""

    position: Position
    rows: list[Any]
    ends: Sequence[int]
    """How many characters the rows take up to and with each one."""

    @property
    def reserve(self) -> int:
        """How many characters it takes at most to tell that it was cut."""
        count, (path, start) = len(self.rows), self.position
        return _length(orjson.dumps(_entry(Position(path, start + count), count, count))) + 1

    def fitting(self, room: int) -> int:
        """Return how many rows fit."""
        return next((n for n, end in enumerate(self.ends) if end > room), len(self.rows))

    def note(self, shown: int) -> Entry:
        """Return what is told when so many rows are shown."""
        path, start = self.position
        return _entry(Position(path, start + shown), shown, len(self.rows) - shown)


def _cut(frame: _Frame, data: Data, position: Position | None) -> bytes:
    start = position.row if position else 0
    found = [(path, rows) for path, rows in row_lists.found(data) if rows]
    lists = [_measured(Position(path, start), rows) for path, rows in found]
    lists = sorted(lists, key=lambda each: each.ends[-1])[-_MOST_LISTS:]
    rest = row_lists.emptied(data, [each.position.path for each in lists])
    shares = _shares(lists, frame.room(rest))
    # Who reads on has to get on: at least one row, whatever it costs.
    has_to_show = position is not None and bool(lists)
    is_short = _size(rest) * _REST_SHARE <= frame.most
    if not is_short and (shares is None or (has_to_show and shares == [0])):
        frame.notes.append({"how": _SHORTENED})
        rest = _less(rest, frame.most // _REST_SHARE)
        shares = _shares(lists, frame.room(rest))
    if has_to_show and shares == [0]:
        frame.notes.append({"list": ".".join(lists[0].position.path), "how": _LONG_ROW})
        lists, shares = [_with_short_row(lists[0], frame.room(rest))], [1]
    return _assembled(frame, rest, lists, shares or [0] * len(lists))


def _shares(lists: Sequence[_Rows], room: int) -> list[int] | None:
    """Return how many rows of each list are shown, the smallest first; None: there is no room.

    As many lists as can be are whole, and of those that cannot the smallest goes first.
    """
    for whole in range(len(lists), -1, -1):
        kept, cut = lists[:whole], lists[whole:]
        left = room - sum(each.ends[-1] for each in kept) - sum(each.reserve for each in cut)
        if left >= 0:
            break
    else:
        return None
    shares = [len(each.rows) for each in kept]
    for each in cut:
        shares.append(each.fitting(left))
        left -= each.ends[shares[-1] - 1] if shares[-1] else 0
    return shares


def _assembled(frame: _Frame, rest: Data, lists: Sequence[_Rows], shares: Sequence[int]) -> bytes:
    notes = list(frame.notes)
    for each, shown in zip(lists, shares, strict=True):
        row_lists.place(rest, each.position.path, each.rows[:shown])
        if shown < len(each.rows):
            notes.append(each.note(shown))
    return _text(rest, notes, frame.own)


def _measured(position: Position, rows: list[Any]) -> _Rows:
    sizes = (_length(orjson.dumps(row)) + (1 if number else 0) for number, row in enumerate(rows))
    return _Rows(position, rows, list(accumulate(sizes)))


def _with_short_row(rows: _Rows, room: int) -> _Rows:
    first = shortened(rows.rows[0], room - rows.reserve, _size)
    return replace(rows, rows=[first, *rows.rows[1:]])


def _less(rest: Data, room: int) -> Data:
    shorter = shortened(rest, room, _size)
    return shorter if isinstance(shorter, dict) else {}


def _entry(then: Position, shown: int, left: int) -> Entry:
    how = f"{left} more rows are there: make the same call again with continue_from={then}."
    return {
        "list": ".".join(then.path),
        "shown": shown,
        "left": left,
        "continue_from": str(then),
        "how": how,
    }


def _text(data: Data, notes: Sequence[Entry], own: Mapping[str, object]) -> bytes:
    return orjson.dumps({**data, **({"truncated": notes} if notes else {}), **own})


def _size(value: object) -> int:
    return _length(orjson.dumps(value))


def _length(text: bytes) -> int:
    return len(text) if text.isascii() else len(text.decode())
