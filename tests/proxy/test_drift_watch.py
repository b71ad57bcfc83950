"""Claim that drift is found in real answers, that callers never notice, and what it may take."""

import asyncio
import json

import httpx
import pytest

from discogs_api import agent_operations
from discogs_api.operations import DELETE_LISTING, GET_RELEASE_RATING, RENAME_FOLDER
from discogs_proxy.drift_report import Report
from discogs_proxy.drift_tally import INTERVAL
from discogs_proxy.drift_watch import LATER, DriftWatch
from discogs_proxy.exchange import Answer, Outbound
from discogs_proxy.mirror import Mirror
from tests.proxy.support.drift import SHAPES
from tests.proxy.support.operations import DOWNLOAD
from tests.proxy.support.rig import TOKEN, WRITES, inbound, loop_time, proxy
from tests.proxy.support.upstream import HTML, Reply, reply
from tests.proxy.support.virtual_time import run

RATING = {"release_id": 1, "rating": {"count": 2, "average": 4.5}}
DRIFTED = {"release_id": "1", "rating": {"count": 2}, "stars": 5}
EVERY_ONE = {"DRIFT_SAMPLE": "1", "CACHE_MB": "0"}
PREFIX = "discogs_drift: "


@pytest.fixture(autouse=True)
def everything_is_logged(caplog):
    caplog.set_level("DEBUG")


def lines(caplog):
    """Return the JSON of each line about drift."""
    return [
        json.loads(message.removeprefix(PREFIX))
        for message in caplog.messages
        if message.startswith(PREFIX)
    ]


def ask(rig, operation, *, times=1, after=2 * LATER, **changes):
    """Ask some times, each time with some rest after the answer; return the last answer."""
    return call(rig, Mirror(operation, rig.made), times=times, after=after, **changes)


def call(rig, face, *, times=1, after=2 * LATER, **changes):
    """Ask as another face's caller does."""

    async def calling():
        for _ in range(times):
            answer = await rig.gateway.answer(face, inbound(face.offer, **changes))
            await asyncio.sleep(after)
        return answer

    return run(calling())


def test_what_differs_is_logged_in_one_line_and_the_answer_is_passed_on_as_it_is(caplog):
    answer = ask(proxy(reply(DRIFTED), settings=EVERY_ONE), GET_RELEASE_RATING)

    assert (answer.status, json.loads(answer.body)) == (200, DRIFTED)
    assert [message for message in caplog.messages if PREFIX in message] == [
        'discogs_drift: {"event":"discogs_drift","operation":"get_release_rating","sampled":1,'
        '"cut":0,"has_more":false,"differences":['
        '{"what":"changed","path":"release_id","kind":"string","seen":1},'
        '{"what":"missing","path":"rating.average","seen":1},'
        '{"what":"unknown","path":"stars","seen":1}]}'
    ]


def test_the_caller_has_the_answer_before_it_is_looked_at(caplog):
    ask(proxy(reply(DRIFTED), settings=EVERY_ONE), GET_RELEASE_RATING, after=0.9 * LATER)

    assert lines(caplog) == []
    assert any("discogs_proxy_call" in message for message in caplog.messages)


def test_many_answers_are_one_line_and_the_next_one_comes_after_the_interval(caplog):
    rig = proxy(reply(DRIFTED), settings=EVERY_ONE)

    ask(rig, GET_RELEASE_RATING, times=21, after=INTERVAL / 20)

    assert [line["sampled"] for line in lines(caplog)] == [1, 20]


@pytest.mark.parametrize(("sample", "random", "looked_at"), [("0.05", 0.04, 1), ("0.05", 0.06, 0)])
def test_a_share_of_the_answers_is_looked_at(sample, random, looked_at, caplog):
    settings = {**EVERY_ONE, "DRIFT_SAMPLE": sample}

    ask(proxy(reply(DRIFTED), settings=settings, random=random), GET_RELEASE_RATING)

    assert len(lines(caplog)) == looked_at


def test_no_share_looks_at_none(caplog):
    settings = {**EVERY_ONE, "DRIFT_SAMPLE": "0"}

    ask(proxy(reply(DRIFTED), settings=settings, random=0.0), GET_RELEASE_RATING)

    assert lines(caplog) == []


def test_a_kept_answer_is_not_looked_at_again(caplog):
    rig = proxy(reply(DRIFTED), settings={"DRIFT_SAMPLE": "1"})

    ask(rig, GET_RELEASE_RATING, times=2)
    ask(rig, GET_RELEASE_RATING, after=INTERVAL)

    assert [line["sampled"] for line in lines(caplog)] == [1]


def test_an_answer_to_a_language_model_is_looked_at_as_discogs_gave_it(caplog):
    rig = proxy(reply(DRIFTED), settings=EVERY_ONE)

    answer = call(rig, rig.agent(agent_operations.GET_RELEASE_RATING))

    assert answer.status == 200
    assert [line["operation"] for line in lines(caplog)] == ["get_release_rating"]


