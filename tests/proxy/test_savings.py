"""Claim what the cache saves, in measurements small enough for every test run."""

import pytest

from bench import day, together


@pytest.mark.parametrize("seed", range(1, 5))
def test_a_day_of_conversations_costs_discogs_less_and_shows_every_write(seed):
    result = day.measure(seed)

    assert result.saved >= 0.2
    assert result.sent["repeat"] == 0
    assert result.asked["write"] == result.sent["write"] > 0
    assert result.outdated == 0


def test_sixty_four_callers_of_one_question_cost_one_request():
    result = together.measure(64)

    assert (result.answered, result.requests) == (64, 1)
