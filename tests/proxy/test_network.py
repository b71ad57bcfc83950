"""Claim what exactly leaves for Discogs, and what becomes of an attempt that brings nothing."""

import httpx
import pytest

from discogs_api.operations import GET_ARTIST, GET_RELEASE
from discogs_proxy import __version__
from discogs_proxy.errors import AttemptFailed
from discogs_proxy.network import Network
from tests.proxy.support.operations import request
from tests.proxy.support.rig import KEY, KEYED, TOKEN, proxy
from tests.proxy.support.upstream import Reply, Silence, Upstream, reply
from tests.proxy.support.virtual_time import run

_EVERYTHING = {
    **KEYED,
    "x-functions-key": KEY,
    "x-ms-client-principal": "who",
    "x-ms-token-aad-access-token": "secret",
    "authorization": "Bearer secret",
    "proxy-authorization": "Basic secret",
    "cookie": "session=secret",
    "host": "evil.test",
    "x-forwarded-for": "192.0.2.1",
    "x-forwarded-host": "evil.test",
    "forwarded": "for=192.0.2.1",
    "x-original-url": "/oauth/identity",
    "x-real-ip": "192.0.2.1",
    "cf-connecting-ip": "192.0.2.1",
    "openai-conversation-id": "secret",
    "openai-ephemeral-user-id": "secret",
    "traceparent": f"00-{'a' * 32}-{'b' * 16}-01",
    "user-agent": "ChatGPT-User/1.0",
    "accept": "text/html",
    "accept-encoding": "br",
    "if-none-match": '"x"',
    "range": "bytes=0-9",
    "content-type": "text/plain",
    "content-length": "5",
    "transfer-encoding": "chunked",
    "te": "trailers",
    "upgrade": "websocket",
    "connection": "x-currency",
}


@pytest.mark.parametrize("headers", [KEYED, _EVERYTHING])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_exactly_these_headers_reach_discogs(method, headers):
    rig = proxy()

    rig.ask(GET_ARTIST, headers=headers, method=method)
    (sent,) = rig.upstream.requests

    assert sent.method == method
    assert str(sent.url) == "https://api.discogs.com/artists/1"
    assert sent.content == b""
    assert sorted((name.lower(), value) for name, value in sent.headers.multi_items()) == [
        ("accept", "application/vnd.discogs.v2.plaintext+json"),
        ("accept-encoding", "gzip"),
        ("authorization", f"Discogs token={TOKEN}"),
        ("connection", "keep-alive"),
        ("host", "api.discogs.com"),
        ("user-agent", f"DiscogsGateway/{__version__}"),
    ]


def test_every_attempt_carries_the_credential_once():
    rig = proxy(httpx.ConnectError("refused"), httpx.ReadError("reset"), reply())

    rig.ask(GET_ARTIST)

    assert [sent.headers.get_list("authorization") for sent in rig.upstream.requests] == [
        [f"Discogs token={TOKEN}"]
    ] * 3


def test_a_cookie_of_discogs_is_neither_kept_nor_passed_on():
    rig = proxy(reply(set_cookie="__cf_bm=one; path=/; domain=.discogs.com; Secure"))

    answers = [rig.ask(GET_ARTIST), rig.ask(GET_RELEASE)]

    assert all("cookie" not in sent.headers for sent in rig.upstream.requests)
    assert all(answer.header("set-cookie") is None for answer in answers)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status):
    rig = proxy(reply(b"", status, location="https://evil.test/artists/1"))

    answer = rig.ask(GET_ARTIST)

    assert answer.status == 502
    assert [sent.url.host for sent in rig.upstream.requests] == ["api.discogs.com"]


@pytest.mark.parametrize(
    "target",
    ["@evil.test/x", "//evil.test/x", "/..//evil.test", "/x?y=https://evil.test", ":1/x", "\\x"],
)
def test_no_target_leads_to_another_host(target):
    upstream = Upstream([reply()])
    network = Network("https://api.discogs.com", "Tests/1", transport=upstream)

    try:
        run(network.send(request("GET", target)))
    except httpx.InvalidURL:
        assert upstream.requests == []
    else:
        assert upstream.requests[0].url.netloc == b"api.discogs.com"
        assert upstream.requests[0].headers["host"] == "api.discogs.com"


@pytest.mark.parametrize(
    ("failure", "timed_out", "was_ineffective"),
    [
        (httpx.ConnectError("x"), False, True),
        (httpx.ReadError("x"), False, False),
        (httpx.WriteError("x"), False, False),
        (httpx.CloseError("x"), False, False),
        (httpx.RemoteProtocolError("x"), False, False),
        (httpx.ConnectTimeout("x"), True, True),
        (httpx.ReadTimeout("x"), True, False),
        (httpx.WriteTimeout("x"), True, False),
        (httpx.PoolTimeout("x"), True, True),
    ],
)
@pytest.mark.parametrize("place", ["head", "body"])
def test_an_attempt_that_fails_says_how_and_no_more(failure, timed_out, was_ineffective, place):
    step = failure if place == "head" else Reply(chunks=(b'{"id"', failure))
    network = Network("https://api.discogs.com", "Tests/1", transport=Upstream([step]))

    with pytest.raises(AttemptFailed) as caught:
        run(network.send(request("GET", "/artists/1")))

    assert caught.value.error_type == type(failure).__name__
    assert caught.value.timed_out is timed_out
    assert caught.value.was_ineffective is was_ineffective


@pytest.mark.parametrize(
    "step",
    [
        reply(),
        reply(status=404),
        reply(content_encoding="br"),
        reply(content_encoding="gzip"),
        Reply(chunks=(b" " * 1024 * 1024,) * 9),
        Reply(chunks=(b"{", httpx.ReadError("x"))),
        Reply(chunks=(b"{", Silence())),
    ],
)
def test_every_response_is_closed_so_that_its_connection_is_free_again(step):
    rig = proxy(step)

    rig.ask(GET_ARTIST)

    assert rig.upstream.responses
    assert all(response.is_closed for response in rig.upstream.responses)


def test_closing_twice_and_going_on_is_safe():
    upstream = Upstream([reply()])
    network = Network("https://api.discogs.com", "Tests/1", transport=upstream)

    async def use():
        await network.close()
        await network.send(request("GET", "/artists/1"))
        await network.close()
        await network.close()
        return await network.send(request("GET", "/artists/2"))

    assert run(use()).status == 200
    assert upstream.targets == ["/artists/1", "/artists/2"]
