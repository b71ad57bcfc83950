"""Claim what every call leaves behind: an id, one line in the log, and JSON whatever happens."""

import json

import httpx
import pytest

from discogs_api.operations import GET_ARTIST, GET_RELEASE
from discogs_proxy.face import public_address
from discogs_proxy.settings import Settings
from tests.proxy.support.operations import STATUS
from tests.proxy.support.rig import KEYED, envelope, proxy
from tests.proxy.support.upstream import HTML, Late, Silence, reply

ID = "4bf92f3577b34da6a3ce929d0e0e4736"
NEW = "0" * 31 + "1"
PREFIX = "discogs_proxy: "

OUTCOMES = {
    "passed on": ([reply({"id": 1})], {}, 200, None),
    "passed on 404": ([reply({"message": "x"}, 404)], {}, 404, None),
    "no key": ([], {"headers": {}}, 401, ("unauthorized", "client_key_missing")),
    "bad value": (
        [],
        {"values": {"artist_id": "x"}},
        400,
        ("invalid_request", "invalid_parameter"),
    ),
    "account": (
        [reply({"message": "You must authenticate to access this resource."}, 401)],
        {},
        403,
        ("discogs_auth_required", "account_required"),
    ),
    "spent": ([reply(b"\n", 429)], {}, 429, ("rate_limited", "discogs_budget_spent")),
    "bug": ([ValueError("x")], {}, 500, ("internal_error", "bug")),
    "page": ([HTML], {}, 502, ("upstream_error", "not_json")),
    "reset": ([httpx.ReadError("x")], {}, 502, ("upstream_error", "unreachable")),
    "silence": ([Silence()], {}, 504, ("timeout", "deadline")),
}


def lines(caplog):
    """Return the JSON of each call's line."""
    return [
        json.loads(message.removeprefix(PREFIX))
        for message in caplog.messages
        if message.startswith(PREFIX)
    ]


@pytest.mark.parametrize("name", OUTCOMES)
def test_a_call_writes_one_line_and_bears_its_id(name, caplog):
    caplog.set_level("INFO")
    steps, changes, status, failure = OUTCOMES[name]

    answer = proxy(*steps).ask(GET_ARTIST, **changes)

    (line,) = lines(caplog)
    assert list(line)[:5] == ["event", "entity", "status", "elapsed_ms", "trace_id"]
    assert (line["event"], line["entity"]) == ("discogs_proxy_call", "artist")
    assert (line["operation"], line["method"]) == ("get_artist", "GET")
    assert line["status"] == answer.status == status
    assert (line.get("error"), line.get("reason")) == (failure or (None, None))
    assert line["trace_id"] == answer.header("x-request-id") == NEW
    assert answer.header("content-type") == "application/json"
    if failure:
        content = envelope(answer)
        assert (content["error"], content["reason"]) == failure
        assert content["trace_id"] == NEW


@pytest.mark.parametrize("name", ["passed on 404", "no key", "bad value", "page", "silence"])
def test_a_head_is_answered_like_a_get_but_without_a_body(name, caplog):
    caplog.set_level("INFO")
    steps, changes, status, _ = OUTCOMES[name]

    get, head = (proxy(*steps).ask(GET_ARTIST, method=m, **changes) for m in ("GET", "HEAD"))

    assert (head.status, head.headers, head.body) == (status, get.headers, b"")
    assert [line["method"] for line in lines(caplog)] == ["GET", "HEAD"]


def test_the_line_reads_exactly_like_this(caplog):
    caplog.set_level("INFO")
    ticks = iter((10.0, 10.1234567))

    proxy(clock=lambda: next(ticks)).ask(STATUS)

    assert caplog.messages == [
        'discogs_proxy: {"event":"discogs_proxy_call","entity":"thing","status":200,'
        f'"elapsed_ms":123.46,"trace_id":"{NEW}","operation":"get_status","face":"mirror","method":"GET","attempts":1,"upstream_ms":0,"bytes_in":9,"queue_ms":0,"budget_remaining":58,"key":"key-1","bytes_out":9}}'
    ]


def test_the_line_tells_how_often_discogs_was_asked(caplog):
    caplog.set_level("INFO")

    proxy(httpx.ReadError("x"), reply()).ask(GET_ARTIST)
    proxy().ask(GET_ARTIST, headers={})

    assert [line.get("attempts") for line in lines(caplog)] == [2, None]


def test_the_line_tells_how_long_discogs_took_and_what_it_sent(caplog):
    caplog.set_level("INFO")

    proxy(Late(2, reply(b"{}", 500)), Late(3, reply({"id": 1}))).ask(GET_ARTIST)
    proxy(Silence()).ask(GET_ARTIST)
    proxy(Silence()).ask(STATUS)
    proxy().ask(GET_ARTIST, headers={})

    facts = [(line.get("upstream_ms"), line.get("bytes_in")) for line in lines(caplog)]
    assert facts == [(5000, 11), (40000, 0), (40000, 0), (None, None)]


def test_the_line_counts_the_whole_call(caplog):
    caplog.set_level("INFO")

    proxy(Silence()).ask(GET_ARTIST)

    assert lines(caplog)[0]["elapsed_ms"] == 40000


def test_the_caller_s_trace_goes_on(caplog):
    caplog.set_level("INFO")
    rig = proxy(HTML)

    answer = rig.ask(GET_ARTIST, headers={**KEYED, "traceparent": f"00-{ID}-00f067aa0ba902b7-01"})

    assert answer.header("x-request-id") == envelope(answer)["trace_id"] == ID
    assert lines(caplog)[0]["trace_id"] == ID


def test_two_calls_have_two_ids():
    rig = proxy()

    first, second = rig.ask(GET_ARTIST), rig.ask(GET_RELEASE)

    assert first.header("x-request-id") != second.header("x-request-id")


def test_a_bug_is_answered_in_json_and_logged_without_what_was_in_it(caplog):
    async def fail(_outbound):
        try:
            raise KeyError("hunter2")  # noqa: TRY301 - the cause of what follows
        except KeyError as error:
            message = "hunter2"
            raise RuntimeError(message) from error

    answer = proxy(send=fail).ask(GET_ARTIST)

    assert answer.status == 500
    assert envelope(answer) == {
        "error": "internal_error",
        "reason": "bug",
        "message": "The proxy failed; quote the trace id when reporting it.",
        "trace_id": NEW,
    }
    record = next(r for r in caplog.records if r.levelname == "ERROR")
    assert f"trace_id={NEW}" in record.message
    assert "error_type=RuntimeError" in record.message
    assert "test_gateway.py" in record.message
    assert "hunter2" not in caplog.text + repr(answer)


@pytest.mark.parametrize(
    ("configured", "url", "address"),
    [
        ("", "https://one.test/api/artists/1?q=x", "https://one.test/api"),
        ("", "http://localhost:7071/api/artists/1", "http://localhost:7071/api"),
        ("", "http://[::1]:7071/api/artists/1", "http://[::1]:7071/api"),
        ("https://two.test", "https://one.test/api/artists/1", "https://two.test/api"),
        ("https://two.test/api/", "https://one.test/api/artists/1", "https://two.test/api"),
        ("https://two.test/x", "https://one.test/api/artists/1", "https://two.test/x/api"),
    ],
)
def test_the_public_address_is_the_configured_or_the_one_asked(configured, url, address):
    settings = Settings.from_environment({"PUBLIC_BASE_URL": configured})

    assert public_address(settings, url) == address
