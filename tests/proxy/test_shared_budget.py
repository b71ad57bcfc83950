"""Claim that a shared budget is used up and not overdrawn, however many instances share it."""

from statistics import median

import pytest

from bench.shared_budget import INSTANCES, simulate

SEEDS = range(1, 5)


@pytest.mark.parametrize("instances", INSTANCES)
def test_instances_share_a_budget_with_a_stranger_use_it_and_do_not_overdraw_it(instances):
    results = [simulate(instances, is_shared=True, seed=seed) for seed in SEEDS]

    assert median(result.used for result in results) >= 0.95
    assert all(result.used >= 0.94 for result in results)
    assert all(result.worst_of_hundred <= 40 for result in results)
    # What he sends at the last moment nobody can know of.
    assert [result.own_refusals for result in results] == [0] * len(results)
    assert sum(result.refusals for result in results) < 0.01 * sum(r.served for r in results)


@pytest.mark.parametrize("instances", INSTANCES)
def test_with_nobody_else_on_the_address_there_is_no_429_at_all(instances):
    result = simulate(instances, is_shared=True, stranger_a_minute=0)

    assert result.used >= 0.95
    assert result.refusals == 0


def test_without_shared_state_instances_get_in_each_other_s_way():
    alone, together = (simulate(16, is_shared=is_shared) for is_shared in (False, True))

    assert alone.refusals > 10 * together.refusals
