"""Claim that a model may ask for a change twice, and is told what is so."""

import asyncio
import json

import httpx
import pytest

from discogs_proxy.exchange import Answer
from tests.proxy.support.agent_operations import ADD_COPY, KEEP, REMOVE
from tests.proxy.support.rig import WRITES, inbound, proxy
from tests.proxy.support.upstream import Silence, reply
from tests.proxy.support.virtual_time import run

NOBODY = reply({"releases": []})
SOMEBODY = reply({"releases": [{"instance_id": 5}]})
ADDED = reply({"instance_id": 6, "resource_url": "x"}, 201)


def consult(offered, *steps, query="", settings=WRITES):
    rig = proxy(*steps, settings=settings)
    answer = rig.consult(offered, query)
    asked = [(r.method, r.url.raw_path.decode()) for r in rig.upstream.requests]
    return answer.status, json.loads(answer.body), asked


LOOK, ADD = ("GET", "/albums/1/copies"), ("POST", "/albums/1/copies")


def test_what_is_not_there_is_added():
    status, content, asked = consult(ADD_COPY, NOBODY, ADDED)

    assert (status, content["changed"], content["done"]) == (200, True, "A copy was added.")
    assert content["instance_id"] == 6
    assert asked == [LOOK, ADD]


def test_what_is_there_is_said_to_be_and_not_added_again():
    status, content, asked = consult(ADD_COPY, SOMEBODY)

    assert (status, content["changed"], content["done"]) == (200, False, "It is there already.")
    assert content["source"]["freshness"] == "fresh"
    assert asked == [LOOK]


def kept_since(added, status=200):
    """What comes of a PUT that Discogs answers with such a time; the call begins at 03:04:05."""
    return consult(KEEP, reply({"note": "n", "added": added}, status))[1]


@pytest.mark.parametrize(
    "added",
    ["2026-01-02T03:03:00Z", "2026-01-01T19:00:00-08:00", "2019-05-05T05:05:05", "2026-01-02"],
)
def test_what_is_so_since_before_the_call_is_no_change(added):
    content = kept_since(added)

    assert (content["changed"], content["done"]) == (False, "It was kept before.")
    assert content["note"] == "n"


@pytest.mark.parametrize(
    "added",
    [
        "2026-01-02T03:04:06Z",
        "2026-01-01T19:04:00-08:00",
        "2027-01-01T00:00:00",
        "soon",
        "",
        5,
        None,
    ],
)
def test_what_is_so_since_now_or_nobody_knows_when_is_a_change(added):
    content = kept_since(added, 201)

    assert (content["changed"], content["done"]) == (True, "It is kept now.")


@pytest.mark.parametrize(("flag", "asked"), [("true", [ADD]), ("false", [LOOK])])
def test_only_the_flag_adds_a_second_one(flag, asked):
    steps = [ADDED] if flag == "true" else [SOMEBODY]

    assert consult(ADD_COPY, *steps, query=f"add_copy={flag}")[2] == asked


def test_a_look_that_finds_nothing_of_the_kind_lets_the_change_through():
    missing = reply({"message": "Not found."}, 404)

    assert consult(ADD_COPY, missing, ADDED)[1]["changed"] is True


@pytest.mark.parametrize("body", [{"releases": None}, {"releases": {}}, {}, [], "x"])
def test_where_nobody_says_whether_it_is_there_nothing_is_changed(body):
    status, content, asked = consult(ADD_COPY, reply(body), ADDED)

    assert (status, content["reason"]) == (502, "no_rows")
    assert asked == [LOOK]


@pytest.mark.parametrize(
    ("step", "status"), [(reply({"message": "No."}, 403), 403), (httpx.ReadError("x"), 502)]
)
def test_where_looking_fails_nothing_is_changed(step, status):
    found, content, asked = consult(ADD_COPY, step)

    assert found == status
    assert content["error"]
    assert ADD not in asked


def test_a_look_sees_what_is_there_now():
    rig = proxy(NOBODY, ADDED, SOMEBODY, settings=WRITES)

    first, second = rig.consult(ADD_COPY), rig.consult(ADD_COPY)

    assert [json.loads(answer.body)["changed"] for answer in (first, second)] == [True, False]


class Shelf:
    """A Discogs that takes a while for everything, and knows what was added."""

    def __init__(self, seconds):
        self.seconds, self.copies, self.looks = seconds, 0, 0

    async def send(self, outbound):
        outbound.call.attempts += 1
        await asyncio.sleep(self.seconds)
        if outbound.method == "GET":
            self.looks += 1
            return Answer(200, (), json.dumps({"releases": [{}] * self.copies}).encode())
        self.copies += 1
        return Answer(201, (), b"{}")


