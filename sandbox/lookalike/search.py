"""Find the entries of the catalogue that match a search."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from sandbox.lookalike.search_index import ENTRY_FIELDS, FIELDS, Entry

EXACT_FIELDS = {"genre", "style", "country", "year", "format", "submitter", "contributor"}
CODE_FIELDS = {"catno", "barcode"}
SORTS = ("year", "title", "label", "have", "want")

LETTERS = str.maketrans({"æ": "ae", "ð": "d", "ø": "o", "þ": "th", "ł": "l", "đ": "d"})
WORD = re.compile(r"\w+")


def find(entries: Iterable[Entry], query: Mapping[str, str]) -> list[Entry]:
    """Return the entries that pass every filter of the query, in the order it asks for."""
    filters = {key: value for key, value in query.items() if key in FIELDS and value}
    kind = query.get("type", "")
    found = [
        entry
        for entry in entries
        if kind.lower() in ("", entry.kind)
        and all(_matches(key, value, entry) for key, value in filters.items())
    ]
    return _sorted(found, query)


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Return the text without case and accents, so that Bjork finds Björk."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return "".join(each for each in plain if not unicodedata.combining(each))


def _matches(field: str, wanted: str, entry: Entry) -> bool:
    if field not in ENTRY_FIELDS and entry.kind in ("artist", "label"):
        return False
    values = [fold(each) for each in entry.values(field)]
    if field in EXACT_FIELDS:
        return fold(wanted) in values
    if field in CODE_FIELDS:
        code = _squeezed(fold(wanted))
        return bool(code) and any(code in _squeezed(each) for each in values)
    words = WORD.findall(fold(wanted))
    return bool(words) and any(_has_words(words, WORD.findall(each)) for each in values)


def _has_words(wanted: Sequence[str], words: Sequence[str]) -> bool:
    return all(any(word.startswith(each) for word in words) for each in wanted)


def _squeezed(code: str) -> str:
    return "".join(WORD.findall(code))


def _sorted(entries: list[Entry], query: Mapping[str, str]) -> list[Entry]:
    key = query.get("sort", "")
    if key not in SORTS:
        return entries
    descending = query.get("sort_order") == "desc"
    if key in ("have", "want"):
        return sorted(entries, key=lambda each: getattr(each, key), reverse=descending)
    return sorted(entries, key=lambda each: fold("".join(each.values(key)[:1])), reverse=descending)
