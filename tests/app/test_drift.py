"""The shipped app compares what Discogs answers with the description that it was made from."""

import asyncio
import importlib.util
import json
import os
import subprocess
import sys

import azure.functions as func
import pytest

from discogs_proxy.drift_watch import LATER
from tests.proxy.support.upstream import Upstream, reply
from tests.proxy.support.virtual_time import run
from tests.shipped_app import APP, KEY, TOKEN

PREFIX = "discogs_drift: "


@pytest.fixture
def start(monkeypatch):
    """Return what starts an app of its own, over a scripted Discogs, with a setting or two."""

    def started(transport, **settings):
        environment = {"DISCOGS_TOKEN": TOKEN, "X_API_KEY": KEY, **settings}
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        spec = importlib.util.spec_from_file_location("another_app", APP / "function_app.py")
        app = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(app)
        app.network.transport = transport
        return app

    return started


def call(app, name, **values):
    """Call a Function as Azure does, with some rest afterwards; return its response."""
    (function,) = [f for f in app.app.get_functions() if f.get_function_name() == name]
    request = func.HttpRequest(
        "GET", "http://p/api/x", headers={"x-api-key": KEY}, route_params=values, body=b""
    )

    async def calling():
        response = await function.get_user_function()(request)
        await asyncio.sleep(2 * LATER)
        return response

    return run(calling())


def told(caplog):
    return [
        json.loads(message.removeprefix(PREFIX))
        for message in caplog.messages
        if message.startswith(PREFIX)
    ]


def test_an_answer_unlike_the_description_is_passed_on_and_told_in_the_log(start, caplog):
    body = {"release_id": "4019", "rating": {"count": 3}, "stars": 4}
    app = start(Upstream([reply(body)]), DRIFT_SAMPLE="1")

    response = call(app, "get_release_rating", release_id="4019")

    assert (response.status_code, json.loads(response.get_body())) == (200, body)
    (line,) = told(caplog)
    assert (line["operation"], line["sampled"]) == ("get_release_rating", 1)
    assert [tuple(difference.values()) for difference in line["differences"]] == [
        ("changed", "release_id", "string", 1),
        ("missing", "rating.average", 1),
        ("unknown", "stars", 1),
    ]


def test_switched_off_it_tells_nothing(start, caplog):
    app = start(Upstream([reply({"stars": 4})]), DRIFT_SAMPLE="0")

    assert call(app, "get_release_rating", release_id="4019").status_code == 200
    assert told(caplog) == []


def test_nothing_of_it_is_loaded_before_the_first_answer_is_looked_at():
    code = (
        "import sys, function_app; "
        "print([name for name in sys.modules if name.startswith('discogs_proxy.drift')])"
    )
    environment = {**os.environ, "DISCOGS_TOKEN": TOKEN, "X_API_KEY": KEY, "DRIFT_SAMPLE": "1"}

    done = subprocess.run(
        (sys.executable, "-c", code), capture_output=True, text=True, check=True, env=environment
    )

    assert done.stdout.split() == ["['discogs_proxy.drift_watch']"]
