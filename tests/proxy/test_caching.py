"""Claim when Discogs is asked, when an answer is given again, and what the caller learns."""

import asyncio
import json
from collections import Counter
from dataclasses import replace

import httpx
import pytest

from discogs_proxy.chain import chain
from discogs_proxy.gateway import Gateway
from discogs_proxy.local_state import local_state
from discogs_proxy.mirror import Mirror
from discogs_proxy.network import Network
from discogs_proxy.settings import Settings
from tests.proxy.support.operations import (
    CHANGE,
    KEPT,
    KEPT_LIST,
    KEPT_SHORTLY,
    PRIVATE,
    STATUS,
)
from tests.proxy.support.rig import (
    ENVIRONMENT,
    KEYED,
    WRITES,
    Waits,
    envelope,
    inbound,
    loop_time,
    proxy,
)
from tests.proxy.support.upstream import HTML, Late, Reply, Silence, Upstream, reply
from tests.proxy.support.virtual_time import run

NO_CACHE = {**KEYED, "cache-control": "no-cache"}
HOUR = 3600


def play(rig, *steps):
    """Make calls and let time pass: numbers are seconds, all else arguments of a call."""

    async def go():
        answers = []
        for step in steps:
            if isinstance(step, (int, float)):
                await asyncio.sleep(step)
            else:
                operation, changes = step if isinstance(step, tuple) else (step, {})
                answers.append(
                    await rig.gateway.answer(Mirror(operation), inbound(operation, **changes))
                )
        await asyncio.sleep(0.001)
        return answers

    return run(go())


def seen(answer):
    """Return what tells where an answer came from."""
    content = json.loads(answer.body) if answer.body else None
    return answer.status, content, answer.header("x-cache"), answer.header("age")


def numbered(count=20, **headers):
    return [reply({"n": n}, **headers) for n in range(count)]


def test_a_second_call_is_answered_without_discogs():
    rig = proxy(*numbered())

    first, second = play(rig, KEPT, 5, KEPT)

    assert seen(first) == (200, {"n": 0}, "MISS", None)
    assert seen(second) == (200, {"n": 0}, "HIT", "5")
    assert len(rig.upstream.requests) == 1
    assert first.header("etag") == second.header("etag")


def test_what_is_not_described_as_keepable_is_asked_for_each_time():
    rig = proxy(*numbered())

    answers = play(rig, STATUS, STATUS, PRIVATE, PRIVATE)

    assert [seen(answer)[1:3] for answer in answers] == [({"n": n}, "MISS") for n in range(4)]
    assert [answer.header("cache-control") for answer in answers[2:]] == ["no-store"] * 2


def test_a_hit_tells_nothing_of_a_budget_it_did_not_touch():
    rig = proxy(
        reply(
            x_discogs_ratelimit="60",
            x_discogs_ratelimit_used="3",
            x_discogs_ratelimit_remaining="57",
            link="<https://api.discogs.com/x?page=2>; rel=next",
        )
    )

    first, second = play(rig, KEPT, KEPT)

    assert first.header("x-discogs-ratelimit-remaining") == "57"
    assert second.header("link") == first.header("link")
    names = {name for name, _ in second.headers}
    assert names == {"Content-Type", "Link", "X-Cache", "Age", "ETag", "X-Request-Id"}


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("note=a&exact=true", "exact=true&note=a", True),
        ("note=a", "note=%61", True),
        ("note=a", "note=a&undeclared=1", True),
        ("note=a", "note=b", False),
        ("note=a", "", False),
        ("note=", "", False),
        ("note=a&price=1", "note=a%26price%3D1", False),
    ],
)
def test_equal_questions_are_those_that_discogs_would_get_equally(one, other, is_same):
    rig = proxy(*numbered())
    values = {"username": "a", "folder": "1"}

    play(*[rig, *((KEPT_LIST, {"query": query, "values": values}) for query in (one, other))])

    assert len(rig.upstream.requests) == (1 if is_same else 2)


