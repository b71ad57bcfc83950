import asyncio

import httpx
import pytest

from sandbox.lookalike.app import ConnectionDroppedError, Lookalike, create
from sandbox.lookalike.limits import RateLimits
from sandbox.lookalike.serving import served

TOKEN = {"authorization": "Discogs token=sandbox-token"}
PAIR = {"authorization": "Discogs key=sandbox-key, secret=sandbox-secret"}


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def rate(response):
    names = ("", "-used", "-remaining")
    return tuple(int(response.headers[f"x-discogs-ratelimit{name}"]) for name in names)


def test_the_bundled_application_greets_with_its_counts(asking):
    response = asking(create())("/")

    assert response.json()["api_version"] == "v2"
    assert response.json()["statistics"] == {"releases": 44, "artists": 78, "labels": 33}


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/artists/1", "Artist not found."),
        ("/artists/1/releases", "Artist not found."),
        ("/releases/1", "That release does not exist or may have been deleted."),
        ("/masters/1", "That master release does not exist or may have been deleted."),
        ("/masters/1/versions", "That master release does not exist or may have been deleted."),
        ("/labels/1", "Label not found"),
        ("/artists/1001/", "The requested resource was not found."),
        ("/artists/bjork", "The requested resource was not found."),
        ("/users/someone", "User does not exist or may have been deleted."),
        ("/lists/1", "The requested resource was not found."),
        (f"/releases/{'9' * 5000}", "The requested resource was not found."),
    ],
)
def test_an_unknown_thing_is_missing_in_the_words_of_its_kind(ask, path, message):
    response = ask(path)

    assert response.status_code == 404
    assert response.json() == {"message": message}


def test_a_wrong_verb_is_told_the_right_ones(ask):
    response = ask("/artists/1001", "PUT")

    assert response.status_code == 405
    assert response.json() == {"message": "Method PUT is not allowed for this resource."}
    assert response.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", ["/artists/1001", "/database/search?q=bjork", "/releases/1"])
@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_head_sends_the_headers_of_get_and_no_body(ask, path, coding):
    asked = {"accept-encoding": coding}

    got, head = ask(path, headers=asked), ask(path, "HEAD", headers=asked)

    assert head.content == b""
    assert head.status_code == got.status_code
    counted = {"x-discogs-ratelimit-used", "x-discogs-ratelimit-remaining"}
    assert {k: v for k, v in head.headers.items() if k not in counted} == {
        k: v for k, v in got.headers.items() if k not in counted
    }


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [("gzip, br", "gzip"), ("GZIP;q=0.5", "gzip"), ("gzip;q=0", None), ("br", None), ("", None)],
)
def test_a_body_is_compressed_only_for_those_who_take_it(ask, accepted, coding):
    response = ask("/releases/4019", headers={"accept-encoding": accepted})

    assert response.headers.get("content-encoding") == coding
    assert response.headers["vary"] == "Accept-Encoding"
    assert response.json()["id"] == 4019


def test_a_body_is_compact_and_not_escaped(ask):
    response = ask("/artists/1001")

    assert '"name":"Björk","id":1001,'.encode() in response.content
    assert response.headers["content-type"] == "application/json"
    assert response.headers["x-discogs-media-type"] == "discogs.v2"
    assert response.headers["cache-control"] == "public, must-revalidate"


@pytest.mark.parametrize("path", ["/", "/nowhere"])
def test_a_client_without_a_name_meets_the_page_at_the_edge(ask, path):
    response = ask(path, headers={"user-agent": ""})

    assert response.status_code == 403
    assert response.headers["content-type"] == "text/html; charset=UTF-8"
    assert "cloudflare" in response.text


@pytest.mark.parametrize(
    ("path", "headers", "limit"),
    [
        ("/", {}, 25),
        ("/", TOKEN, 60),
        ("/", PAIR, 60),
        ("/?token=sandbox-token", {}, 60),
        ("/?key=sandbox-key&secret=sandbox-secret", {}, 60),
    ],
)
def test_a_credential_raises_the_limit(asking, path, headers, limit):
    response = asking(Lookalike(clock=Clock()))(path, headers=headers)

    assert response.status_code == 200
    assert rate(response) == (limit, 1, limit - 1)


@pytest.mark.parametrize(
    "credential",
    ["Discogs token=wrong", "Discogs token=", "Discogs key=sandbox-key, secret=wrong"],
)
def test_a_bad_credential_is_refused_but_counted_at_the_higher_limit(asking, credential):
    response = asking(Lookalike())("/", headers={"authorization": credential})

    assert response.status_code == 401
    assert response.json() == {
        "message": "Invalid consumer token. Please register an app before making requests."
    }
    assert rate(response) == (60, 1, 59)


def test_every_request_counts_until_the_window_has_moved_on(asking):
    clock = Clock()
    limited = asking(Lookalike(clock=clock, limits=RateLimits(60, 3)))

    counts = [rate(limited("/")), rate(limited("/", "HEAD")), rate(limited("/nowhere"))]
    refused = limited("/")
    clock.now = 60.0
    again = limited("/")

    assert counts == [(3, 1, 2), (3, 2, 1), (3, 3, 0)]
    assert refused.status_code == 429
    assert refused.json() == {"message": "You are making requests too quickly."}
    assert rate(refused) == (3, 4, 0)
    assert "access-control-allow-origin" not in refused.headers
    assert rate(again) == (3, 1, 2)


def test_requests_are_remembered_as_they_came(ask, lookalike):
    ask("/database/search?q=Bj%C3%B6rk+x&token=sandbox-token", headers={"X-Odd": "1"})

    (request,) = lookalike.requests
    assert request.method == "GET"
    assert request.target == "/database/search?q=Bj%C3%B6rk+x&token=sandbox-token"
    assert request.headers["x-odd"] == "1"


def test_the_lifespan_is_followed_politely(lookalike):
    events = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])
    sent = []

    async def receive():
        return next(events)

    async def send(event):
        sent.append(event["type"])

    asyncio.run(lookalike({"type": "lifespan"}, receive, send))

    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


def test_a_hanging_answer_comes_after_the_wait(asking):
    waits = []

    async def wait():
        waits.append("waited")

    lookalike = Lookalike(wait=wait)
    lookalike.faults.add("hang")

    response = asking(lookalike)("/artists/1001")

    assert waits == ["waited"]
    assert response.json()["name"] == "Björk"


def test_a_hanging_answer_ends_with_the_connection():
    async def main():
        lookalike = Lookalike(wait=asyncio.Event().wait)
        lookalike.faults.add("hang")
        events = iter([{"type": "http.request"}, {"type": "http.disconnect"}])
        scope = {
            "type": "http",
            "method": "GET",
            "path": "/",
            "query_string": b"",
            "headers": [(b"user-agent", b"test")],
        }

        async def receive():
            return next(events)

        async def send(event):
            del event

        await lookalike(scope, receive, send)

    asyncio.run(asyncio.wait_for(main(), 5))


def test_a_dropped_connection_raises_in_process(ask, lookalike):
    lookalike.faults.add("drop")

    with pytest.raises(ConnectionDroppedError):
        ask("/")


def test_a_dropped_connection_makes_uvicorn_hang_up(lookalike):
    lookalike.faults.add("drop")
    results = []

    async def observed(scope, receive, send):
        results.append(await served(lookalike)(scope, receive, send))
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

    async def main():
        transport = httpx.ASGITransport(observed)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            await client.get("/")

    asyncio.run(main())

    assert results == ["a connection dropped on demand"]
