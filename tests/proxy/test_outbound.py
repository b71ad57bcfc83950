"""Claim that no value leaves the place that the operation has for it."""

import pytest

from discogs_api.operations import SEARCH
from tests.proxy.support.operations import FOLDER
from tests.proxy.support.rig import envelope, proxy


@pytest.mark.parametrize(
    ("username", "segment"),
    [
        ("someone", "someone"),
        ("a/b", "a%2Fb"),
        ("a%2Fb", "a%252Fb"),
        ("../../oauth/identity", "..%2F..%2Foauth%2Fidentity"),
        ("%2e%2e", "%252e%252e"),
        ("...", "..."),
        (".. ", "..%20"),
        ("..\\..", "..%5C.."),
        ("..;x=y", "..%3Bx%3Dy"),
        ("?x=y", "%3Fx%3Dy"),
        ("#x", "%23x"),
        ("&x=y", "%26x%3Dy"),
        ("@evil.test", "%40evil.test"),
        ("//evil.test", "%2F%2Fevil.test"),
        ("http://evil.test", "http%3A%2F%2Fevil.test"),
        ("a\r\nHost: evil.test", "a%0D%0AHost%3A%20evil.test"),
        ("\x00", "%00"),
        ("a b+c", "a%20b%2Bc"),
        ("Björk", "Bj%C3%B6rk"),
        ("\u2025\uff0e\uff0e", "%E2%80%A5%EF%BC%8E%EF%BC%8E"),
        ("{folder}", "%7Bfolder%7D"),
        ("{username}", "%7Busername%7D"),
        ("%7Bfolder%7D", "%257Bfolder%257D"),
        ("~._-", "~._-"),
    ],
)
def test_a_path_value_stays_one_segment(username, segment):
    rig = proxy()

    rig.ask(FOLDER, values={"username": username, "folder": "{username}"})

    assert rig.upstream.targets == [f"/users/{segment}/folders/%7Busername%7D"]
    assert rig.upstream.requests[0].url.host == "api.discogs.com"


@pytest.mark.parametrize("text", ["", ".", ".."])
@pytest.mark.parametrize("name", ["username", "folder"])
def test_a_path_value_that_would_move_the_path_is_refused(name, text):
    rig = proxy()

    answer = rig.ask(FOLDER, values={"username": "someone", "folder": "1", name: text})

    assert (answer.status, rig.upstream.requests) == (400, [])
    assert envelope(answer)["message"] == f"{name}: '{text}' cannot be one segment of a path."


@pytest.mark.parametrize(
    ("base", "address"),
    [
        ("https://relay.test", "https://relay.test/database/search?q=x"),
        ("https://relay.test/", "https://relay.test/database/search?q=x"),
        ("https://relay.test/discogs/v2/", "https://relay.test/discogs/v2/database/search?q=x"),
        ("https://relay.test/a%2Fb%20c", "https://relay.test/a%2Fb%20c/database/search?q=x"),
        ("http://127.0.0.1:8099", "http://127.0.0.1:8099/database/search?q=x"),
    ],
)
def test_a_configured_base_is_kept_whole(base, address):
    rig = proxy(settings={"DISCOGS_BASE_URL": base})

    rig.ask(SEARCH, "q=x")

    assert str(rig.upstream.requests[0].url) == address


def test_a_request_line_of_8000_characters_is_sent_whole():
    longest = "x" * (8000 - len("/database/search?q="))
    rig = proxy()

    answer = rig.ask(SEARCH, f"q={longest}")

    assert answer.status == 200
    assert rig.upstream.targets == [f"/database/search?q={longest}"]


@pytest.mark.parametrize(
    "value", ["x" * (8001 - len("/database/search?page=1&q=")), "ü" * 1400, "x" * 10_000]
)
def test_a_longer_one_is_refused_by_the_name_of_its_longest_value(value):
    rig = proxy()

    answer = rig.ask(SEARCH, f"page=1&q={value}")

    assert (answer.status, rig.upstream.requests) == (400, [])
    content = envelope(answer)
    assert (content["reason"], content["message"]) == (
        "too_long",
        "q: too long; the whole request may have 8000 characters.",
    )
