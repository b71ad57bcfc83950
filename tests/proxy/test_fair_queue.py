"""Claim in which order those who wait are served."""

from discogs_proxy.fair_queue import FairQueue


def queue(*entries):
    """Fill a queue with entries such as `a1` and `B2`: caller and number, bulk in capitals."""
    subject = FairQueue()
    for entry in entries:
        push(subject, entry)
    return subject


def push(subject, entry):
    subject.push(entry, entry[0].lower(), is_bulk=entry[0].isupper())


def drain(subject):
    """Serve everybody, always from the lane whose turn it is."""
    served = []
    while subject:
        served.append(subject.pop(is_bulk=next(subject.turns())))
    return served


def test_one_caller_is_served_in_the_order_of_coming():
    assert drain(queue("a1", "a2", "a3")) == ["a1", "a2", "a3"]


def test_callers_take_turns_however_many_each_has_waiting():
    assert drain(queue("a1", "a2", "a3", "b1", "c1", "c2")) == ["a1", "b1", "c1", "a2", "c2", "a3"]


def test_three_interactive_calls_go_for_each_bulk_call():
    served = drain(queue("B1", "B2", "B3", "a1", "a2", "a3", "a4", "a5", "a6", "a7"))

    assert served == ["a1", "a2", "a3", "B1", "a4", "a5", "a6", "B2", "a7", "B3"]


def test_bulk_calls_lose_no_turn_while_nobody_else_waits():
    assert drain(queue("A1", "A2", "B1")) == ["A1", "B1", "A2"]


def test_who_comes_late_does_not_wait_for_all_who_came_before():
    subject = queue(*(f"A{number}" for number in range(50)))
    subject.pop(is_bulk=True)
    push(subject, "b1")

    assert subject.pop(is_bulk=next(subject.turns())) == "b1"


def test_the_other_lane_is_offered_when_the_first_cannot_be_served():
    assert list(queue("A1", "b1").turns()) == [False, True]
    assert list(queue("b1").turns()) == [False]
    assert list(queue("A1").turns()) == [True]
    assert list(queue().turns()) == []


def test_who_leaves_is_not_served_and_leaves_no_gap():
    subject = queue("a1", "a2", "b1")

    subject.discard("a1", "a", is_bulk=False)
    subject.discard("a1", "a", is_bulk=False)
    subject.discard("b1", "b", is_bulk=False)
    subject.discard("x", "nobody", is_bulk=True)

    assert len(subject) == 1
    assert drain(subject) == ["a2"]
    assert subject.pop(is_bulk=False) is None


def test_the_place_of_a_new_call_counts_who_would_go_first():
    subject = queue("a1", "a2", "a3", "b1", "C1", "C2", "C3", "C4")

    assert subject.ahead("a", is_bulk=False) == 3 + 1 + 1
    assert subject.ahead("b", is_bulk=False) == 1 + 2 + 1
    assert subject.ahead("new", is_bulk=False) == 2
    assert subject.ahead("c", is_bulk=True) == 4 + 4
    assert queue().ahead("a", is_bulk=False) == 0
    assert queue("A1").ahead("b", is_bulk=False) == 0
