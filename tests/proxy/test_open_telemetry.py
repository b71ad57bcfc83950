"""Claim which spans and metrics a call leaves behind, and what never stands in them."""

import asyncio
import json

import httpx
import pytest

from discogs_api.agent_operations import AGENT_OPERATIONS
from discogs_api.operations import GET_ARTIST, GET_PROFILE, GET_RELEASE_RATING, SEARCH
from discogs_proxy.mirror import Mirror
from tests.proxy.support.measured import Measured
from tests.proxy.support.operations import ADD, KEPT, RATE, STATUS
from tests.proxy.support.rig import KEY, KEYED, TOKEN, WRITES, inbound, proxy
from tests.proxy.support.upstream import HTML, Late, Silence, reply
from tests.proxy.support.virtual_time import run

ID = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = "00f067aa0ba902b7"


@pytest.fixture
def measured():
    subject = Measured()
    yield subject
    subject.telemetry.close()


def ids(span):
    return f"{span.context.trace_id:032x}", f"{span.context.span_id:016x}"


def test_a_call_is_a_span_and_each_request_to_discogs_is_one_below_it(measured):
    steps = (httpx.ReadError("x"), HTML, reply({"id": 1}))

    proxy(*steps, telemetry=measured.telemetry).ask(GET_ARTIST)

    (call,) = measured.of_kind("SERVER")
    attempts = measured.of_kind("CLIENT")
    assert call.parent is None
    assert [span.parent.span_id for span in attempts] == [call.context.span_id] * 3
    assert {span.context.trace_id for span in attempts} == {call.context.trace_id}
    assert [span.attributes.get("http.request.resend_count") for span in attempts] == [None, 1, 2]
    assert [span.attributes.get("error.type") for span in attempts] == ["ReadError", None, None]


def test_the_span_of_a_call_says_this(measured):
    proxy(telemetry=measured.telemetry).ask(GET_ARTIST)

    (call,) = measured.of_kind("SERVER")
    assert call.name == "GET /api/artists/{artist_id}"
    assert call.status.is_ok
    assert call.resource.attributes["service.name"] == "discogs-gateway"
    assert dict(call.attributes) == {
        "http.request.method": "GET",
        "http.route": "/api/artists/{artist_id}",
        "url.scheme": "https",
        "http.response.status_code": 200,
        "discogs_proxy.operation": "get_artist",
        "discogs_proxy.face": "mirror",
        "discogs_proxy.cache": "MISS",
        "discogs_proxy.attempts": 1,
        "discogs_proxy.upstream_ms": 0,
        "discogs_proxy.queue_ms": 0,
        "discogs_proxy.budget_remaining": 58,
        "discogs_proxy.bytes_in": 9,
        "discogs_proxy.bytes_out": 9,
    }


def test_the_span_of_a_request_to_discogs_says_this(measured):
    proxy(reply({"message": "x"}, 404), telemetry=measured.telemetry).ask(GET_ARTIST)

    (attempt,) = measured.of_kind("CLIENT")
    assert attempt.name == "GET /artists/{artist_id}"
    assert not attempt.status.is_ok
    assert dict(attempt.attributes) == {
        "http.request.method": "GET",
        "url.template": "/artists/{artist_id}",
        "url.scheme": "https",
        "server.address": "api.discogs.com",
        "server.port": 443,
        "http.response.status_code": 404,
        "error.type": "404",
    }
    assert measured.of_kind("SERVER")[0].status.is_ok


def test_a_call_of_a_language_model_has_its_own_route(measured):
    offered = next(o for o in AGENT_OPERATIONS if o.operation.name == "get_release_rating")

    proxy(telemetry=measured.telemetry).consult(offered)

    (call,) = measured.of_kind("SERVER")
    assert call.name == "GET /api/gpt/releases/{release_id}/rating"
    assert call.attributes["discogs_proxy.face"] == "agent"


@pytest.mark.parametrize(
    ("step", "reason", "attempt"),
    [
        (httpx.ConnectError("x"), "unreachable", "ConnectError"),
        (reply(b"x", 500), "upstream_status", "500"),
        (Silence(), "deadline", "CancelledError"),
        (ValueError(f"a {TOKEN}"), "bug", "ValueError"),
    ],
)
def test_a_failure_is_named_on_the_span_and_quotes_nothing(step, reason, attempt, measured):
    proxy(step, telemetry=measured.telemetry).ask(STATUS)

    (call,) = measured.of_kind("SERVER")
    assert (call.attributes["error.type"], call.status.is_ok) == (reason, False)
    assert measured.of_kind("CLIENT")[-1].attributes["error.type"] == attempt
    assert [span.events for span in measured.spans if span.events] == []
    assert TOKEN not in measured.everything()


def test_what_the_caller_did_wrong_is_no_failure_of_ours(measured):
    proxy(telemetry=measured.telemetry).ask(GET_ARTIST, headers={})

    (call,) = measured.spans
    assert call.status.is_ok
    assert call.attributes["http.response.status_code"] == 401


def test_a_caller_that_left_ends_its_span(measured):
    gateway = proxy(Silence(), telemetry=measured.telemetry).gateway

    async def leave():
        task = asyncio.create_task(gateway.answer(Mirror(STATUS), inbound(STATUS)))
        await asyncio.sleep(1)
        task.cancel()
        await asyncio.wait({task})

    run(leave())

    assert [span.attributes["error.type"] for span in measured.spans] == ["CancelledError"] * 2