@pytest.mark.parametrize(
    "changes",
    [
        {"values": {"username": "b", "folder": "1"}},
        {"values": {"username": "a", "folder": "2"}},
        {"headers": {**KEYED, "x-currency": "EUR"}},
    ],
)
def test_another_path_or_header_is_another_question(changes):
    rig = proxy(*numbered())
    usual = {"values": {"username": "a", "folder": "1"}}

    play(rig, (KEPT_LIST, usual), (KEPT_LIST, {**usual, **changes}))

    assert len(rig.upstream.requests) == 2


def test_equal_targets_of_two_operations_are_two_questions():
    rig = proxy(*numbered())

    play(rig, KEPT, KEPT_SHORTLY)

    assert len(rig.upstream.requests) == 2


def test_whoever_asks_if_there_is_something_new_asks_discogs():
    rig = proxy(*numbered())
    headers = {**KEYED, "if-modified-since": "Thu, 27 Sep 2018 09:20:28 GMT"}

    answers = play(rig, KEPT, (KEPT, {"headers": headers}), KEPT)

    assert [seen(answer)[1] for answer in answers] == [{"n": 0}, {"n": 1}, {"n": 0}]


def test_what_is_getting_old_is_given_at_once_and_renewed_behind():
    rig = proxy(*numbered())

    answers = play(rig, KEPT, 650, KEPT, 1, KEPT)

    assert [seen(answer) for answer in answers] == [
        (200, {"n": 0}, "MISS", None),
        (200, {"n": 0}, "STALE", "650"),
        (200, {"n": 1}, "HIT", "1"),
    ]


def test_what_is_getting_old_is_renewed_once_however_many_ask():
    rig = proxy(reply({"n": 0}), Silence())

    answers = play(rig, KEPT, 650, *[KEPT] * 10)

    assert {seen(answer)[2] for answer in answers[1:]} == {"STALE"}
    assert len(rig.upstream.requests) == 2


def test_what_is_old_is_asked_for_anew():
    rig = proxy(*numbered())

    _, second = play(rig, KEPT, 1000, KEPT)

    assert seen(second) == (200, {"n": 1}, "MISS", None)


FAILURES = {
    "500": reply(status=500),
    "page": HTML,
    "cut": reply(b'{"id": 1, "na'),
    "reset": httpx.ReadError("x"),
    "refused": httpx.ConnectError("x"),
    "late": httpx.ReadTimeout("x"),
    "spent": reply(b"\n", 429, retry_after="300"),
    "403 page": reply(b"<html>", 403, content_type="text/html"),
    "too large": Reply(chunks=(b" " * 1024 * 1024,) * 9),
}


@pytest.mark.parametrize("name", FAILURES)
def test_when_discogs_fails_an_old_answer_is_given_and_says_so(name, caplog):
    caplog.set_level("INFO")
    rig = proxy(reply({"n": 0}), FAILURES[name])

    answers = play(rig, KEPT, 2 * HOUR, KEPT)

    assert seen(answers[1])[:3] == (200, {"n": 0}, "STALE")
    assert 7200 <= int(answers[1].header("age")) <= 7205
    assert '"cache":"STALE","covered":"' in caplog.messages[-1]


@pytest.mark.parametrize("name", FAILURES)
def test_after_six_hours_the_failure_is_told(name):
    rig = proxy(reply({"n": 0}), FAILURES[name])

    _, second = play(rig, KEPT, 6 * HOUR, KEPT)

    assert second.status in {429, 502, 504}


def test_silence_is_not_waited_out_when_there_is_an_old_answer():
    rig = proxy(reply({"n": 0}), Silence())

    async def ask():
        await rig.gateway.answer(Mirror(KEPT), inbound(KEPT))
        await asyncio.sleep(HOUR)
        started = loop_time()
        answer = await rig.gateway.answer(Mirror(KEPT), inbound(KEPT))
        return answer, loop_time() - started

    answer, took = run(ask())

    assert (seen(answer)[2], round(took, 3)) == ("STALE", 5.0)