def test_a_write_s_answer_is_looked_at(caplog):
    rig = proxy(reply({"id": 1}), settings={**EVERY_ONE, **WRITES})

    ask(rig, RENAME_FOLDER, body=b'{"name": "x"}')

    (line,) = lines(caplog)
    assert {"what": "missing", "path": "name", "seen": 1} in line["differences"]


NOT_LOOKED_AT = {
    "a refusal": (GET_RELEASE_RATING, [reply({"message": "x"}, 404)], {}),
    "no body": (DELETE_LISTING, [Reply(204, (), ())], {}),
    "a head": (GET_RELEASE_RATING, [Reply(200, (), ())], {"method": "HEAD"}),
    "a page": (GET_RELEASE_RATING, [HTML], {}),
    "half an answer": (GET_RELEASE_RATING, [reply(b'{"release_id": ')], {}),
    "a file": (DOWNLOAD, [reply(b"a,b", content_type="text/csv")], {}),
    "what is not described": (DOWNLOAD, [reply({"x": 1})], {}),
    "too much": (GET_RELEASE_RATING, [reply({**DRIFTED, "stars": "x" * 512 * 1024})], {}),
}


@pytest.mark.parametrize("case", NOT_LOOKED_AT)
def test_what_is_no_described_answer_is_not_looked_at(case, caplog):
    operation, steps, changes = NOT_LOOKED_AT[case]
    rig = proxy(*steps, settings={**EVERY_ONE, **WRITES})

    ask(rig, operation, **changes)

    assert [message for message in caplog.messages if "discogs_drift" in message] == []


def test_no_value_and_nothing_like_a_secret_gets_into_the_line(caplog):
    body = {
        "release_id": TOKEN,
        "rating": {"count": 1, "average": 1, f"token={TOKEN}": 1, "x\ndiscogs_proxy: {}": 1},
        "A" * 40: "hunter2",
        "stars": {"hunter2": "hunter2"},
    }

    ask(proxy(reply(body), settings=EVERY_ONE), GET_RELEASE_RATING)

    (line,) = lines(caplog)
    assert [difference["path"] for difference in line["differences"]] == [
        "release_id", "?", "rating.?", "stars",
    ]  # fmt: skip
    for secret in (TOKEN, "hunter2", "A" * 40):
        assert secret not in caplog.text


class Looks:
    """A report that only remembers, or fails."""

    is_due = False

    def __init__(self, failure=None):
        self.failure = failure
        self.seen = []

    def look(self, operation, body):
        self.seen.append((operation, body))
        if self.failure:
            raise self.failure


def watch(open_report, chances=(0.0,)):
    async def send(_):
        return Answer(200, (), json.dumps(DRIFTED).encode())

    row = iter(chances)
    return DriftWatch(send, open_report, 0.5, lambda: next(row, 0.0), asyncio.sleep)


def send(watched, *, rests):
    """Send as many requests as there are rests, each followed by one."""

    async def sending():
        for rest in rests:
            await watched(Outbound(GET_RELEASE_RATING, "GET", "/releases/1/rating"))
            await asyncio.sleep(rest)
        await asyncio.sleep(2 * LATER)

    run(sending())


def test_what_is_due_is_told_with_the_next_answer_whatever_chance_says(caplog):
    report = Report(SHAPES, loop_time)
    watched = watch(lambda: report, chances=(0.0, 0.0, 0.9, 0.9))

    send(watched, rests=(1, 1, INTERVAL, 1))

    assert [line["sampled"] for line in lines(caplog)] == [1, 2]


def test_of_a_crowd_of_answers_only_a_few_wait_to_be_looked_at():
    looks = Looks()
    watched = watch(lambda: looks)

    send(watched, rests=[0] * 100)
    send(watched, rests=[0])

    assert len(looks.seen) == 4 + 1


def test_a_loop_that_ended_before_the_look_leaves_room_for_later_ones():
    looks = Looks()
    watched = watch(lambda: looks)

    async def leaving():
        for _ in range(10):
            await watched(Outbound(GET_RELEASE_RATING, "GET", "/releases/1/rating"))

    run(leaving())
    send(watched, rests=[0])

    assert len(looks.seen) == 1


@pytest.mark.parametrize("is_missing", [True, False])
def test_what_goes_wrong_is_told_once_without_its_words_and_hurts_nobody(is_missing, caplog):
    looks = Looks(RuntimeError("hunter2"))

    def missing():
        raise OSError("hunter2")

    send(watch(missing if is_missing else lambda: looks), rests=(1, 1, 1))

    (message,) = [message for message in caplog.messages if "discogs_drift" in message]
    assert message.startswith(
        f"discogs_drift failed error_type={'OSError' if is_missing else 'RuntimeError'} at=test_"
    )
    assert "hunter2" not in caplog.text


def test_a_failure_to_send_is_passed_on():
    async def fail(_):
        raise httpx.ReadError("x")

    watched = DriftWatch(fail, Looks, 1.0, lambda: 0.0, asyncio.sleep)

    with pytest.raises(httpx.ReadError):
        send(watched, rests=[0])
