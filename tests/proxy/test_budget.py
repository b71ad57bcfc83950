"""Claim how many calls go out in any minute, whoever else is on the address."""

import random
from bisect import bisect_left

import pytest

from discogs_proxy.budget import Budget, Slot
from discogs_proxy.exchange import Reading

USUAL = 59


def budget(limit=60, ceiling=None, draw=0.5):
    return Budget(limit, ceiling, lambda: draw)


def take(subject, now, count, *, is_bulk=False):
    """Take so many slots, all of which have to be there."""
    slots = [subject.take(now, is_bulk=is_bulk) for _ in range(count)]
    assert all(isinstance(slot, Slot) for slot in slots)
    return slots


def answered(subject, now, count=1, **reading):
    """Send so many requests that are answered at once; return what is left after the last."""
    given = Reading(**{"limit": None, "used": None, **reading})
    return [subject.settle(slot, now, given) for slot in take(subject, now, count)][-1]


@pytest.mark.parametrize(("limit", "calls"), [(60, 59), (25, 25), (240, 236), (1, 1), (120, 118)])
def test_all_but_one_in_sixty_may_go_at_once_and_no_more(limit, calls):
    subject = budget(limit)

    take(subject, 0.0, calls)

    assert subject.take(0.0, is_bulk=False) == 60.0
    assert calls >= 0.95 * limit


def test_a_slot_comes_back_a_minute_after_the_answer():
    subject = budget()
    slots = take(subject, 0.0, USUAL)
    for slot in slots:
        subject.settle(slot, 3.0, None)

    assert subject.take(60.0, is_bulk=False) == pytest.approx(3.0)
    take(subject, 63.1, USUAL)
    assert subject.take(63.1, is_bulk=False) == pytest.approx(60.0)


@pytest.mark.parametrize("seed", range(20))
def test_no_minute_ever_has_more_than_the_budget_wherever_a_request_counted(seed):
    draw = random.Random(seed)  # noqa: S311 - a seed makes it repeatable
    subject, now, counted, under_way = budget(), 0.0, [], []

    for _ in range(3000):
        now += draw.expovariate(5)
        while under_way and under_way[0][1] <= now:
            slot, at = under_way.pop(0)
            counted.append(draw.uniform(slot.time, at))
            subject.settle(slot, at, None)
        slot = subject.take(now, is_bulk=draw.random() < 0.3)
        if isinstance(slot, Slot):
            under_way.append((slot, now + draw.uniform(0.05, 8)))
            under_way.sort(key=lambda pair: pair[1])

    counted.sort()
    worst = max(bisect_left(counted, t + 60) - i for i, t in enumerate(counted))
    assert worst <= USUAL
    assert len(counted) > 0.9 * USUAL * (now - 60) / 60


def test_a_slot_that_was_not_used_is_there_for_the_next():
    subject = budget()
    slots = take(subject, 0.0, USUAL)

    subject.give_back(slots[7])

    take(subject, 0.0, 1)
    assert subject.take(0.0, is_bulk=False) == 60.0


@pytest.mark.parametrize(
    ("said", "ceiling", "calls"),
    [(25, None, 25), (240, None, 236), (240, 60, 59), (30, 60, 30), (None, None, 59)],
)
def test_discogs_own_word_on_the_limit_counts_but_never_above_what_was_set(said, ceiling, calls):
    subject = budget(60, ceiling)
    answered(subject, 0.0, limit=said)

    take(subject, 0.0, calls - 1)

    assert not isinstance(subject.take(0.0, is_bulk=False), Slot)


def test_calls_of_others_on_the_address_are_left_to_them():
    subject = budget()

    answered(subject, 0.0, limit=60, used=1)

    assert answered(subject, 1.0, limit=60, used=22) == 37
    for number in range(1, 38):
        take(subject, number * 0.6 + 1, 1)

    assert not isinstance(subject.take(38 * 0.6 + 1, is_bulk=False), Slot)


def test_what_is_left_is_known_between_answers_and_comes_back_with_time():
    subject = budget()
    take(subject, 0.0, 9)
    left = answered(subject, 0.0, limit=60, used=10)

    assert subject.left(1.0) == (60, left)
    assert subject.left(59.0) == (60, left)
    assert subject.left(61.0) == (60, 59)


def test_nothing_is_left_while_discogs_is_given_a_pause():
    subject = budget()
    refused = Reading(60, 3, is_refusal=True, retry_after=30)
    for slot in take(subject, 0.0, 1):
        subject.settle(slot, 0.0, refused)

    assert subject.left(1.0).remaining == 0


def test_our_own_calls_are_not_taken_for_those_of_others_while_they_are_under_way():
    subject = budget()
    slots = take(subject, 0.0, 30)

    left = [subject.settle(slot, 1.0, Reading(60, n + 1)) for n, slot in enumerate(slots)]

    assert left == [29] * 30


