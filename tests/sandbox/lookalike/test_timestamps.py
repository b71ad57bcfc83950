from datetime import UTC, datetime

import pytest

from sandbox.lookalike.timestamps import stamp


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2024, 1, 1, 8, tzinfo=UTC), "2024-01-01T00:00:00-08:00"),
        (datetime(2024, 7, 1, 7, tzinfo=UTC), "2024-07-01T00:00:00-07:00"),
        (datetime(2024, 3, 10, 9, 59, 59, tzinfo=UTC), "2024-03-10T01:59:59-08:00"),
        (datetime(2024, 3, 10, 10, tzinfo=UTC), "2024-03-10T03:00:00-07:00"),
        (datetime(2024, 11, 3, 8, 59, 59, tzinfo=UTC), "2024-11-03T01:59:59-07:00"),
        (datetime(2024, 11, 3, 9, tzinfo=UTC), "2024-11-03T01:00:00-08:00"),
        (datetime(2026, 3, 8, 10, tzinfo=UTC), "2026-03-08T03:00:00-07:00"),
        (datetime(2026, 11, 1, 9, tzinfo=UTC), "2026-11-01T01:00:00-08:00"),
        (datetime(2024, 7, 1, 7, 0, 0, 999_999, tzinfo=UTC), "2024-07-01T00:00:00-07:00"),
    ],
)
def test_the_clock_is_that_of_california(moment, text):
    assert stamp(moment) == text