def test_an_answer_that_came_too_late_for_one_caller_is_there_for_the_next():
    rig = proxy(reply({"n": 0}), Late(10, reply({"n": 1})))

    _, first, second = play(rig, KEPT, HOUR, KEPT, 10, KEPT)

    assert (seen(first)[1:3], seen(second)[1:3]) == (({"n": 0}, "STALE"), ({"n": 1}, "HIT"))


def test_while_discogs_is_left_alone_an_old_answer_is_given():
    rig = proxy(reply({"n": 0}), reply(status=500))

    answers = play(rig, KEPT, HOUR, *[STATUS] * 8, KEPT)

    assert envelope(answers[-2])["reason"] == "circuit_open"
    assert seen(answers[-1])[:3] == (200, {"n": 0}, "STALE")


@pytest.mark.parametrize(
    "step",
    [
        reply({"message": "x"}, 403),
        reply({"message": "x"}, 422),
        reply({"message": "Invalid consumer token."}, 401),
        reply({"message": "You must authenticate to access this resource."}, 401),
    ],
)
def test_a_refusal_is_not_covered_with_an_old_answer(step):
    rig = proxy(reply({"n": 0}), step)

    _, second = play(rig, KEPT, HOUR, KEPT)

    assert second.status in {403, 422, 502}


def test_what_is_gone_is_said_to_be_gone():
    rig = proxy(reply({"n": 0}), reply({"message": "gone"}, 404))

    answers = play(rig, KEPT, HOUR, KEPT, KEPT)

    assert [answer.status for answer in answers] == [200, 404, 404]
    assert len(rig.upstream.requests) == 2


def test_what_is_not_there_is_known_for_a_minute():
    rig = proxy(reply({"message": "no"}, 404), reply({"n": 1}))

    answers = play(rig, KEPT, 59, KEPT, 2, KEPT)

    assert [seen(answer)[::2] for answer in answers] == [(404, "MISS"), (404, "HIT"), (200, "MISS")]


@pytest.mark.parametrize("step", [reply({"n": 0}, 201), reply({"message": "x"}, 422), HTML])
def test_nothing_else_is_kept(step):
    rig = proxy(step)

    play(rig, KEPT, KEPT)

    assert len(rig.upstream.requests) >= 2


@pytest.mark.parametrize("word", ["no-cache", "max-age=0", "max-age=5"])
def test_a_caller_may_want_it_new_and_then_all_have_it_new(word):
    rig = proxy(*numbered())
    headers = {**KEYED, "cache-control": word}

    answers = play(rig, KEPT, 10, (KEPT, {"headers": headers}), KEPT)

    assert [seen(answer)[1:3] for answer in answers] == [
        ({"n": 0}, "MISS"),
        ({"n": 1}, "MISS"),
        ({"n": 1}, "HIT"),
    ]


def test_a_caller_that_wants_it_new_gets_the_failure_and_no_old_answer():
    rig = proxy(reply({"n": 0}), HTML)

    answers = play(rig, KEPT, (KEPT, {"headers": NO_CACHE}), KEPT)

    assert [answer.status for answer in answers] == [200, 502, 200]


def test_head_is_answered_from_what_get_brought():
    rig = proxy(*numbered())

    get, head = play(rig, KEPT, 1, (KEPT, {"method": "HEAD"}))

    assert (head.status, head.body, head.header("x-cache")) == (200, b"", "HIT")
    assert head.header("etag") == get.header("etag")
    assert len(rig.upstream.requests) == 1


def test_head_alone_is_asked_for_as_head_and_brings_nothing_to_keep():
    rig = proxy(reply(b""), reply({"n": 1}))

    head, get = play(rig, (KEPT, {"method": "HEAD"}), KEPT)

    assert [request.method for request in rig.upstream.requests] == ["HEAD", "GET"]
    assert (head.status, seen(get)[1]) == (200, {"n": 1})


