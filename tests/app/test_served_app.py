"""The shipped app as its callers meet it: through the Functions host, over the look-alike."""

import json
import re
from urllib.parse import quote

import pytest

from discogs_proxy import __version__
from tests.shipped_app import ADDRESS, KEY, TOKEN


@pytest.fixture(autouse=True)
def nothing_is_known(served):
    """Let the app ask Discogs anew, whatever other tests asked."""
    served.forget()


def error_of(response):
    body = response.json()
    return response.status_code, body["error"], body["reason"]


def test_an_artist_comes_back_with_its_links_pointing_at_the_proxy(served):
    response = served.get("/api/artists/1001")

    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert response.json()["resource_url"] == f"{ADDRESS}/api/artists/1001"
    assert "api.discogs.com" not in response.text


def test_a_release_comes_back_under_its_id(served):
    response = served.get("/api/releases/4001")

    assert response.status_code == 200
    assert response.json()["id"] == 4001


def test_following_the_ids_of_a_search_leads_to_releases_and_artists(served):
    rows = served.get("/api/database/search?q=kind+of+blue&type=release").json()["results"]

    release = served.get(f"/api/releases/{rows[0]['id']}").json()
    artist = served.get(f"/api/artists/{release['artists'][0]['id']}").json()

    assert artist["name"] == "Miles Davis"


def test_following_next_links_reads_every_row_once(served):
    target = "/api/database/search?type=release&per_page=7"
    ids = []

    while target:
        page = served.get(target).json()
        ids += [row["id"] for row in page["results"]]
        target = page["pagination"]["urls"].get("next", "").removeprefix(ADDRESS)

    assert len(ids) == len(set(ids)) == page["pagination"]["items"] > 30


def test_head_of_a_search_has_the_headers_of_get_and_no_body(served):
    target = "/api/database/search?type=release&per_page=5"

    head, get = served.request("HEAD", target), served.get(target)

    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["link"] == get.headers["link"]
    assert f"<{ADDRESS}/api/database/search?type=release&per_page=5&page=2>" in head.headers["link"]


@pytest.mark.parametrize(
    "target", ["/api/artists/1001", "/api/releases/4001", "/api/database/search?q=a"]
)
def test_rate_limit_headers_of_discogs_are_passed_on(served, target):
    headers = served.get(target, {"x-api-key": KEY, "cache-control": "no-cache"}).headers

    assert {
        "x-discogs-ratelimit",
        "x-discogs-ratelimit-used",
        "x-discogs-ratelimit-remaining",
    } <= set(headers)
    assert headers["x-cache"] == "MISS"
    assert re.fullmatch("[0-9a-f]{32}", headers["x-request-id"])


def test_discogs_own_404_passes_with_its_message(served):
    response = served.get("/api/artists/999999999")

    assert response.status_code == 404
    assert response.json() == {"message": "Artist not found."}


def test_no_key_is_401_and_says_which_header_to_send(served):
    response = served.get("/api/artists/1001", {"accept": "*/*"})

    assert error_of(response) == (401, "unauthorized", "client_key_missing")
    assert "x-api-key" in response.json()["message"]


@pytest.mark.parametrize("key", ["wrong", KEY[:-1], KEY + "x", f"{KEY},second-key", "", " "])
def test_a_wrong_key_is_401(served, key):
    assert error_of(served.get("/api/artists/1001", {"x-api-key": key}))[:2] == (
        401,
        "unauthorized",
    )


def test_every_key_of_the_list_opens(served):
    assert served.get("/api/artists/1001", {"x-api-key": "second-key"}).status_code == 200


def test_a_search_without_parameters_is_the_documented_400(served):
    asked = len(served.discogs.requests)

    response = served.get("/api/database/search")

    assert error_of(response) == (400, "invalid_request", "no_supported_search_params")
    assert set(response.json()) == {"error", "reason", "message", "trace_id"}
    assert response.json()["trace_id"] == response.headers["x-request-id"]
    assert len(served.discogs.requests) == asked


def test_a_search_with_unsupported_parameters_alone_is_the_same_400_and_names_them(served):
    response = served.get("/api/database/search?query=jazz&token=secret")

    assert error_of(response) == (400, "invalid_request", "no_supported_search_params")
    assert response.headers["x-ignored-parameters"] == "query, token"


BAD_IDS = [
    "abc", "0", "-1", "+5", "%2B5", "1_000", "1e3", "5.0", "%205", "nan", "Infinity", "007", "0x10",
    "%EF%BC%95", "1%2F2", "1%3Fx=2", "1%23", "1%00", "%00", "1%0D%0A", "%C3%A9",
    "9007199254740992", "9" * 100, "9" * 5000, "..%2Foauth", "%252e%252e", "1%252F..", "None",
]  # fmt: skip


@pytest.mark.parametrize("value", BAD_IDS)
def test_a_bad_id_is_400_naming_the_field_and_discogs_is_not_asked(served, value):
    asked = len(served.discogs.requests)

    response = served.get(f"/api/releases/{value}")

    assert error_of(response) == (400, "invalid_request", "invalid_parameter")
    assert response.json()["message"].startswith("release_id: ")
    assert len(served.discogs.requests) == asked


