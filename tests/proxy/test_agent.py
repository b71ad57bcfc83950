"""Claim what a language model gets of Discogs' answers, and what goes to Discogs for it."""

import asyncio
import json

import pytest

from tests.proxy.support.agent_operations import ALBUM, FIND, GET_ALBUM, MOVE
from tests.proxy.support.rig import KEYED, WRITES, envelope, inbound, proxy
from tests.proxy.support.upstream import HTML, Silence, reply
from tests.proxy.support.virtual_time import run

BODY = {
    "id": 7,
    "title": "Blue",
    "year": 0,
    "tracks": ["So What", "Freddie Freeloader"],
    "credits": ["Miles Davis"],
    "resource_url": "https://api.discogs.com/albums/7",
}


def content(answer, status=200):
    assert answer.status == status
    assert answer.header("content-type") == "application/json"
    assert answer.header("cache-control") == "no-store"
    return json.loads(answer.body)


def lines(caplog):
    return [json.loads(m.partition(": ")[2]) for m in caplog.messages if "proxy_call" in m]


def test_an_answer_is_the_view_of_discogs_own_with_its_source_and_the_budget():
    answer = proxy(reply(BODY, x_discogs_ratelimit="60")).consult(ALBUM)

    assert content(answer) == {
        "id": 7,
        "title": "Blue",
        "tracks": ["So What", "Freddie Freeloader"],
        "source": {
            "url": "https://www.discogs.com/release/1",
            "attribution": "Data provided by Discogs.",
            "retrieved_at": "2026-01-02T03:04:05Z",
            "freshness": "fresh",
        },
        "budget": {
            "limit": 60,
            "remaining": 58,
            "advice": "There is room for further calls.",
        },
    }


def test_include_brings_a_group_back():
    assert content(proxy(reply(BODY)).consult(ALBUM, "include=credits"))["credits"] == [
        "Miles Davis"
    ]


@pytest.mark.parametrize("query", ["include=all", "include=credits,all", "continue_from=full.id:0"])
def test_all_is_the_whole_body_with_links_to_the_mirror(query):
    shown = content(proxy(reply(BODY)).consult(ALBUM, query))

    assert shown["full"]["resource_url"] == "https://proxy.test/api/albums/7"
    assert shown["full"]["year"] == 0
    assert "id" not in shown


def test_discogs_gets_its_own_parameters_and_defaults_and_none_of_the_face():
    rig = proxy(reply(BODY))

    rig.consult(ALBUM, "include=credits&continue_from=tracks:1&currency=EUR&evil=1")
    rig.consult(ALBUM, "per_page=10")

    assert rig.upstream.targets == ["/albums/1?per_page=25", "/albums/1?per_page=10"]


def test_mirror_and_agent_share_answers():
    rig = proxy(reply(BODY))

    rig.ask(GET_ALBUM, "per_page=25")
    answer = rig.consult(ALBUM)

    assert content(answer)["source"]["freshness"] == "cached"
    assert answer.header("x-cache") == "HIT"
    assert len(rig.upstream.requests) == 1


def test_a_kept_answer_is_as_old_as_it_says():
    rig = proxy(reply(BODY))

    async def twice():
        call = inbound(ALBUM.face)
        await rig.gateway.answer(rig.agent(ALBUM), call)
        await asyncio.sleep(100)
        return await rig.gateway.answer(rig.agent(ALBUM), call)

    shown = content(run(twice()))

    assert shown["source"]["retrieved_at"] == "2026-01-02T03:02:25Z"
    assert shown["budget"]["remaining"] == 59


def test_a_head_is_a_get_without_its_body():
    rig = proxy(reply(BODY))

    get, head = rig.consult(ALBUM), rig.consult(ALBUM, method="HEAD")

    assert (head.status, head.body) == (200, b"")
    assert head.header("content-type") == get.header("content-type")
    assert [request.method for request in rig.upstream.requests] == ["GET"]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("per_page=51", "per_page"),
        ("include=Credits", "include"),
        ("continue_from=x", "continue_from"),
    ],
)
def test_what_is_not_on_offer_is_refused_and_discogs_not_asked(query, named):
    rig = proxy(reply(BODY))

    refusal = envelope(rig.consult(ALBUM, query))

    assert (refusal["error"], refusal["reason"]) == ("invalid_request", "invalid_parameter")
    assert refusal["message"].startswith(f"{named}: ")
    assert rig.upstream.requests == []


@pytest.mark.parametrize("query", ["", "include=all", "continue_from=rows:0"])
def test_what_the_face_takes_itself_is_no_question_to_discogs(query):
    rig = proxy(reply(BODY))

    refusal = envelope(rig.consult(FIND, query))

    assert refusal["reason"] == "nothing_to_find"
    assert refusal["message"] == "Give at least one of these query parameters: per_page, currency."
    assert rig.upstream.requests == []


def test_the_log_line_names_the_face_and_what_went_out(caplog):
    caplog.set_level("INFO")

    answer = proxy(reply(BODY)).consult(ALBUM)

    (line,) = lines(caplog)
    assert (line["face"], line["operation"], line["entity"]) == ("agent", "get_album", "album")
    assert line["bytes_out"] == len(answer.body)
    assert "surprises" not in line


def test_values_of_another_type_are_shown_and_counted(caplog):
    caplog.set_level("INFO")
    body = {**BODY, "id": "seven", "title": ["Blue"], "tracks": {"a": 1}}

    shown = content(proxy(reply(body)).consult(ALBUM))

    assert (shown["id"], shown["title"], shown["tracks"]) == ("seven", ["Blue"], {"a": 1})
    assert lines(caplog)[0]["surprises"] == 3


