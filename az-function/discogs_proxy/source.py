"""Where the data of an answer comes from, as Discogs wants it said beside them."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from discogs_proxy.view_text import address

ATTRIBUTION = "Data provided by Discogs."
_SITE = "https://www.discogs.com/"
_LONGEST_URL = 500
_NAME = re.compile(r"[\w.-]{1,64}")


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


def page(template: str | None, asked: Mapping[str, str], told: Mapping[str, object]) -> str | None:
    """Return where people find it, from what was asked and else from what Discogs told.

    None where there is no such page, or a value of it is missing or more than a name.
    """
    names = {name: value for name, value in told.items() if _NAME.fullmatch(str(value))}
    url = None if template is None else address(template)({**names, **asked})
    if url is None or not url.startswith(_SITE) or len(url) > _LONGEST_URL:
        return None
    return url
