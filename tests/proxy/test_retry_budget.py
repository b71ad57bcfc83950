"""Claim how many retries there are to spend."""

from discogs_proxy.retry_budget import RetryBudget


def spendable(budget, now):
    """Spend all there is and return how much that was."""
    return sum(1 for _ in iter(lambda: budget.spend(now) or None, None))


def test_a_new_budget_has_three():
    assert spendable(RetryBudget(), 0.0) == 3


def test_five_successes_pay_for_one():
    budget = RetryBudget()
    spendable(budget, 0.0)

    for _ in range(4):
        budget.earn()
    assert not budget.spend(0.0)
    budget.earn()

    assert spendable(budget, 0.0) == 1


def test_no_more_than_twenty_are_saved():
    budget = RetryBudget()

    for _ in range(10_000):
        budget.earn()

    assert spendable(budget, 0.0) == 20


def test_time_gives_back_three_a_minute_and_never_more():
    budget = RetryBudget()

    assert spendable(budget, 0.0) == 3
    assert spendable(budget, 19.0) == 0
    assert spendable(budget, 20.5) == 1
    assert spendable(budget, 10_000.0) == 3


def test_what_was_earned_is_not_lost_to_time():
    budget = RetryBudget()
    for _ in range(52):
        budget.earn()

    assert budget.spend(0.0)
    assert spendable(budget, 10_000.0) == 12