def test_a_counter_that_lags_changes_nothing():
    subject = budget()

    assert answered(subject, 0.0, limit=60, used=0) == 58
    assert answered(subject, 0.0, count=10, limit=60, used=4) == 48


def test_others_are_forgotten_bit_by_bit_when_nothing_more_is_heard():
    subject = budget()
    answered(subject, 0.0, used=59)

    assert 0 < subject.take(0.0, is_bulk=False) <= 2.1
    assert not isinstance(subject.take(30.0, is_bulk=False), float)
    take(subject, 60.1, 58)


def test_a_refusal_pauses_everything_and_one_probe_goes_first():
    subject = budget()
    answered(subject, 0.0, is_refusal=True, limit=60, used=5)

    assert subject.take(0.0, is_bulk=False) == 2.0
    probe = subject.take(2.1, is_bulk=False)
    assert probe.is_probe
    assert 0.5 <= subject.take(2.1, is_bulk=False) < 0.6
    subject.settle(probe, 2.3, Reading(60, 6))

    take(subject, 2.3, 20)


def test_pauses_grow_up_to_a_minute_while_refusals_go_on():
    subject, now, pauses = budget(), 0.0, []
    answered(subject, now, is_refusal=True)

    for _ in range(8):
        pauses.append(subject.take(now, is_bulk=False))
        now += pauses[-1]
        probe = subject.take(now, is_bulk=False)
        assert probe.is_probe
        subject.settle(probe, now, Reading(None, None, is_refusal=True))

    assert pauses == pytest.approx([2, 4, 8, 16, 32, 60, 60, 60])


def test_a_probe_that_went_well_does_not_make_the_next_pause_a_short_one():
    subject = budget()
    answered(subject, 0.0, is_refusal=True)
    probe = subject.take(2.0, is_bulk=False)
    subject.settle(probe, 2.1, Reading(60, 1))

    answered(subject, 2.2, is_refusal=True)
    assert subject.take(2.2, is_bulk=False) == pytest.approx(4.0)
    probe = subject.take(6.3, is_bulk=False)
    subject.settle(probe, 6.3, Reading(60, 1))

    answered(subject, 70.0, is_refusal=True)
    assert subject.take(70.0, is_bulk=False) == pytest.approx(2.0)


def test_many_refusals_of_one_storm_are_one():
    subject = budget()
    for slot in take(subject, 0.0, 30):
        subject.settle(slot, 0.1, Reading(None, None, is_refusal=True))

    assert subject.take(0.1, is_bulk=False) == pytest.approx(2.0, abs=0.1)


def test_a_late_answer_from_before_the_pause_does_not_end_it():
    subject = budget()
    early = take(subject, 0.0, 1)[0]
    answered(subject, 0.0, is_refusal=True)

    subject.settle(early, 0.5, Reading(60, 2))

    assert subject.take(0.5, is_bulk=False) == pytest.approx(1.5)


@pytest.mark.parametrize(("asked", "pause"), [(1, 2), (30, 30), (86400, 300)])
def test_what_discogs_asks_for_is_kept_up_to_five_minutes(asked, pause):
    subject = budget()
    answered(subject, 0.0, is_refusal=True, retry_after=asked)

    assert subject.take(0.0, is_bulk=False) == pytest.approx(pause)


@pytest.mark.parametrize("ending", ["given back", "no answer", "lost"])
def test_a_probe_that_brings_nothing_makes_room_for_the_next(ending):
    subject = budget()
    answered(subject, 0.0, is_refusal=True)
    probe = subject.take(2.0, is_bulk=False)

    if ending == "given back":
        subject.give_back(probe)
    if ending == "no answer":
        subject.settle(probe, 3.0, None)

    assert subject.take(62.0 if ending == "lost" else 3.1, is_bulk=False).is_probe


def test_after_a_refusal_that_says_nothing_room_comes_back_bit_by_bit():
    subject = budget()
    answered(subject, 0.0, is_refusal=True)

    served = 0
    for quarter in range(8, 128):
        slot = subject.take(quarter / 4, is_bulk=False)
        if isinstance(slot, Slot):
            subject.settle(slot, quarter / 4, Reading(None, None))
            served += 1

    assert 28 <= served <= 34


def test_bulk_calls_go_evenly_after_a_quarter_and_still_get_the_whole_budget():
    subject, now, times = budget(), 0.0, []

    while now < 600:
        slot = subject.take(now, is_bulk=True)
        if isinstance(slot, Slot):
            subject.settle(slot, now, None)
            times.append(now)
        else:
            now += slot

    assert sum(time == 0.0 for time in times) == 14
    assert sum(time < 20 for time in times) == pytest.approx(14 + 20, abs=1)
    assert len(times) >= 0.98 * 59 * 10


