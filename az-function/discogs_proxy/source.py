"""Where the data of an answer comes from, as Discogs wants it said beside them."""

from collections.abc import Mapping
from datetime import UTC, datetime

from discogs_proxy.view_text import address

ATTRIBUTION = "Data provided by Discogs."
_SITE = "https://www.discogs.com/"
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


def page(template: str | None, values: Mapping[str, object]) -> str | None:
    """Return where people find it; None where there is no such page or a value is missing."""
    url = None if template is None else address(template)(values)
    if url is None or not url.startswith(_SITE) or len(url) > _LONGEST_URL:
        return None
    return url
