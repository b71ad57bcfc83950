"""Claim which strings are links, where they lead afterwards, and that all else stays as it was."""

import json

import pytest

from discogs_proxy.links import Links

LINKS = Links("https://api.discogs.com", "https://proxy.test/api")
RELAY = Links("https://relay.test/discogs", "https://proxy.test/api")


@pytest.mark.parametrize(
    ("url", "rewritten"),
    [
        ("https://api.discogs.com", "https://proxy.test/api"),
        ("https://api.discogs.com/", "https://proxy.test/api/"),
        ("https://api.discogs.com/artists/1", "https://proxy.test/api/artists/1"),
        ("https://api.discogs.com?page=2", "https://proxy.test/api?page=2"),
        ("https://api.discogs.com/a?q=b%20c+d&page=2", "https://proxy.test/api/a?q=b%20c+d&page=2"),
        ("https://api.discogs.com//evil.test", "https://proxy.test/api//evil.test"),
        ("https://api.discogs.com/Bj\u00f6rk", "https://proxy.test/api/Bj\u00f6rk"),
    ],
)
def test_an_address_upstream_moves_to_the_proxy(url, rewritten):
    assert LINKS.rewrite(url) == rewritten


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/artists/1",
        "api.discogs.com/artists/1",
        "//api.discogs.com/artists/1",
        "http://api.discogs.com/artists/1",
        "HTTPS://api.discogs.com/artists/1",
        "https://api.discogs.com.evil.test/artists/1",
        "https://api.discogs.community/",
        "https://api.discogs.com@evil.test/",
        "https://api.discogs.com:443/artists/1",
        "https://api.discogs.com:pass@evil.test/",
        "https://api.discogs.com\\evil.test",
        "https://api.discogs.com#x",
        "https://www.discogs.com/artist/1",
        "https://i.discogs.com/image.jpeg",
        "https://evil.test/?u=https://api.discogs.com/",
        " https://api.discogs.com/artists/1",
        "https://api.discogs.com/artists/1 is his page",
        "https://api.discogs.com/artists/1\nand more",
    ],
)
def test_any_other_text_stays(url):
    assert LINKS.rewrite(url) == url


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("?token=hunter2", ""),
        ("?key=hunter2&secret=hunter2", ""),
        ("?TOKEN=hunter2&Secret=hunter2&page=2", "?page=2"),
        ("?page=2&token=hunter2", "?page=2"),
        ("?page=2&token=hunter2&per_page=5", "?page=2&per_page=5"),
        ("?token=hunter2&token=hunter2", ""),
        ("?token", ""),
        ("?page=2&token=", "?page=2"),
        ("?oauth_token=hunter2&oauth_signature=hunter2%26hunter2&q=x", "?q=x"),
        ("?OAuth_Consumer_Key=hunter2", ""),
        ("?%74oken=hunter2", ""),
        ("?%54OKEN=hunter2&page=2", "?page=2"),
        ("?oauth%5Ftoken=hunter2", ""),
        ("?+token=hunter2", ""),
        ("?%20token%20=hunter2", ""),
        ("?token%3D=hunter2", "?token%3D=hunter2"),
        ("?page=2#token=x", "?page=2#token=x"),
        ("?tokens=1&keys=2&q=token&monkey=3", "?tokens=1&keys=2&q=token&monkey=3"),
        ("?q=a%26token%3Db", "?q=a%26token%3Db"),
        ("?", ""),
        ("?&&", ""),
        ("?q=%FF", "?q=%FF"),
    ],
)
def test_credentials_are_dropped_and_the_rest_of_a_query_stays(query, kept):
    rewritten = LINKS.rewrite(f"https://api.discogs.com/database/search{query}")

    assert rewritten == f"https://proxy.test/api/database/search{kept}"


@pytest.mark.parametrize(
    ("value", "rewritten"),
    [
        (
            '<https://api.discogs.com/a?page=3>; rel="last", '
            '<https://api.discogs.com/a?page=2&token=hunter2>; rel="next"',
            '<https://proxy.test/api/a?page=3>; rel="last", '
            '<https://proxy.test/api/a?page=2>; rel="next"',
        ),
        (
            "<https://api.discogs.com/a?page=2>; rel=next",
            "<https://proxy.test/api/a?page=2>; rel=next",
        ),
        ("<https://api.discogs.com/a,b;c>;rel=x", "<https://proxy.test/api/a,b;c>;rel=x"),
        ("<https://evil.test/>; rel=next", "<https://evil.test/>; rel=next"),
        ("<https://api.discogs.com.evil.test/>", "<https://api.discogs.com.evil.test/>"),
        ("</a?page=2>; rel=next", "</a?page=2>; rel=next"),
        ("https://api.discogs.com/a", "https://api.discogs.com/a"),
        ("<", "<"),
        ("", ""),
    ],
)
def test_a_link_header_keeps_all_but_its_targets(value, rewritten):
    assert LINKS.in_header(value) == rewritten


