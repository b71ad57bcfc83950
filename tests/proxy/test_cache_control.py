"""Claim which words of a caller make an answer too old."""

from math import inf

import pytest

from discogs_proxy.cache_control import oldest


@pytest.mark.parametrize(
    ("header", "age"),
    [
        ("", inf),
        ("no-cache", 0.0),
        ("No-Cache", 0.0),
        ("max-stale=5, no-cache", 0.0),
        ("no-store", 0.0),
        ("max-age=0", 0.0),
        ("max-age=90", 90.0),
        ('max-age="90"', 90.0),
        ("max-age=90, max-age=30", 30.0),
        ("max-age=-1", inf),
        ("max-age=soon", inf),
        ("max-age=" + "9" * 40, inf),
        ("only-if-cached", inf),
        ("x-no-cache", inf),
    ],
)
def test_no_cache_and_max_age_bound_the_age_and_nothing_else_does(header, age):
    assert oldest({"cache-control": header}) == age


def test_the_old_word_counts_where_there_is_no_new_one():
    assert oldest({"pragma": "no-cache"}) == 0.0
    assert oldest({"pragma": "no-cache", "cache-control": "max-age=9"}) == 9.0
    assert oldest({}) == inf