def at_once(shelf, *queries):
    rig = proxy(settings=WRITES, send=shelf.send)

    async def go():
        calls = [
            rig.gateway.answer(rig.agent(ADD_COPY), inbound(ADD_COPY.face, query))
            for query in queries
        ]
        return [json.loads(answer.body) for answer in await asyncio.gather(*calls)]

    return run(go())


def test_of_many_who_add_the_same_at_once_one_adds_it():
    shelf = Shelf(1.0)

    answers = at_once(shelf, *[""] * 5)

    assert [answer["changed"] for answer in answers] == [True, False, False, False, False]
    assert (shelf.copies, shelf.looks) == (1, 5)


def test_who_wants_a_further_copy_waits_for_nobody():
    assert [answer["changed"] for answer in at_once(Shelf(1.0), *["add_copy=true"] * 3)] == [
        True
    ] * 3


def test_who_waits_too_long_for_another_to_be_done_is_told_that_nothing_was():
    answers = at_once(Shelf(15.0), "", "", "", "")

    assert [answer.get("changed") for answer in answers] == [True, False, None, None]
    for answer in answers[2:]:
        assert (answer["error"], answer["retryable"]) == ("timeout", True)
        assert "did nothing" in answer["message"]


def test_look_and_change_have_one_deadline_and_one_account(caplog):
    caplog.set_level("INFO")
    rig = proxy(NOBODY, Silence(), settings=WRITES)

    answer = rig.consult(ADD_COPY)

    problem = json.loads(answer.body)
    assert (answer.status, problem["retryable"]) == (504, False)
    assert problem["hint"].startswith("Do not repeat it: read what is there now")
    line = json.loads(next(m for m in caplog.messages if "proxy_call" in m).partition(": ")[2])
    assert (line["attempts"], line["elapsed_ms"]) == (2, 40000)


def test_what_is_removed_is_said_to_be_although_discogs_says_nothing():
    status, content, asked = consult(REMOVE, reply(b"", 204))

    assert (status, content["changed"], content["done"]) == (200, True, "It was removed.")
    assert asked == [("DELETE", "/albums/1")]


def test_what_is_gone_is_said_to_be():
    status, content, _ = consult(REMOVE, reply({"message": "Not found."}, 404))

    assert (status, content["changed"], content["done"]) == (200, False, "It was not there.")


def test_a_user_who_is_not_there_is_no_removal():
    nobody = reply({"message": "User does not exist or may have been deleted."}, 404)

    status, content, _ = consult(REMOVE, nobody)

    assert (status, content["reason"]) == (404, "not_found")


def test_who_had_to_ask_twice_may_have_removed_it_himself():
    gone = reply({"message": "Not found."}, 404)

    _, content, asked = consult(REMOVE, httpx.ReadError("x"), gone)

    assert content["done"] == (
        "It was not there. An earlier attempt of this same call may have done it."
    )
    assert len(asked) == 2


@pytest.mark.parametrize("offered", [ADD_COPY, REMOVE])
def test_changes_are_off_until_somebody_allows_them(offered):
    status, content, asked = consult(offered, settings={})

    assert (status, content["error"], content["retryable"]) == (403, "writes_disabled", False)
    assert "switched off" in content["hint"]
    assert asked == []


def test_a_key_that_only_reads_changes_nothing():
    rig = proxy(settings={**WRITES, "X_API_KEY": "reader:canary-client-key-a83e:read"})

    answer = rig.consult(ADD_COPY)

    assert json.loads(answer.body)["reason"] == "key_only_reads"
    assert rig.upstream.requests == []


UNKNOWN_ENDS = {
    "503 that says when to ask again": reply(b"", 503, retry_after="5"),
    "silence": Silence(),
    "silence of a connection": httpx.ReadTimeout("x"),
}


@pytest.mark.parametrize("name", UNKNOWN_ENDS)
def test_a_change_of_which_nobody_knows_the_end_names_no_time_to_ask_again(name):
    rig = proxy(NOBODY, UNKNOWN_ENDS[name], settings=WRITES)

    answer = rig.consult(ADD_COPY)

    problem = json.loads(answer.body)
    assert problem["retryable"] is False
    assert problem["message"].endswith("look before you ask again.")
    assert "retry_after" not in problem
    assert answer.header("retry-after") is None
