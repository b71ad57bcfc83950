"""Write times as Discogs does: in California's time, with its offset or without."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import format_datetime, parsedate_to_datetime

Now = Callable[[], datetime]

WINTER = timezone(timedelta(hours=-8))
SUMMER = timezone(timedelta(hours=-7))
MARCH, NOVEMBER = 3, 11


def utc_now() -> datetime:
    """Return the time of this machine."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """Return a time as most answers have it: 2019-11-01T17:04:10-07:00."""
    winter = moment.astimezone(WINTER)
    # The clocks change at two in the morning: in summer that is one o'clock of winter's time.
    starts = datetime.combine(_sunday(winter.year, MARCH, 2), datetime.min.time(), WINTER)
    ends = datetime.combine(_sunday(winter.year, NOVEMBER, 1), datetime.min.time(), WINTER)
    is_summer = starts + timedelta(hours=2) <= winter < ends + timedelta(hours=1)
    return moment.astimezone(SUMMER if is_summer else WINTER).isoformat(timespec="seconds")


def bare(text: str) -> str:
    """Return a time as exports and uploads have it, without the offset."""
    return text[: len("2018-09-27T12:59:02")]


def http_date(text: str) -> str:
    """Return a time as headers have it."""
    return format_datetime(datetime.fromisoformat(text).astimezone(UTC), usegmt=True)


def is_since(text: str, header: str) -> bool:
    """Tell whether a time is later than that of a header; what is no time asks for everything."""
    try:
        asked = parsedate_to_datetime(header)
    except (ValueError, OverflowError):
        return True
    return datetime.fromisoformat(text) > (asked if asked.tzinfo else asked.replace(tzinfo=UTC))


def _sunday(year: int, month: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=6 - first.weekday() + 7 * (nth - 1))