@pytest.mark.parametrize("name", ["a", "a.b", ".a", "..a", "-a_", "Ünal", "a" * 100])
def test_a_name_that_a_user_may_have_is_for_discogs_to_judge(served, name):
    response = served.get(f"/api/users/{quote(name)}")

    assert response.status_code == 404
    assert response.json() == {"message": "User does not exist or may have been deleted."}


@pytest.mark.parametrize("name", ["..%2Fa", "a%2Fb", "a%5Cb", "%20", "a" * 101])
def test_a_name_that_would_leave_its_place_in_the_path_is_400(served, name):
    asked = len(served.discogs.requests)

    response = served.get(f"/api/users/{name}")

    assert error_of(response) == (400, "invalid_request", "invalid_parameter")
    assert len(served.discogs.requests) == asked


@pytest.mark.parametrize("value", ["%FF", "%ff%fe", "1%FF"])
def test_a_path_that_is_no_utf8_is_400(served, value):
    assert error_of(served.get(f"/api/artists/{value}"))[:2] == (400, "invalid_request")


BAD_QUERIES = [
    "page=+5", "page=%2B5", "page=1_000", "page=nan", "page=0", "page=-1", "page=2147483648",
    "page=" + "9" * 5000, "page=", "page=1&page=2", "page=1.0", "page=%EF%BC%95", "per_page=101",
    "per_page=abc", "type=Release", "type=", "type=release%00", "sort=%FF", "sort_order=ASC",
    "q=%FF", "q=a&q=b", "artist=%E9",
]  # fmt: skip


@pytest.mark.parametrize("query", BAD_QUERIES)
def test_a_bad_query_value_is_400_naming_the_field_and_discogs_is_not_asked(served, query):
    asked = len(served.discogs.requests)

    response = served.get(f"/api/database/search?{query}")

    assert error_of(response) == (400, "invalid_request", "invalid_parameter")
    assert response.json()["message"].startswith(query.partition("=")[0] + ": ")
    assert len(served.discogs.requests) == asked


ODD_TEXTS = ["%00", "a%2Fb", "a%3Fb%26c%3Dd", "%23", "..%2F..", "%0D%0AX-Evil%3A%201", "%C3%A9",
             "%F0%9F%8E%B7", "a+b", "a%2Bb", "%25", "%7B%7D", "a;b", "'\"<>"]  # fmt: skip


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_any_text_may_be_searched_for_and_stays_one_value(served, text):
    from urllib.parse import parse_qsl

    response = served.get(f"/api/database/search?q={text.replace('<', '%3C').replace('>', '%3E')}")

    assert response.status_code == 200
    sent = served.discogs.requests[-1].target
    assert sent.startswith("/database/search?q=")
    assert parse_qsl(sent.partition("?")[2], keep_blank_values=True) == parse_qsl(f"q={text}")


def test_a_value_of_ten_kilobytes_is_400_and_names_the_field(served):
    response = served.get("/api/database/search?q=" + "a" * 10_000)

    assert error_of(response) == (400, "invalid_request", "too_long")
    assert response.json()["message"].startswith("q: ")


def test_undeclared_parameters_are_dropped_and_named(served):
    response = served.get("/api/releases/4001?token=abc&callback=f&x=1&x=2")

    assert response.status_code == 200
    assert response.headers["x-ignored-parameters"] == "token, callback, x"
    assert served.discogs.requests[-1].target == "/releases/4001"


def test_discogs_gets_our_headers_and_none_of_the_client(served):
    served.get(
        "/api/releases/4001",
        {
            "x-api-key": KEY, "authorization": "Bearer mine", "cookie": "a=b", "user-agent": "me/1",
            "accept": "text/html", "x-functions-key": "k", "x-forwarded-for": "1.2.3.4",
            "forwarded": "for=1.2.3.4", "x-ms-client-principal": "p", "openai-conversation-id": "c",
            "x-original-url": "/", "traceparent": "00-" + "a" * 32 + "-" + "b" * 16 + "-01",
        },
    )  # fmt: skip

    headers = dict(served.discogs.requests[-1].headers)
    assert headers.pop("user-agent").startswith("DiscogsGateway/")
    assert headers == {
        "accept": "application/vnd.discogs.v2.plaintext+json",
        "accept-encoding": "gzip",
        "authorization": f"Discogs token={TOKEN}",
        "connection": "keep-alive",
        "host": "discogs.test",
    }


def test_the_trace_id_of_the_caller_is_kept(served):
    parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    response = served.get("/api/artists/1001", {"x-api-key": KEY, "traceparent": parent})

    assert response.headers["x-request-id"] == "4bf92f3577b34da6a3ce929d0e0e4736"


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("path", ["/api/artists/1001", "/api/database/search", "/api/privacy"])
def test_another_verb_is_405_with_allow(served, method, path):
    response = served.request(method, path)

    assert error_of(response)[:2] == (405, "method_not_allowed")
    assert response.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    "path", ["/api/", "/api/nope", "/api/artists", "/api/artists/1/2", "/api/oauth/access_token"]
)
def test_an_unknown_path_is_404_in_json(served, path):
    assert error_of(served.get(path)) == (404, "not_found", "route")


