"""Claim what the cache finds again, for whom, and how much it holds."""

import random

import pytest

from discogs_proxy.cache import Cache, Question
from discogs_proxy.exchange import Answer

ONE = Question("owner", "get", "/things/1")


class Clock:
    now = 5000.0

    def __call__(self):
        return self.now


def answer(size=2, text=b"x"):
    return Answer(200, (("Content-Type", "application/json"),), text * size)


def cache(most_bytes=1_000_000):
    clock = Clock()
    return Cache(most_bytes, clock), clock


def put(subject, question, content, age=0.0):
    subject.put(subject.look(question).place, content, age)


def get(subject, question):
    return subject.look(question).kept


def test_what_was_put_is_found_with_its_age():
    subject, clock = cache()
    put(subject, ONE, answer(), age=2.5)
    clock.now += 10

    kept = get(subject, ONE)

    assert (kept.answer, kept.age) == (answer(), 12.5)


@pytest.mark.parametrize(
    "other",
    [
        Question("other", "get", "/things/1"),
        Question("owner", "get_all", "/things/1"),
        Question("owner", "get", "/things/2"),
    ],
)
def test_nothing_is_found_for_another_credential_operation_or_target(other):
    subject, _ = cache()

    put(subject, ONE, answer())

    assert get(subject, other) is None


def test_a_newer_answer_takes_the_place_of_the_older():
    subject, clock = cache()
    put(subject, ONE, answer())
    clock.now += 100
    put(subject, ONE, answer(3))

    assert get(subject, ONE).answer == answer(3)
    assert get(subject, ONE).age == 0


def test_those_not_used_for_the_longest_time_go_first():
    subject, _ = cache(10_000)
    questions = [Question("owner", "get", f"/{n}") for n in range(12)]
    for question in questions[:8]:
        put(subject, question, answer(500))
    get(subject, questions[0])
    for question in questions[8:]:
        put(subject, question, answer(500))

    found = [n for n, question in enumerate(questions) if get(subject, question)]

    assert found == [0, 5, 6, 7, 8, 9, 10, 11]


@pytest.mark.parametrize("most_bytes", [0, 3000])
def test_what_is_too_large_a_part_of_the_whole_is_not_kept(most_bytes):
    subject, _ = cache(most_bytes)
    put(subject, ONE, answer(1))
    put(subject, ONE, answer(1000))

    assert get(subject, ONE) is None


def test_headers_count_as_well_as_bodies():
    subject, _ = cache(10_000)
    put(subject, ONE, Answer(200, (("Link", "x" * 2000),), b""))

    assert get(subject, ONE) is None


def test_what_is_held_stays_below_the_bound_whatever_is_put():
    draw = random.Random(5)  # noqa: S311 - a seed makes it repeatable
    subject, _ = cache(50_000)

    for _ in range(5000):
        question = Question("owner", f"get{draw.randrange(3)}", f"/{draw.randrange(100)}")
        put(subject, question, answer(draw.randrange(8000)))
        if draw.random() < 0.05:
            subject.change("owner", ["get1"])

    questions = [Question("owner", f"get{n}", f"/{m}") for n in range(3) for m in range(100)]
    held = [kept for question in questions if (kept := get(subject, question))]
    assert 15_000 < sum(len(kept.answer.body) for kept in held) < 50_000


def test_a_change_makes_the_answers_of_its_operations_unknown_and_no_others():
    subject, _ = cache()
    others = [Question("other", "get", "/things/1"), Question("owner", "list", "/things")]
    for question in (ONE, *others):
        put(subject, question, answer())

    subject.change("owner", ["get", "never_asked"])

    assert get(subject, ONE) is None
    assert all(get(subject, other) for other in others)


def test_an_answer_under_way_during_a_change_is_not_found_after_it():
    subject, _ = cache()
    place = subject.look(ONE).place
    subject.change("owner", ["get"])

    subject.put(place, answer(), 0.0)

    assert get(subject, ONE) is None