@pytest.mark.parametrize(
    ("body", "rewritten"),
    [
        (
            rb'{ "id":1,"resource_url" : "https://api.discogs.com/artists/1"}' + b"\r\n",
            rb'{ "id":1,"resource_url" : "https://proxy.test/api/artists/1"}' + b"\r\n",
        ),
        (
            rb'["https:\/\/api.discogs.com\/artists\/1"]',
            rb'["https:\/\/proxy.test\/api\/artists\/1"]',
        ),
        (
            rb'["https://api.discogs.com/a?q=x\u0026token=hunter2\u0026page=2"]',
            rb'["https://proxy.test/api/a?q=x&page=2"]',
        ),
        (
            rb'["https://api.discogs.com/a?q=%22x%22\"y"]',
            rb'["https://proxy.test/api/a?q=%22x%22\"y"]',
        ),
        (
            rb'["https://api.discogs.com/a?q=\ud83c\udfb5"]',
            rb'["https://proxy.test/api/a?q=\ud83c\udfb5"]',
        ),
        (
            rb'["https://api.discogs.com/a?q=\ud83c"]',
            rb'["https://proxy.test/api/a?q=\ud83c"]',
        ),
        (
            rb'["\\","https://api.discogs.com/a","\\\\","https://api.discogs.com/b"]',
            rb'["\\","https://proxy.test/api/a","\\\\","https://proxy.test/api/b"]',
        ),
        (rb'"https://api.discogs.com"', rb'"https://proxy.test/api"'),
    ],
)
def test_a_body_keeps_every_byte_but_those_of_its_links(body, rewritten):
    assert LINKS.in_body(body) == rewritten


@pytest.mark.parametrize(
    "text",
    [
        "see https://api.discogs.com/artists/1",
        'see "https://api.discogs.com/artists/1" for more',
        '"https://api.discogs.com/artists/1"',
        '\\"https://api.discogs.com/artists/1\\"',
        "[url=https://api.discogs.com/artists/1]x[/url]",
        "https://api.discogs.com/artists/1 is his page",
        "https://api.discogs.com/artists/1\nhttps://api.discogs.com/artists/2",
        "https://api.discogs.com.evil.test/artists/1",
        "https://api.discogs.com@evil.test/artists/1",
        "http://api.discogs.com/artists/1",
        "https://apixdiscogs.com/artists/1",
        "https://i.discogs.com/a.jpeg",
    ],
)
@pytest.mark.parametrize("escaped", [False, True])
def test_text_that_is_no_link_keeps_every_byte(text, escaped):
    body = json.dumps({"notes": text, text: 1.50, "ü": "\u00fc\\"}, ensure_ascii=escaped).encode()
    body = body.replace(b"/", b"\\/") if escaped else body

    assert LINKS.in_body(body) == body


def test_numbers_blanks_and_doubled_names_stay_as_they_are():
    body = b'{"a":1.0,"a":1e5,  "b":[ ],"c":-0,"d":"\\u0041\\/"}\n'

    assert LINKS.in_body(body) == body


def test_an_empty_body_stays_empty():
    assert LINKS.in_body(b"") == b""


def test_a_relay_is_known_by_its_own_address_and_by_that_of_discogs():
    body = (
        b'["https://relay.test/discogs/a", "https://api.discogs.com/b?token=x", '
        b'"https://relay.test/other", "https://relay.test/discogs-two/c"]'
    )

    assert RELAY.in_body(body) == (
        b'["https://proxy.test/api/a", "https://proxy.test/api/b", '
        b'"https://relay.test/other", "https://relay.test/discogs-two/c"]'
    )


def test_a_very_long_body_takes_no_time_to_speak_of():
    body = b'{"a": "' + b'\\"https://api.discogs.com' * 100_000 + b'"}'

    assert LINKS.in_body(body) == body