def test_head_gets_the_old_answer_too_when_discogs_fails():
    rig = proxy(reply({"n": 0}), httpx.ConnectError("x"))

    _, head = play(rig, KEPT, HOUR, (KEPT, {"method": "HEAD"}))

    assert (head.status, head.header("x-cache")) == (200, "STALE")


def test_a_write_makes_what_it_changes_unknown_and_nothing_else():
    rig = proxy(*numbered(), settings=WRITES)
    listed = (KEPT_LIST, {"values": {"username": "a", "folder": "1"}})

    answers = play(rig, KEPT, listed, KEPT_SHORTLY, CHANGE, KEPT, listed, KEPT_SHORTLY)

    assert [seen(answer)[1:3] for answer in answers[4:]] == [
        ({"n": 4}, "MISS"),
        ({"n": 5}, "MISS"),
        ({"n": 2}, "HIT"),
    ]


@pytest.mark.parametrize(
    ("step", "is_unknown"),
    [
        (reply({"message": "x"}, 403), False),
        (reply({"message": "x"}, 422), False),
        (httpx.ReadError("x"), True),
        (reply(status=500), True),
        (HTML, True),
        (Silence(), True),
    ],
)
def test_a_write_that_may_be_done_counts_as_done(step, is_unknown):
    rig = proxy(reply({"n": 0}), step, settings=WRITES)

    answers = play(rig, KEPT, CHANGE, (KEPT, {}))

    assert answers[2].header("x-cache") != "HIT" if is_unknown else answers[2].status == 200


def test_a_write_that_was_never_sent_changes_nothing():
    rig = proxy(reply({"n": 0}), settings={**WRITES, "RATE_LIMIT_PER_MINUTE": "1"})

    answers = play(rig, KEPT, CHANGE, KEPT)

    assert [answer.status for answer in answers] == [200, 429, 200]


def test_an_answer_from_before_a_write_is_not_given_after_it():
    steps = [Late(5, reply({"n": 0})), Late(1, reply({"n": 1})), Late(1, reply({"n": 2}))]
    rig = proxy(*steps, settings=WRITES)

    async def ask():
        before = asyncio.create_task(rig.gateway.answer(Mirror(KEPT), inbound(KEPT)))
        await asyncio.sleep(1)
        await rig.gateway.answer(Mirror(CHANGE), inbound(CHANGE))
        after = await rig.gateway.answer(Mirror(KEPT), inbound(KEPT))
        await before
        await asyncio.sleep(5)
        return after, await rig.gateway.answer(Mirror(KEPT), inbound(KEPT))

    after, later = run(ask())

    assert [request.method for request in rig.upstream.requests] == ["GET", "PUT", "GET"]
    assert (seen(after)[1:3], seen(later)[1:3]) == (({"n": 2}, "MISS"), ({"n": 2}, "HIT"))


def test_sixty_four_equal_questions_are_one_to_discogs(caplog):
    caplog.set_level("INFO")
    rig = proxy(*numbered())

    async def ask_all():
        calls = [rig.gateway.answer(Mirror(KEPT), inbound(KEPT)) for _ in range(64)]
        return await asyncio.gather(*calls)

    answers = run(ask_all())

    assert Counter(seen(answer) for answer in [replace(a, body=b"") for a in answers]) == {
        (200, None, "MISS", None): 64
    }
    assert {answer.body for answer in answers} == {b'{"n": 0}'}
    assert len(rig.upstream.requests) == 1
    assert sum('"cache":"JOINED"' in message for message in caplog.messages) == 63
    assert sum('"attempts":1' in message for message in caplog.messages) == 1


def test_a_failure_is_shared_by_who_waits_and_not_by_who_comes_later():
    rig = proxy(reply({"message": "x"}, 302), reply({"n": 1}))

    async def ask(count):
        calls = [rig.gateway.answer(Mirror(KEPT), inbound(KEPT)) for _ in range(count)]
        return [answer.status for answer in await asyncio.gather(*calls)]

    async def ask_twice():
        return await ask(5), await ask(5)

    assert run(ask_twice()) == ([502] * 5, [200] * 5)
    assert len(rig.upstream.requests) == 2


