"""What a caller says about answers that were kept (RFC 9111, section 5.2.1)."""

import re
from collections.abc import Mapping
from math import inf

_MAX_AGE = re.compile(r'max-age="?([0-9]{1,9})"?')


def oldest(headers: Mapping[str, str]) -> float:
    """Return the age in seconds from which on an answer is too old for the caller."""
    given = headers.get("cache-control", headers.get("pragma"))
    if given is None:
        return inf
    directives = [directive.strip().lower() for directive in given.split(",")]
    if "no-cache" in directives or "no-store" in directives:
        return 0.0
    ages = [int(match[1]) for each in directives if (match := _MAX_AGE.fullmatch(each))]
    return float(min(ages, default=inf))