def test_bulk_calls_that_go_evenly_leave_room_for_an_interactive_one():
    subject, now = budget(), 0.0
    while now < 20:
        slot = subject.take(now, is_bulk=True)
        now += 0 if isinstance(slot, Slot) else slot

    take(subject, now, 20)


@pytest.mark.parametrize(
    ("ahead", "wait"), [(0, 0.0), (58, 0.0), (59, 60.0), (117, 60.0), (118, 120.0)]
)
def test_the_forecast_counts_those_who_go_first(ahead, wait):
    assert budget().forecast(0.0, ahead, is_bulk=False) == pytest.approx(wait)


def test_the_forecast_of_bulk_calls_counts_their_even_pace():
    assert budget().forecast(0.0, 20, is_bulk=True) == pytest.approx(6 * 60 / 59)


@pytest.mark.parametrize("seed", range(10))
def test_the_wait_it_names_is_enough_and_none_shorter_is(seed):
    draw = random.Random(seed)  # noqa: S311 - a seed makes it repeatable
    subject, now = budget(), 0.0

    for _ in range(500):
        now += draw.expovariate(2)
        slot = subject.take(now, is_bulk=False)
        if isinstance(slot, Slot):
            used = draw.randrange(60)
            subject.settle(slot, now + 0.1, Reading(60, used))
            continue
        assert isinstance(subject.take(now + slot * 0.99, is_bulk=False), float)
        now += slot + 1e-6
        subject.settle(take(subject, now, 1)[0], now, None)


def test_a_refusal_that_discogs_own_count_explains_is_learnt_from_without_a_pause():
    subject = budget()
    answered(subject, 0.0, count=30, limit=60)

    answered(subject, 1.0, limit=60, used=60, is_refusal=True)

    wait = subject.take(1.0, is_bulk=False)
    assert 1 < wait <= 60
    assert isinstance(subject.take(1.0 + wait, is_bulk=False), Slot)


def test_a_second_one_in_a_row_is_a_reason_to_pause():
    subject = budget()

    for _ in range(2):
        slot = Slot(0.0, 0)
        subject.settle(slot, 0.0, Reading(60, 60, is_refusal=True))

    assert subject.take(1.9, is_bulk=False) > 0
    assert subject.take(61.0, is_bulk=False).is_probe


def test_a_refused_request_takes_no_part_of_the_budget():
    subject = budget()

    assert answered(subject, 0.0, limit=60, used=0, is_refusal=False) == 58
    slot = take(subject, 0.0, 1)[0]
    assert subject.settle(slot, 0.0, Reading(60, 60, is_refusal=True)) == 0
    assert subject.take(60.1, is_bulk=False).time == 60.1


def test_what_others_sent_counts_from_when_it_was_noticed():
    subject = budget()
    answered(subject, 0.0, limit=60, used=1)
    answered(subject, 50.0, limit=60, used=2)
    answered(subject, 52.0, limit=60, used=23)

    assert subject.forecast(80.0, 45, is_bulk=False) > 0
    assert subject.forecast(113.0, 58, is_bulk=False) == 0


def test_beside_others_the_second_half_goes_one_by_one_up_to_twice_as_fast_as_evenly():
    subject = budget()
    answered(subject, 0.0, limit=60, used=11)

    take(subject, 1.0, 19)
    wait = subject.take(1.0, is_bulk=False)

    assert wait == pytest.approx(60 / 59 / 2)
    assert subject.forecast(1.0, 9, is_bulk=False) == pytest.approx(10 * wait)
    take(subject, 1.001 + wait, 1)
    assert not isinstance(subject.take(1.001 + wait, is_bulk=False), Slot)


def test_with_nobody_else_on_the_address_all_may_go_at_once():
    subject = budget()
    answered(subject, 0.0, limit=60, used=1)

    take(subject, 30.0, 58)


def test_a_request_under_way_is_not_known_to_be_counted():
    subject = budget()
    slow = take(subject, 0.0, 10)

    # Discogs counted the ten, or it counted ten of somebody else's; one more is left for doubt.
    left = answered(subject, 30.0, limit=60, used=12)
    for slot in slow:
        subject.settle(slot, 30.0, None)

    assert left == 59 - 11 - 3
    assert answered(subject, 32.0, limit=60, used=12) == 59 - 12


def test_a_count_beyond_all_reason_costs_neither_time_nor_memory():
    subject = budget()

    answered(subject, 0.0, limit=10**12, used=10**12)

    assert subject._window.others <= 1000  # noqa: SLF001
    take(subject, 0.0, 1)
