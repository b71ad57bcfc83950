"""Plain YAML scalars that mean the same in YAML 1.1 and in YAML 1.2."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

# YAML 1.2.2, section 10.3.2, less the numbers that JSON cannot write. Everything else is text.
_CORE: Sequence[tuple[str, re.Pattern[str], Callable[[str], object]]] = (
    ("null", re.compile(r"|~|null|Null|NULL"), lambda _: None),
    ("bool", re.compile(r"true|True|TRUE"), lambda _: True),
    ("bool", re.compile(r"false|False|FALSE"), lambda _: False),
    ("int", re.compile(r"[-+]?(0|[1-9][0-9]{0,99})"), int),
    ("float", re.compile(r"[-+]?(0|[1-9][0-9]{0,99})?\.[0-9]+([eE][-+][0-9]{1,2})?"), float),
)
# What only some readers take for a number: no quotes, no agreement.
_NUMBER = re.compile(r"[-+]?(0o[0-7]+|0x[0-9a-fA-F]+|[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?)")
_ARTICLES = {"int": "an integer", "float": "a number", "bool": "a boolean", "null": "null"}


class UnclearScalar(Exception):
    """A scalar that two YAML readers may take for two things; the message says what to write."""


def plain(text: str, tag: str) -> object:
    """Return the value of an unquoted scalar; `tag` is the type that YAML 1.1 gives it."""
    kind, value = _core(text)
    if kind == tag and not (kind == "str" and _NUMBER.fullmatch(text)):
        return value
    other = tag if tag != "str" else "float"
    what = _ARTICLES.get(other, f"a {other}")
    raise UnclearScalar(f"unquoted {text} is {what} to some YAML readers; write '{text}'")


@lru_cache(maxsize=4096)  # a description has the same few words over and over
def _core(text: str) -> tuple[str, object]:
    for kind, pattern, convert in _CORE:
        if pattern.fullmatch(text):
            return kind, convert(text)
    return "str", text
