"""Claim that one deadline covers attempts, waits and the body, and takes nobody else's part."""

import asyncio

import httpx
import pytest

from discogs_api.operations import GET_ARTIST
from discogs_proxy.deadline import with_deadline
from discogs_proxy.errors import AttemptFailed, DeadlinePassed
from discogs_proxy.mirror import Mirror
from discogs_proxy.retry import Retry
from tests.proxy.support.operations import ADD, request
from tests.proxy.support.rig import WRITES, envelope, inbound, loop_time, proxy
from tests.proxy.support.upstream import Reply, Silence, reply
from tests.proxy.support.virtual_time import run

_STALLED_BODY = Reply(chunks=(b'{"id"', Silence()))


def timed(rig, operation=GET_ARTIST):
    """Ask, and return the answer with the virtual seconds it took."""

    async def ask():
        clock = asyncio.get_running_loop().time
        started = clock()
        answer = await rig.gateway.answer(Mirror(operation), inbound(operation))
        return answer, round(clock() - started, 3)

    return run(ask())


@pytest.mark.parametrize("step", [Silence(), _STALLED_BODY], ids=["head", "body"])
@pytest.mark.parametrize(("setting", "seconds"), [("", 40), ("0.05", 0.05), ("230", 230)])
def test_silence_ends_in_504_at_the_deadline(step, setting, seconds, caplog):
    caplog.set_level("WARNING", logger="discogs_proxy")
    rig = proxy(step, settings={"DEADLINE_SECONDS": setting})

    answer, took = timed(rig)

    assert (answer.status, took) == (504, seconds)
    content = envelope(answer)
    assert (content["error"], content["reason"]) == ("timeout", "deadline")
    assert content["message"] == (
        f"Timeout contacting Discogs: no answer within {seconds:g} seconds."
    )
    assert content["retry_after"] == 10
    assert caplog.messages == ["Timeout contacting Discogs"]


def test_a_write_that_meets_the_deadline_says_that_nobody_knows_what_became_of_it():
    rig = proxy(Silence(), settings={**WRITES, "DEADLINE_SECONDS": "5"})

    answer, _ = timed(rig, ADD)

    assert envelope(answer)["message"] == (
        "Timeout contacting Discogs: no answer within 5 seconds. "
        "Whether it did what was asked is not known: look before you ask again."
    )


def test_a_wait_that_would_outlast_the_deadline_is_not_begun():
    rig = proxy(httpx.ConnectError("x"), random=0.9, settings={"DEADLINE_SECONDS": "0.6"})

    answer, took = timed(rig)

    assert (answer.status, took) == (502, 0.45)
    assert rig.waits.seconds == [0.45]
    assert len(rig.upstream.requests) == 2


def test_the_deadline_covers_a_wait_that_takes_longer_than_it_should():
    async def oversleep(_seconds):
        await asyncio.sleep(100)

    async def refuse(_outbound):
        raise AttemptFailed("ConnectError")

    send = with_deadline(Retry(refuse, oversleep, lambda: 0.5, loop_time), 5, loop_time)

    with pytest.raises(DeadlinePassed):
        run(send(request()))


def test_the_deadline_is_one_for_all_attempts():
    rig = proxy(httpx.ReadError("x"), Silence(), random=0.5, settings={"DEADLINE_SECONDS": "10"})

    answer, took = timed(rig)

    assert (answer.status, took) == (504, 10)
    assert len(rig.upstream.requests) == 2


def test_an_answer_in_time_is_untouched():
    answer, took = timed(proxy(reply({"id": 7})))

    assert (answer.status, answer.body, took) == (200, b'{"id": 7}', 0)


@pytest.mark.parametrize("step", [Silence(), _STALLED_BODY, httpx.ReadError("x")])
def test_a_cancelled_caller_is_not_answered(step, caplog):
    rig = proxy(step, random=0.99)

    async def leave():
        task = asyncio.create_task(rig.gateway.answer(Mirror(GET_ARTIST), inbound(GET_ARTIST)))
        await asyncio.sleep(0.1)
        task.cancel()
        await asyncio.wait([task])
        return task.cancelled()

    assert run(leave())
    assert "Timeout contacting Discogs" not in caplog.messages
    assert len(rig.upstream.requests) == 1


def test_a_cancelled_attempt_is_cancelled_all_the_way():
    ended = []

    async def wait(_outbound):
        try:
            await asyncio.sleep(100)
        finally:
            ended.append(asyncio.get_running_loop().time())

    async def leave():
        clock = asyncio.get_running_loop().time
        started = clock()
        task = asyncio.create_task(with_deadline(wait, 40, loop_time)(request()))
        await asyncio.sleep(1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return clock() - started

    assert run(leave()) == 1
    assert len(ended) == 1
