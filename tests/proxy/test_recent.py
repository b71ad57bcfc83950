"""Claim that what was used last stays, and no more of it than fits."""

from discogs_proxy.recent import Recent


def test_the_one_not_used_for_the_longest_time_goes_first():
    recent = Recent(20)
    for key in range(10):
        recent.put(key, f"value {key}", 2)
    recent.get(0)

    recent.put(10, "value 10", 2)

    assert recent.get(0) == "value 0"
    assert recent.get(1) is None
    assert all(recent.get(key) == f"value {key}" for key in range(2, 11))


def test_a_new_value_takes_the_place_and_the_room_of_the_old_one():
    recent = Recent(20)
    for number in range(100):
        recent.put("same", number, 2)
    for key in range(9):
        recent.put(key, key, 2)

    assert recent.get("same") == 99


def test_what_takes_more_than_an_eighth_is_not_kept_and_neither_is_what_it_replaces():
    recent = Recent(80)
    recent.put("key", "small", 10)

    recent.put("key", "large", 11)

    assert recent.get("key") is None


def test_no_room_keeps_nothing():
    recent = Recent(0)
    recent.put("key", "value", 1)

    assert recent.get("key") is None
