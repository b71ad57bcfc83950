"""The shipped app sends telemetry where it is told to, waits for nobody, and else loads nothing."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager

import pytest

from tests.app.ingestion import Ingestion
from tests.shipped_app import APP, ROOT

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
CALLS = [
    {"method": "GET", "target": "/api/artists/1001"},
    {"method": "GET", "target": "/api/artists/1001"},
    {"method": "GET", "target": "/api/gpt/releases/4019"},
    {"method": "GET", "target": "/api/users/crate_keeper/wants?per_page=7"},
    {"method": "GET", "target": "/api/database/search?q=s3cret&type=release"},
    {
        "method": "GET",
        "target": "/api/artists/1001/releases",
        "headers": {"traceparent": f"00-{TRACE}-00f067aa0ba902b7-00"},
    },
]
# An id alone may stand in a random trace id or a time.
SENT = ("crate_keeper", "s3cret", "per_page", "sandbox-token", "key-1", "wants/", "artists/1001")


def served(**settings: str) -> dict:
    """Serve the app in a process of its own until the calls are answered; return its report."""
    with started(**settings) as process:
        return json.loads(process.stdout.read().splitlines()[-1])


@contextmanager
def started(**settings: str):
    """Have the app take the calls in a process of its own, which is ended if it does not end."""
    process = subprocess.Popen(
        (sys.executable, "-u", str(ROOT / "tests" / "app" / "invoke_calls.py"), str(APP)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **settings},
    )
    try:
        process.stdin.write(json.dumps(CALLS))
        process.stdin.close()
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def sending_to(insights: Ingestion) -> dict[str, str]:
    """Return the settings that have each span sent there at once."""
    return {
        "TELEMETRY": "azure",
        "APPLICATIONINSIGHTS_CONNECTION_STRING": insights.connection_string,
        "OTEL_BSP_SCHEDULE_DELAY": "1",
    }


def statuses(report: dict) -> list[int]:
    return [status for status, _ in report["answers"]]


@pytest.fixture(scope="module")
def insights():
    """What an app left behind that was served and has ended."""
    with Ingestion() as taking:
        report = served(**sending_to(taking))
        assert report["telemetry"] == ["azure.monitor", "opentelemetry"]
        assert statuses(report) == [200] * len(CALLS)
        yield taking


def test_switched_off_nothing_of_it_is_loaded_however_much_is_served():
    report = served(TELEMETRY="", APPLICATIONINSIGHTS_CONNECTION_STRING="InstrumentationKey=x")

    assert statuses(report) == [200] * len(CALLS)
    assert report["telemetry"] == []


def test_a_call_is_a_request_there_by_its_route(insights):
    names = [item["data"]["baseData"]["name"] for item in insights.items("RequestData")]

    assert names == [
        "GET /api/artists/{artist_id}",
        "GET /api/artists/{artist_id}",
        "GET /api/gpt/releases/{release_id}",
        "GET /api/users/{username}/wants",
        "GET /api/database/search",
        "GET /api/artists/{artist_id}/releases",
    ]


def test_what_discogs_was_asked_is_a_dependency_of_its_request(insights):
    requests = {
        item["data"]["baseData"]["id"]: item["tags"]["ai.operation.id"]
        for item in insights.items("RequestData")
    }
    asked = insights.items("RemoteDependencyData")

    assert len(asked) == len(CALLS) - 1  # the second one was answered from what is kept
    for item in asked:
        assert requests[item["tags"]["ai.operation.parentId"]] == item["tags"]["ai.operation.id"]
        assert item["data"]["baseData"]["target"] == "discogs.test"


def test_the_trace_of_a_caller_goes_on_there_whether_he_looks_at_it_or_not(insights):
    *_, item = insights.items("RequestData")

    assert item["tags"]["ai.operation.id"] == TRACE
    assert item["tags"]["ai.operation.parentId"] == "00f067aa0ba902b7"


def test_it_can_be_told_from_what_the_host_writes(insights):
    roles = {item["tags"]["ai.cloud.role"] for item in insights.items("RequestData")}

    assert roles == {"discogs-gateway"}


def test_metrics_arrive_with_the_end_at_the_latest(insights):
    points = [item["data"]["baseData"] for item in insights.items("MetricData")]
    calls = {
        (p["properties"]["discogs_proxy.operation"], p["properties"].get("discogs_proxy.cache")): (
            p["metrics"][0]["value"]
        )
        for p in points
        if p["metrics"][0]["name"] == "discogs_proxy.calls"
    }

    assert calls["get_artist", "HIT"] == calls["get_artist", "MISS"] == 1
    assert {p["metrics"][0]["name"] for p in points} == {
        "http.server.request.duration",
        "http.client.request.duration",
        "discogs_proxy.calls",
        "discogs_proxy.budget.remaining",
        "discogs_proxy.circuit.open",
    }


def test_nothing_that_was_sent_arrives_there_and_nothing_of_the_exporters_own(insights):
    text = insights.taken.decode()

    assert [word for word in SENT if word in text] == []
    kinds = {"RequestData", "RemoteDependencyData", "MetricData"}
    assert sum(len(insights.items(kind)) for kind in kinds) == text.count('"baseType"')


def test_while_nobody_takes_it_calls_go_on():
    with Ingestion() as gone:
        pass

    assert statuses(served(**sending_to(gone))) == [200] * len(CALLS)


def test_while_whoever_takes_it_is_silent_calls_go_on():
    with Ingestion(is_silent=True) as silent, started(**sending_to(silent)) as process:
        report = json.loads(process.stdout.readline())

        assert silent.asked.is_set()
        assert silent.taken == b""

    assert statuses(report) == [200] * len(CALLS)