def test_health_needs_no_key_and_says_version_and_settings(served):
    response = served.get("/api/healthz", {"accept": "*/*"})

    assert response.json() == {
        "status": "ok",
        "version": __version__,
        "settings": {"DISCOGS_TOKEN": "resolved", "X_API_KEY": "resolved"},
    }


def test_the_action_spec_needs_no_key_and_names_this_address(served):
    response = served.get("/api/openapi.json", {"accept": "*/*"})

    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert response.json()["servers"] == [{"url": f"{ADDRESS}/api/gpt"}]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_privacy_page_needs_no_key(served, method):
    response = served.request(method, "/api/privacy", {"accept": "text/html"})

    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.text.startswith("<!DOCTYPE html>" if method == "GET" else "")
    assert bool(response.content) == (method == "GET")


FAULTS = {
    "rate_limited_retry_after": (429, "rate_limited", "discogs_budget_spent"),
    "error_500": (502, "upstream_error", "upstream_status"),
    "html_502": (502, "upstream_error", "upstream_status"),
    "html_200": (502, "upstream_error", "not_json"),
    "cut_json": (502, "upstream_error", "not_json"),
    "empty_200": (502, "upstream_error", "not_json"),
    "nan_json": (502, "upstream_error", "not_json"),
    "redirect": (502, "upstream_error", "upstream_status"),
    "unauthorized": (502, "upstream_error", "credential_refused"),
}


LASTING = ("rate_limited_retry_after", "redirect", "unauthorized")


@pytest.fixture
def faults(served):
    """What goes wrong at Discogs; nothing of it is left behind."""
    served.discogs.faults.clear()
    yield served.discogs.faults
    served.discogs.faults.clear()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_failure_of_discogs_that_stays_is_answered_in_the_proxys_own_words(served, faults, fault):
    faults.add(fault, times=3)

    response = served.get("/api/artists/1001")

    assert error_of(response) == FAULTS[fault]
    assert "<" not in response.text
    assert ("retry-after" in response.headers) == (response.status_code == 429)
    assert len(faults.waiting()) == (2 if fault in LASTING else 0)


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault not in LASTING])
def test_a_failure_of_discogs_that_passes_is_not_noticed(served, faults, fault):
    faults.add(fault, times=2)

    response = served.get("/api/artists/1001")

    assert (response.status_code, response.json()["id"]) == (200, 1001)


def test_one_call_writes_one_log_line_in_the_documented_shape(served, caplog):
    with caplog.at_level("INFO", logger="discogs_proxy"):
        response = served.get("/api/database/search?q=topsecret")

    lines = [record.getMessage() for record in caplog.records if record.name == "discogs_proxy"]
    assert len(lines) == 1
    assert lines[0].startswith(
        'discogs_proxy: {"event":"discogs_proxy_call","entity":"search","status":200,'
    )
    fields = json.loads(lines[0].removeprefix("discogs_proxy: "))
    assert fields["trace_id"] == response.headers["x-request-id"]
    assert fields["elapsed_ms"] >= 0
    assert "topsecret" not in lines[0]


# What the privacy page says of each thing that is logged.
_EXPLAINED = {
    "entity operation face": "the name of the operation",
    "method": "its verb",
    "status": "the status",
    "elapsed_ms": "how long it took",
    "bytes_out": "how long the answer was",
    "upstream_ms": "(and Discogs of it)",
    "bytes_in": "(and Discogs' own)",
    "key": "the name of the client key",
    "trace_id": "an id by which the call is found again",
    "attempts": "how often Discogs was asked",
    "queue_ms": "how long the call waited",
    "budget_remaining": "how many calls were left",
    "cache covered": "whether the answer was a kept one",
    "surprises": "of an unusual shape",
    "error reason": "what kind of error there was",
}


def test_the_privacy_page_names_everything_that_is_logged(served, caplog):
    page = " ".join(served.get("/api/privacy").text.split())
    calls = ("/api/artists/1001", "/api/gpt/artists/1001", "/api/artists/0", "/api/nowhere")

    with caplog.at_level("INFO", logger="discogs_proxy"):
        for call in (*calls, *calls):
            served.get(call)

    lines = [r.getMessage() for r in caplog.records if r.name == "discogs_proxy"]
    logged = {name for line in lines for name in json.loads(line.partition(": ")[2])}
    assert len(lines) == 2 * len(calls)
    assert logged - {"event"} <= {name for names in _EXPLAINED for name in names.split()}
    assert all(words in page for words in _EXPLAINED.values())


@pytest.mark.parametrize("host", ['evil","x":"y', "a\\1b", "a b", "a[b", "<script>"])
@pytest.mark.parametrize("target", ["/api/artists/1001", "/api/openapi.json"])
def test_a_hostile_host_header_stays_inside_its_string(served, host, target):
    response = served.get(target, {"x-api-key": KEY, "host": host})

    assert response.status_code == 200
    assert "x" not in response.json()
    assert "<script>" not in response.text
