"""Claim what anybody may ask without a key, and what the catch-all answers."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from codegen.action_lint.finding import ERROR
from codegen.action_lint.linter import lint
from codegen.action_lint.spec import Profile, Served
from discogs_api.operations import GET_ARTIST, GET_RELEASE, SEARCH
from discogs_api.operations import OPERATIONS as ALL_OPERATIONS
from discogs_proxy import __version__, open_routes
from discogs_proxy.exchange import Inbound
from discogs_proxy.settings import Settings
from tests.proxy.support.agent_operations import GET_ALBUM
from tests.proxy.support.operations import FOLDER
from tests.proxy.support.rig import ENVIRONMENT, KEY, TOKEN, envelope

NEW = "n" * 32
_SPEC = Path(__file__).parents[2] / "generated" / "gpt-action" / "openapi.json"


OPERATIONS = (GET_ARTIST, GET_RELEASE, SEARCH)


def unrouted(path, method="GET", headers=None, operations=OPERATIONS):
    url = f"https://proxy.test/api/{path}"
    inbound = Inbound(method, url, headers or {}, {"path": path})
    return open_routes.unrouted(operations, inbound, lambda: 0.0, lambda: NEW)


@pytest.mark.parametrize(
    ("changes", "status", "token", "key"),
    [
        ({}, "ok", "resolved", "resolved"),
        ({"DISCOGS_TOKEN": ""}, "secrets_unresolved", "unresolved", "resolved"),
        (
            {"X_API_KEY": "@Microsoft.KeyVault(SecretUri=https://vault.test/hunter2)"},
            "secrets_unresolved",
            "resolved",
            "unresolved",
        ),
    ],
)
def test_health_tells_whether_the_secrets_are_resolved_and_not_what_they_are(
    changes, status, token, key
):
    settings = Settings.from_environment({**ENVIRONMENT, **changes})

    answer = open_routes.health(settings)

    assert (answer.status, answer.header("content-type")) == (200, "application/json")
    assert json.loads(answer.body) == {
        "status": status,
        "version": __version__,
        "settings": {"DISCOGS_TOKEN": token, "X_API_KEY": key},
    }
    for secret in (TOKEN, KEY, "hunter2"):
        assert secret not in repr(answer)


@pytest.mark.parametrize(
    ("public", "address"),
    [("", "https://one.test/api"), ("https://two.test/api", "https://two.test/api")],
)
def test_the_action_spec_names_the_public_address_and_is_else_the_generated_one(public, address):
    generated = json.loads(_SPEC.read_text(encoding="utf-8"))
    settings = Settings.from_environment({"PUBLIC_BASE_URL": public})

    answer = open_routes.action_spec(
        _SPEC, settings, Inbound("GET", "https://one.test/api/openapi.json", {}, {})
    )

    assert (answer.status, answer.header("content-type")) == (200, "application/json")
    assert json.loads(answer.body) == {
        **generated,
        "info": {**generated["info"], "termsOfService": f"{address}/privacy"},
        "servers": [{"url": f"{address}/gpt"}],
    }
    assert b"gateway.example" not in answer.body


def test_the_action_spec_is_taken_by_importers_from_where_it_is_served():
    url = "https://discogs.acme.org/api/openapi.json"
    settings = Settings.from_environment(ENVIRONMENT)

    answer = open_routes.action_spec(_SPEC, settings, Inbound("GET", url, {}, {}))

    served = Served(url, answer.status, answer.header("content-type"))
    findings = lint(json.loads(answer.body), Profile(served=served))
    assert [finding for finding in findings if finding.level == ERROR] == []


def _privacy(**environment):
    return open_routes.privacy_page(Settings.from_environment({**ENVIRONMENT, **environment}))


def test_the_privacy_page_is_a_page_that_loads_and_runs_nothing():
    answer = _privacy()

    assert (answer.status, answer.header("content-type")) == (200, "text/html; charset=utf-8")
    assert "default-src 'none'" in answer.header("content-security-policy")
    assert answer.header("x-content-type-options") == "nosniff"
    page = answer.body.decode()
    assert page.startswith("<!DOCTYPE html>")
    assert len(page) < 4000
    assert not re.search(r"<script|<style|<img|<link|<form|\bon\w+=|nofollow", page)


def test_the_privacy_page_says_what_discogs_wants_said():
    page = " ".join(_privacy().body.decode().split())

    assert 'Data provided by <a href="https://www.discogs.com/">Discogs</a>.' in page
    assert (
        "This application uses Discogs' API but is not affiliated with, sponsored or endorsed by"
        " Discogs. 'Discogs' is a trademark of Zink Media, LLC."
    ) in page


def test_the_privacy_page_says_for_how_long_and_what_is_kept():
    page = " ".join(_privacy().body.decode().split())
    seconds = [o.cache_seconds for o in ALL_OPERATIONS if o.cache_seconds]
    private = " ".join(o.name for o in ALL_OPERATIONS if o.is_private)

    assert (min(seconds), max(seconds)) == (60, 4 * 3600)
    assert "for one minute to four hours" in page
    assert "Profiles, orders, messages, exports and uploads are never kept." in page
    for word in ("profile", "order", "message", "export", "upload"):
        assert word in private


def test_the_privacy_page_names_the_contact_and_takes_it_for_text():
    page = _privacy(PRIVACY_CONTACT='<b onclick="x">Ann & Co {notice}</b>').body.decode()

    assert "&lt;b onclick=&quot;x&quot;&gt;Ann &amp; Co {notice}&lt;/b&gt;" in page
    assert "reached at" not in _privacy().body.decode()


@pytest.mark.parametrize(
    "path",
    [
        "artists/1",
        "artists/someone",
        "/artists/1/",
        "ARTISTS/1",
        "releases/1",
        "database/search",
        "healthz",
        "openapi.json",
        "privacy",
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "JUNK"])
def test_a_verb_that_a_path_lacks_is_405_with_the_verbs_it_has(path, method):
    answer = unrouted(path, method)

    assert (answer.status, answer.header("allow")) == (405, "GET, HEAD")
    content = envelope(answer)
    assert (content["error"], content["reason"]) == ("method_not_allowed", "verb")
    assert content["message"] == f"This path answers GET, HEAD, not {method}."


def test_of_two_templates_that_fit_a_path_the_more_literal_says_its_verbs():
    operations = (
        replace(FOLDER, method="GET", path="/shelves/{id}"),
        replace(FOLDER, method="POST", path="/shelves/add"),
    )

    answers = [unrouted(path, "PUT", None, operations) for path in ("shelves/add", "shelves/7")]

    assert [answer.header("allow") for answer in answers] == ["POST", "GET, HEAD"]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "artists",
        "artists/",
        "artists//",
        "artists/1/tracks",
        "artist/1",
        "database",
        "database/search/x",
        "database/{x}",
        "health",
        "openapi_json",
        "../artists/1",
        "oauth/request_token",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_path_that_is_none_of_ours_is_404(path, method):
    answer = unrouted(path, method)

    assert (answer.status, answer.header("allow")) == (404, None)
    assert envelope(answer)["error"] == "not_found"


@pytest.mark.parametrize("path", ["artists/1", "healthz"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_verb_that_a_path_has_is_never_said_to_be_missing(path, method):
    assert unrouted(path, method).status == 404


AGENTS = (GET_ALBUM, replace(GET_ALBUM, path="/gpt/albums/{album}"))


def test_the_paths_of_agents_are_known_beside_those_of_the_mirror():
    wrong = unrouted("gpt/albums/1", "DELETE", None, AGENTS)
    missing = unrouted("gpt/albums", "GET", None, AGENTS)

    assert (wrong.status, wrong.header("allow")) == (405, "GET, HEAD")
    assert missing.status == 404
    for answer in (wrong, missing):
        assert envelope(answer)["retryable"] is False
        assert envelope(answer)["hint"] == "Call one of the operations that are described."


@pytest.mark.parametrize("path", ["albums", "gptx/albums", "", "users/gpt"])
def test_what_is_not_for_agents_is_refused_as_on_the_mirror(path):
    assert "hint" not in envelope(unrouted(path, "GET", None, AGENTS))


def test_no_path_value_is_empty():
    inbound = Inbound("POST", "https://proxy.test", {}, {"path": "users//folders/1"})

    assert open_routes.unrouted([FOLDER], inbound, lambda: 0.0, lambda: NEW).status == 404


def test_the_host_may_leave_out_the_path():
    inbound = Inbound("GET", "https://proxy.test/api", {}, {})

    assert open_routes.unrouted(OPERATIONS, inbound, lambda: 0.0, lambda: NEW).status == 404


def test_the_catch_all_bears_the_trace_id():
    traceparent = f"00-{'a' * 32}-{'b' * 16}-01"

    for headers, trace_id in (({}, NEW), ({"traceparent": traceparent}, "a" * 32)):
        answer = unrouted("nowhere", headers=headers)
        assert answer.header("x-request-id") == envelope(answer)["trace_id"] == trace_id


def test_what_was_asked_for_is_not_echoed():
    assert b"hunter2" not in unrouted("hunter2").body


def test_the_catch_all_writes_a_log_line_without_the_path_that_was_asked_for(caplog):
    caplog.set_level("INFO")

    unrouted("private-words")

    assert caplog.messages == [
        'discogs_proxy: {"event":"discogs_proxy_call","entity":"unrouted","status":404,'
        f'"elapsed_ms":0.0,"trace_id":"{NEW}","error":"not_found","reason":"route","method":"GET"}}'
    ]
