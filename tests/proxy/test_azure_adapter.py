"""Claim what is taken from, and handed to, the objects of the Functions SDK."""

import json

import azure.functions as func

from discogs_api.operations import SEARCH
from discogs_proxy import azure_adapter
from discogs_proxy.exchange import Answer
from tests.proxy.support.agent_operations import ALBUM
from tests.proxy.support.rig import KEY, NOW, proxy
from tests.proxy.support.upstream import reply
from tests.proxy.support.virtual_time import run

URL = "https://proxy.test/api/database/search?q=&type=label&q=x"


def request(**changes):
    parts = {
        "method": "get",
        "url": URL,
        "headers": {"X-API-Key": KEY, "Accept": "text/html"},
        "params": {"type": "label"},
        "route_params": {"id": "a b"},
        "body": b"",
        **changes,
    }
    return func.HttpRequest(**parts)


def test_a_request_keeps_its_raw_address_and_loses_the_case_of_its_names():
    inbound = azure_adapter.inbound(request())

    assert (inbound.method, inbound.url) == ("GET", URL)
    assert inbound.headers == {"x-api-key": KEY, "accept": "text/html"}
    assert inbound.route_params == {"id": "a b"}


def test_an_answer_keeps_status_headers_and_bytes():
    answer = Answer(404, (("Content-Type", "application/json"), ("Allow", "GET")), b"{\xc3\xbc}")

    response = azure_adapter.response(answer)

    assert (response.status_code, response.get_body()) == (404, b"{\xc3\xbc}")
    assert dict(response.headers) == {"Content-Type": "application/json", "Allow": "GET"}


def test_a_route_s_call_goes_to_the_gateway_and_back():
    rig = proxy(reply({"results": []}))
    handle = azure_adapter.handler(rig.gateway, rig.made)

    ok = run(handle(SEARCH, request(url="https://proxy.test/api/database/search?q=x")))
    twice = run(handle(SEARCH, request()))

    assert (ok.status_code, ok.get_body()) == (200, b'{"results": []}')
    assert rig.upstream.targets == ["/database/search?q=x"]
    assert json.loads(twice.get_body())["message"] == "q: given more than once."


def test_a_route_for_models_is_answered_by_the_agent_face():
    rig = proxy(reply({"id": 7}))
    handle = azure_adapter.agent_handler(rig.gateway, rig.state, lambda: NOW)
    asked = request(url="https://proxy.test/api/gpt/albums/7", route_params={"album": "7"})

    answer = run(handle(ALBUM, asked))

    content = json.loads(answer.get_body())
    assert (answer.status_code, content["id"]) == (200, 7)
    assert content["source"]["retrieved_at"] == "2026-01-02T03:04:05Z"
    assert rig.upstream.targets == ["/albums/7?per_page=25"]