def test_the_first_caller_s_deadline_is_not_that_of_who_came_later():
    rig = proxy(Silence(), reply({"n": 1}))

    async def ask():
        return await rig.gateway.answer(Mirror(KEPT), inbound(KEPT))

    async def ask_one_after_the_other():
        first = asyncio.create_task(ask())
        await asyncio.sleep(30)
        second = asyncio.create_task(ask())
        return await first, await second

    first, second = run(ask_one_after_the_other())

    assert (first.status, seen(second)[:2]) == (504, (200, {"n": 1}))
    assert len(rig.upstream.requests) == 2


def test_a_first_caller_that_leaves_hands_over():
    rig = proxy(Late(3, reply()))

    async def ask_and_leave():
        tasks = [
            asyncio.create_task(rig.gateway.answer(Mirror(KEPT), inbound(KEPT))) for _ in range(3)
        ]
        await asyncio.sleep(1)
        tasks[0].cancel()
        return [answer.status for answer in await asyncio.gather(*tasks[1:])]

    assert run(ask_and_leave()) == [200, 200]
    assert len(rig.upstream.requests) == 1


def test_when_all_callers_left_nothing_is_held():
    rig = proxy(Silence(), reply({"n": 1}))

    async def leave():
        tasks = [
            asyncio.create_task(rig.gateway.answer(Mirror(KEPT), inbound(KEPT))) for _ in range(3)
        ]
        await asyncio.sleep(1)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        await asyncio.sleep(0)
        left = asyncio.all_tasks() - {asyncio.current_task()}
        return left, await rig.gateway.answer(Mirror(KEPT), inbound(KEPT))

    left, answer = run(leave())

    assert (left, seen(answer)[1]) == (set(), {"n": 1})


def test_two_credentials_never_share_an_answer():
    upstream = Upstream(numbered())

    cache = local_state(Settings.from_environment({}), loop_time, lambda: 0.5).cache

    def gateway(token):
        settings = Settings.from_environment({**ENVIRONMENT, "DISCOGS_TOKEN": token})
        state = replace(local_state(settings, loop_time, lambda: 0.5), cache=cache)
        network = Network(settings.discogs_base_url, settings.user_agent, transport=upstream)
        send = chain(
            network.send, settings, state, clock=loop_time, sleep=Waits(), random=lambda: 0.5
        )
        return Gateway(settings, send, loop_time, lambda: "n" * 32, state.quotas)

    async def ask():
        return [
            await gateway(token).answer(Mirror(KEPT), inbound(KEPT)) for token in ("one", "two")
        ]

    assert [seen(answer)[1] for answer in run(ask())] == [{"n": 0}, {"n": 1}]


def test_age_that_discogs_or_a_cache_on_the_way_admits_counts():
    rig = proxy(*numbered(age="590"))

    _, second = play(rig, KEPT, 5, KEPT)
    assert seen(second)[2:] == ("HIT", "595")

    _, third = play(proxy(*numbered(age="21600")), KEPT, KEPT)
    assert seen(third)[2] == "MISS"


def test_with_no_memory_nothing_is_kept_and_equal_questions_still_are_one():
    rig = proxy(*numbered(), settings={"CACHE_MB": "0"})

    async def ask_all():
        calls = [rig.gateway.answer(Mirror(KEPT), inbound(KEPT)) for _ in range(5)]
        await asyncio.gather(*calls)
        return await rig.gateway.answer(Mirror(KEPT), inbound(KEPT))

    assert seen(run(ask_all()))[1:3] == ({"n": 1}, "MISS")
    assert len(rig.upstream.requests) == 2


def test_a_caller_without_a_key_gets_nothing_of_what_is_kept():
    rig = proxy(*numbered())

    _, second = play(rig, KEPT, (KEPT, {"headers": {}}))

    assert second.status == 401
