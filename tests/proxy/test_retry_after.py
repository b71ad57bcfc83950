"""Claim what counts as a wish to be asked again later."""

import pytest

from discogs_proxy import retry_after
from discogs_proxy.exchange import Answer

NOW = "Fri, 31 Dec 1999 23:59:00 GMT"


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        ("30", 30),
        (" 30 ", 30),
        ("0", 1),
        ("00060", 60),
        ("86400", 86400),
        ("86401", None),
        ("999999", None),
        ("9" * 400, None),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("1e3", None),
        ("\u0663", None),
        ("soon", None),
        ("Fri, 31 Dec 1999 23:59:59 GMT", 59),
        ("Friday, 31-Dec-99 23:59:59 GMT", 59),
        (NOW, 1),
        ("Fri, 31 Dec 1999 23:58:59 GMT", None),
        ("Sun, 02 Jan 2000 00:00:00 GMT", None),
        ("Fri, 31 Dec 1999 23:59:59", None),
        ("Fri, 99 Dec 1999 23:59:59 GMT", None),
        ("Fri, 31 Dec 9999999999 23:59:59 GMT", None),
    ],
)
def test_seconds_or_a_date_within_a_day_count_and_nothing_else(given, seconds):
    assert retry_after.seconds(Answer(429, (("Retry-After", given), ("Date", NOW)), b"")) == seconds


@pytest.mark.parametrize("date", [None, "", "junk", "Fri, 31 Dec 1999 23:59:00 -0000"])
def test_a_date_is_held_against_the_answer_s_own_and_no_other_clock(date):
    headers = (("Retry-After", "Fri, 31 Dec 1999 23:59:59 GMT"),)
    headers += (("Date", date),) if date is not None else ()

    assert retry_after.seconds(Answer(503, headers, b"")) is None


def test_an_answer_that_asks_for_nothing_asks_for_nothing():
    assert retry_after.seconds(Answer(429, (("Date", NOW),), b"")) is None
