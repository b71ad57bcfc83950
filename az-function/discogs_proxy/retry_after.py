"""When Discogs wants to be asked again (RFC 9110, section 10.2.3)."""

import re

from discogs_proxy.exchange import Answer

_LONGEST = 86_400
_SECONDS = re.compile(r"[0-9]{1,5}")


def seconds(answer: Answer) -> int | None:
    """Return the seconds that an answer asks to wait, at least one.

    A date is held against the answer's own, so that no clock of ours has a say. None where nothing
    is said, or nothing that can be meant: junk, the past, or more than a day.
    """
    text = (answer.header("retry-after") or "").strip()
    if _SECONDS.fullmatch(text):
        wanted = int(text)
        return max(1, wanted) if wanted <= _LONGEST else None
    return _until(text, answer.header("date"))


def _until(text: str, now: str | None) -> int | None:
    if not text or not now:
        return None
    # Seldom needed, and not quick to load.
    from email.utils import parsedate_to_datetime  # noqa: PLC0415

    try:
        wait = parsedate_to_datetime(text) - parsedate_to_datetime(now)
    except (ValueError, TypeError, OverflowError):
        return None
    wanted = int(wait.total_seconds())
    return max(1, wanted) if 0 <= wanted <= _LONGEST else None
