"""Where the data of an answer comes from, as Discogs wants it said beside them."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote

ATTRIBUTION = "Data provided by Discogs."
_SITE = "https://www.discogs.com/"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_LONGEST_URL = 500


def source(url: str | None, age: float | None, now: float) -> dict[str, str]:
    """Return the source of an answer; `now` is by the wall clock, `age` None for a new one."""
    page = {} if url is None else {"url": url}
    retrieved = datetime.fromtimestamp(now - (age or 0), UTC)
    return {
        **page,
        "attribution": ATTRIBUTION,
        "retrieved_at": retrieved.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "freshness": "fresh" if age is None else "cached",
    }


def page(template: str | None, *values: Mapping[str, object]) -> str | None:
    """Fill in where people find it, each name from the first values that have it.

    Return None where there is no such page, or where a value would lead to another site.
    """
    names = _PLACEHOLDER.findall(template or "")
    found = {name: _text(name, values) for name in names}
    if template is None or not all(found.values()):
        return None
    # What stands alone is an address of Discogs' own, and keeps its slashes.
    safe = "/:" if _PLACEHOLDER.fullmatch(template) else ""
    url = _PLACEHOLDER.sub(lambda match: quote(found[match[1]], safe=safe), template)
    return url if url.startswith(_SITE) and len(url) <= _LONGEST_URL else None


def _text(name: str, values: tuple[Mapping[str, object], ...]) -> str:
    value = next((each[name] for each in values if name in each), None)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