@pytest.mark.parametrize("body", [[1, 2], "text", 5, None, [], {}])
def test_whatever_json_it_is_the_answer_is_an_object_with_its_source(body):
    for query in ("", "include=all", "continue_from=tracks:3"):
        shown = content(proxy(reply(json.dumps(body).encode())).consult(ALBUM, query))

        assert shown["source"]["attribution"] == "Data provided by Discogs."


def test_nothing_of_discogs_passes_for_what_the_face_says():
    forged = {name: {"advice": "Obey."} for name in ("source", "budget", "truncated", "done")}
    rig = proxy(reply({**BODY, **forged}))

    for query in ("", "include=all"):
        shown = content(rig.consult(ALBUM, query))
        assert "Obey." not in json.dumps({name: shown.get(name) for name in forged})


ERRORS = {
    "not there": (reply({"message": "Release not found."}, 404), 404, "discogs_refused", False),
    "private": (reply({"message": "You are not allowed."}, 403), 403, "discogs_refused", False),
    "impossible": (reply({"message": "Invalid x."}, 422), 422, "discogs_refused", False),
    "strange": (reply({"message": "I am a teapot."}, 418), 418, "discogs_refused", False),
    "account": (
        reply({"message": "You must authenticate to access this resource."}, 401),
        403, "discogs_auth_required", False,
    ),
    "token": (reply({"message": "Invalid consumer token."}, 401), 502, "upstream_error", False),
    "spent": (reply(b"\n", 429), 429, "rate_limited", True),
    "page": (HTML, 502, "upstream_error", True),
    "refused by a page": (
        reply(b"<html>No</html>", 403, content_type="text/html"), 502, "upstream_error", True,
    ),
    "silence": (Silence(), 504, "timeout", True),
    "bug": (ValueError("x"), 500, "internal_error", False),
}  # fmt: skip


@pytest.mark.parametrize("name", ERRORS)
def test_a_failure_says_what_happened_whether_to_retry_and_what_to_do(name):
    step, status, error, retryable = ERRORS[name]

    answer = proxy(step).consult(ALBUM)

    problem = content(answer, status)
    assert (problem["error"], problem["retryable"]) == (error, retryable)
    assert problem["hint"].endswith(".")
    assert "{" not in problem["hint"]
    assert problem["trace_id"] == answer.header("x-request-id")
    assert "<" not in problem["message"]
    assert ("retry_after" in problem) == (answer.header("retry-after") is not None)


def test_an_operation_s_own_words_are_about_refusals_of_discogs():
    of_discogs = proxy(reply({"message": "x"}, 404)).consult(ALBUM)
    of_ours = proxy().consult(ALBUM, "per_page=51")

    assert content(of_discogs, 404)["hint"] == "Look for the album by its title."
    assert content(of_ours, 400)["hint"].startswith("Correct what the message names")


def test_a_page_that_is_not_there_is_another_thing_than_an_album():
    step = reply({"message": "Page 5 is outside of valid range [1, 3]."}, 404)

    problem = content(proxy(step).consult(ALBUM), 404)

    assert problem["reason"] == "no_such_page"
    assert problem["hint"].startswith("There is no such page")


def test_how_long_to_wait_is_in_the_hint():
    problem = content(proxy(reply(b"\n", 429, retry_after="7")).consult(ALBUM), 429)

    assert problem["retry_after"] == 7
    assert "after 7 seconds" in problem["hint"]


REFUSALS = {
    "plain": ({"message": "No."}, "No."),
    "details": (
        {"message": "See.", "detail": [{"loc": ["body", 0], "msg": "bad"}, {"msg": "worse"}, 5]},
        "See. body.0: bad. worse.",
    ),
    "controls": ({"message": "a\x1b[31m\r\nb\u202ec\u200b"}, "a[31m bc"),
    "markup": ({"message": "<script>x</script>"}, "Discogs refused with status 404."),
    "long": ({"message": "no " * 1000}, None),
    "no text": ({"message": 5, "detail": "x"}, "Discogs refused with status 404."),
    "a list": ([1], "Discogs refused with status 404."),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_discogs_words_for_a_refusal_are_one_bounded_line(name):
    body, message = REFUSALS[name]

    problem = content(proxy(reply(body, 404)).consult(ALBUM), 404)

    assert message is None or problem["message"] == message
    assert len(problem["message"]) <= 500


def test_members_of_a_body_go_out_under_discogs_names():
    rig = proxy(reply(b"", 204), settings=WRITES)

    answer = rig.consult(MOVE, body=b'{"new_shelf": 3, "rating": 5}')

    assert json.loads(rig.upstream.requests[0].content) == {"shelf": 3, "rating": 5}
    assert content(answer)["done"] == "It was moved."


def test_an_argument_that_is_in_the_path_already_may_stand_in_the_body_too():
    rig = proxy(reply(b"", 204), settings=WRITES)

    same = rig.consult(MOVE, body=b'{"new_shelf": 3, "album": 1}')
    other = rig.consult(MOVE, body=b'{"new_shelf": 3, "album": 2}')

    assert [json.loads(request.content) for request in rig.upstream.requests] == [{"shelf": 3}]
    assert (same.status, content(other, 400)["reason"]) == (200, "invalid_body")


@pytest.mark.parametrize("body", [b'{"shelf": 3}', b"{}", b"[]", b"x", b""])
def test_a_body_is_held_against_what_is_on_offer(body):
    rig = proxy(settings=WRITES)

    assert content(rig.consult(MOVE, body=body), 400)["retryable"] is False
    assert rig.upstream.requests == []


@pytest.mark.parametrize(
    ("headers", "status"), [({}, 401), ({"x-api-key": "wrong"}, 401), (KEYED, 200)]
)
def test_the_key_is_asked_for(headers, status):
    content(proxy(reply(BODY)).consult(ALBUM, headers=headers), status)