def test_a_trace_of_the_caller_goes_on_and_ends_before_discogs(measured):
    context = {"traceparent": f"00-{ID}-{PARENT}-01", "tracestate": "a=b", "baggage": "c=d"}
    rig = proxy(telemetry=measured.telemetry)

    answer = rig.ask(GET_ARTIST, headers={**KEYED, **context})

    (call,), (attempt,) = measured.of_kind("SERVER"), measured.of_kind("CLIENT")
    assert (ids(call)[0], f"{call.parent.span_id:016x}") == (ID, PARENT)
    assert call.parent.is_remote
    assert ids(attempt)[0] == answer.header("x-request-id") == ID
    assert context.keys() & {*rig.upstream.requests[0].headers} == set()


def test_a_new_trace_has_the_id_that_the_log_and_the_caller_have(measured, caplog):
    caplog.set_level("INFO")
    rig = proxy(telemetry=measured.telemetry)

    answers = [rig.ask(STATUS), rig.ask(STATUS, headers={**KEYED, "traceparent": "junk"})]

    traces = [ids(span)[0] for span in measured.of_kind("SERVER")]
    logged = [json.loads(line.partition(": ")[2])["trace_id"] for line in caplog.messages]
    assert traces == logged == [answer.header("x-request-id") for answer in answers]
    assert len({*traces}) == 2


def test_calls_at_the_same_time_have_their_own_requests_below_them(measured):
    gateway = proxy(Late(2, reply()), telemetry=measured.telemetry).gateway

    async def ask_all():
        await asyncio.gather(
            *(gateway.answer(Mirror(STATUS), inbound(STATUS, values={"thing": n})) for n in "123")
        )

    run(ask_all())

    calls = {span.context.span_id for span in measured.of_kind("SERVER")}
    assert calls == {span.parent.span_id for span in measured.of_kind("CLIENT")}
    assert len(calls) == 3


def test_nothing_that_was_sent_is_in_spans_or_metrics(measured):
    rig = proxy(reply({"answer": "s3cret"}), settings=WRITES, telemetry=measured.telemetry)

    rig.ask(SEARCH, "q=s3cret&token=s3cret")
    rig.ask(GET_PROFILE, values={"username": "s3cret"})
    rig.ask(GET_PROFILE, values={"username": "s3cret/"})
    rig.ask(RATE, body=b'{"rating": 5, "s3cret": 1}')
    rig.ask(STATUS, headers={**KEYED, "s3cret": "s3cret", "cookie": "s3cret"})

    everything = measured.everything()
    assert len(measured.of_kind("SERVER")) == 5
    assert [word for word in ("s3cret", KEY, TOKEN, "key-1") if word in everything] == []
    names = {name for span in measured.spans for name in span.attributes}
    assert {"url.path", "url.full", "url.query"} & names == set()


def test_calls_are_counted_by_what_came_of_them(measured):
    rig = proxy(telemetry=measured.telemetry)

    async def ask_all():
        for headers in (KEYED, KEYED, KEYED, {}):
            await rig.gateway.answer(Mirror(KEPT), inbound(KEPT, headers=headers))

    run(ask_all())

    counted = {
        (point["http.response.status_code"], point.get("discogs_proxy.cache")): value
        for point, value in measured.metrics()["discogs_proxy.calls"]
    }
    assert counted == {(200, "MISS"): 1, (200, "HIT"): 2, (401, None): 1}
    assert len(measured.of_kind("CLIENT")) == 1


def test_latency_is_measured_of_the_call_and_of_discogs(measured):
    proxy(Late(2, reply(b"x", 500)), Late(3, reply()), telemetry=measured.telemetry).ask(STATUS)

    metrics = measured.metrics()
    ((call, whole),) = metrics["http.server.request.duration"]
    assert whole == pytest.approx(5.25)
    assert call == {
        "http.request.method": "GET",
        "http.route": "/api/things/{thing}",
        "url.scheme": "https",
        "http.response.status_code": 200,
    }
    parts = {p["http.response.status_code"]: s for p, s in metrics["http.client.request.duration"]}
    assert parts == {500: 2, 200: 3}
    assert metrics["discogs_proxy.retries"] == [({"discogs_proxy.operation": "get_status"}, 1)]


def test_a_change_that_asks_twice_is_no_retry(measured):
    rig = proxy(settings=WRITES, telemetry=measured.telemetry)

    rig.ask(ADD)
    rig.ask(ADD)

    assert "discogs_proxy.retries" not in measured.metrics()


def test_the_budget_that_is_left_is_told(measured):
    rig = proxy(telemetry=measured.telemetry)

    rig.ask(STATUS)

    assert measured.metrics()["discogs_proxy.budget.remaining"] == [({}, 58)]


def test_the_circuit_is_told_open_and_closed(measured):
    broken = [reply(b"x", 500)] * 9
    rig = proxy(reply(), *broken, reply(), settings=WRITES, telemetry=measured.telemetry)
    told = []

    async def live():
        for rest in (0, *[1] * 12, 60, 1):
            await asyncio.sleep(rest)
            await rig.gateway.answer(Mirror(ADD), inbound(ADD))
            told.append(measured.metrics()["discogs_proxy.circuit.open"][0][1])

    run(live())

    assert told == [*[0] * 9, *[1] * 4, 0, 0]


def test_drift_is_counted_by_operation_and_kind(measured):
    rig = proxy(
        reply({"release_id": "1", "rating": {"count": 2}, "stars": 5}),
        settings={"DRIFT_SAMPLE": "1"},
        telemetry=measured.telemetry,
    )

    async def ask():
        await rig.gateway.answer(Mirror(GET_RELEASE_RATING), inbound(GET_RELEASE_RATING))
        await asyncio.sleep(2)

    run(ask())

    drift = {
        (point["discogs_proxy.operation"], point["discogs_proxy.what"]): value
        for point, value in measured.metrics()["discogs_proxy.drift"]
    }
    assert drift == {("get_release_rating", what): 1 for what in ("changed", "missing", "unknown")}
