"""Claim what of an answer of Discogs reaches the caller of the mirror."""

import pytest

from discogs_api.operations import GET_ARTIST, SEARCH
from discogs_proxy import parameters
from discogs_proxy.exchange import Answer, Call, Inbound
from discogs_proxy.face import Visit
from discogs_proxy.mirror import Made, Mirror
from discogs_proxy.recent import Recent
from discogs_proxy.settings import Settings
from tests.proxy.support.operations import DOWNLOAD, ORDER, STATUS
from tests.proxy.support.rig import ENVIRONMENT, KEYED, proxy
from tests.proxy.support.upstream import Reply, reply
from tests.proxy.support.virtual_time import run

_BODY = b'{"id":1 ,"resource_url":"https://api.discogs.com/artists/1"}'


def test_exactly_these_headers_reach_the_caller():
    upstream = {
        "content_type": "application/json",
        "server": "nginx",
        "date": "Mon, 22 Oct 2018 00:56:44 GMT",
        "content_length": str(len(_BODY)),
        "cache_control": "public, must-revalidate",
        "set_cookie": "a=b",
        "connection": "keep-alive",
        "access_control_allow_origin": "*",
        "location": "https://api.discogs.com/x",
        "www_authenticate": "OAuth",
        "x_discogs_media_type": "discogs.v2",
        "x_discogs_ratelimit": "60",
        "x_discogs_ratelimit_used": "3",
        "x_discogs_ratelimit_remaining": "57",
        "x_discogs_ratelimit_reset": "9",
        "retry_after": "5",
        "link": "<https://api.discogs.com/a?page=2>; rel=next",
        "x_request_id": "theirs",
        "x_ignored_parameters": "theirs",
        "x_cache": "HIT",
    }

    answer = proxy(reply(_BODY, **upstream)).ask(GET_ARTIST)

    assert answer.headers == (
        ("Content-Type", "application/json"),
        ("Link", "<https://proxy.test/api/a?page=2>; rel=next"),
        ("Location", "https://proxy.test/api/x"),
        ("Retry-After", "5"),
        ("X-Discogs-Ratelimit", "60"),
        ("X-Discogs-Ratelimit-Remaining", "57"),
        ("X-Discogs-Ratelimit-Reset", "9"),
        ("X-Discogs-Ratelimit-Used", "3"),
        ("ETag", '"648fcf96dbf82525a40bbe47631bd1be"'),
        ("X-Cache", "MISS"),
        ("X-Attempts", "1"),
        ("X-Queue-Ms", "0"),
        ("X-Request-Id", "0" * 31 + "1"),
    )


def test_a_header_that_discogs_leaves_out_is_left_out_but_for_the_type_of_a_body():
    answer = proxy(Reply(headers=())).ask(GET_ARTIST)

    assert [name for name, _ in answer.headers] == [
        "Content-Type",
        "ETag",
        "X-Cache",
        "X-Attempts",
        "X-Queue-Ms",
        "X-Request-Id",
    ]


def test_several_link_headers_become_one():
    links = tuple(
        ("Link", f"<https://api.discogs.com/a?page={page}&token=x>; rel={rel}")
        for page, rel in ((2, "next"), (9, "last"))
    )

    answer = proxy(Reply(headers=(("Content-Type", "application/json"), *links))).ask(GET_ARTIST)

    assert answer.header("link") == (
        "<https://proxy.test/api/a?page=2>; rel=next, <https://proxy.test/api/a?page=9>; rel=last"
    )


@pytest.mark.parametrize("status", [200, 201, 400, 403, 404, 405, 409, 422])
def test_status_and_body_pass_on(status):
    body = b'{"message":  "The requested resource was not found."}\n'

    answer = proxy(reply(body, status)).ask(GET_ARTIST)

    assert (answer.status, answer.body) == (status, body)


def test_no_content_passes_on():
    answer = proxy(Reply(204, (), ())).ask(GET_ARTIST)

    assert (answer.status, answer.body) == (204, b"")


@pytest.mark.parametrize("status", [200, 404])
def test_an_answer_to_head_has_the_headers_and_no_body(status):
    rig = proxy(
        reply(b"", status, content_encoding="gzip", content_length="999", x_discogs_ratelimit="60")
    )

    answer = rig.ask(SEARCH, "q=x", method="HEAD")

    assert (answer.status, answer.body) == (status, b"")
    assert answer.header("x-discogs-ratelimit") == "60"
    assert answer.header("content-length") is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://api.discogs.com/inventory/export/7", "https://proxy.test/api/inventory/export/7"),
        ("/inventory/export/7", "https://proxy.test/api/inventory/export/7"),
        ("/inventory/export/7?token=x&a=b", "https://proxy.test/api/inventory/export/7?a=b"),
        ("https://evil.test/inventory/export/7", None),
        ("//evil.test/inventory/export/7", None),
        ("https://api.discogs.com.evil.test/7", None),
        ("inventory/export/7", None),
        ("javascript:alert(1)", None),
    ],
)
def test_a_location_leads_to_the_proxy_or_nowhere(given, expected):
    answer = proxy(reply({"id": 1}, 201, location=given)).ask(GET_ARTIST)

    assert answer.header("location") == expected


def test_a_download_comes_back_byte_for_byte_with_its_name():
    body = b'listing_id,comments\r\n1,"https://api.discogs.com/x \xff"\r\n'
    rig = proxy(
        reply(body, content_type="text/csv; charset=utf-8", content_disposition="attachment; x")
    )

    answer = rig.ask(DOWNLOAD)

    assert (answer.status, answer.body) == (200, body)
    assert answer.header("content-type") == "text/csv; charset=utf-8"
    assert answer.header("content-disposition") == "attachment; x"


@pytest.mark.parametrize("name", ["Łódź.csv".encode(), b"\xe9.csv"])
def test_a_header_that_the_host_cannot_send_is_left_out(name):
    headers = ((b"Content-Type", b"text/csv"), (b"Content-Disposition", b"attachment; x=" + name))

    answer = proxy(Reply(200, (b"id\r\n",), headers)).ask(DOWNLOAD)

    assert (answer.status, answer.body) == (200, b"id\r\n")
    assert answer.header("content-disposition") is None


def test_not_modified_comes_back_to_who_asked_if_there_is_something_new():
    asked = {"if-modified-since": "Thu, 27 Sep 2018 09:20:28 GMT"}
    rig = proxy(Reply(304, (), (("Last-Modified", "Thu, 27 Sep 2018 08:59:02 GMT"),)))

    answer = rig.ask(STATUS, headers={**KEYED, **asked})

    assert rig.upstream.requests[0].headers["if-modified-since"] == asked["if-modified-since"]
    assert (answer.status, answer.body) == (304, b"")
    assert answer.header("last-modified") == "Thu, 27 Sep 2018 08:59:02 GMT"


def test_the_verbs_that_discogs_allows_are_told():
    answer = proxy(reply({"message": "no"}, 405, allow="GET, HEAD")).ask(GET_ARTIST)

    assert (answer.status, answer.header("allow")) == (405, "GET, HEAD")


@pytest.mark.parametrize("status", [200, 403, 404])
def test_what_is_private_is_kept_by_no_cache(status):
    answers = [proxy(reply({"id": 1}, status)).ask(each) for each in (ORDER, STATUS)]

    assert [answer.header("cache-control") for answer in answers] == ["no-store", None]


@pytest.mark.parametrize(
    ("public", "moved"),
    [
        ("", b"https://proxy.test/api/artists/1"),
        ("https://public.test", b"https://public.test/api/artists/1"),
        ("https://public.test/", b"https://public.test/api/artists/1"),
        ("https://public.test/api", b"https://public.test/api/artists/1"),
        ("https://public.test/api/", b"https://public.test/api/artists/1"),
        ("https://public.test/discogs", b"https://public.test/discogs/api/artists/1"),
    ],
)
def test_links_lead_to_the_public_address(public, moved):
    rig = proxy(reply(_BODY), settings={"PUBLIC_BASE_URL": public})

    answer = rig.ask(GET_ARTIST)

    assert answer.body == b'{"id":1 ,"resource_url":"' + moved + b'"}'


def test_a_relay_s_links_lead_to_the_proxy_too():
    body = b'["https://relay.test/v2/artists/1", "https://api.discogs.com/artists/2"]'
    rig = proxy(reply(body), settings={"DISCOGS_BASE_URL": "https://relay.test/v2/"})

    answer = rig.ask(GET_ARTIST)

    assert (
        answer.body == b'["https://proxy.test/api/artists/1", "https://proxy.test/api/artists/2"]'
    )


def _present(made: Made, number: int = 1, public: str = "one.test", *, age: float | None = 1.0):
    """Present an answer, and a new object each time: so they come from a shared store."""
    body = b'{"resource_url":"https://api.discogs.com/artists/%d"}' % number
    call = Call(age=age)

    async def send(_outbound):
        return Answer(200, (("Content-Type", "application/json"),), body)

    url = f"https://{public}/api/artists/1"
    asked = Inbound("GET", url, KEYED, {"artist_id": "1"})
    settings = Settings.from_environment(ENVIRONMENT)
    given = parameters.read(GET_ARTIST, asked)
    visit = Visit(settings, asked, given, call, send, lambda: 0.0)
    return run(Mirror(GET_ARTIST, made).respond(visit))


def test_what_is_made_of_a_kept_answer_is_made_once():
    made = Recent(100_000)

    first, again = _present(made), _present(made)

    assert again is first


def test_what_is_new_leaves_nothing_behind():
    made = Recent(100_000)

    first, again = _present(made, age=None), _present(made, age=None)

    assert again == first
    assert again is not first


def test_each_public_address_gets_its_own_links_and_tag():
    made = Recent(100_000)
    asked = [(1, "one.test"), (1, "two.test"), (2, "one.test"), (1, "two.test"), (1, "one.test")]

    answers = [_present(made, number, public) for number, public in asked]

    bodies = [
        f'{{"resource_url":"https://{public}/api/artists/{number}"}}' for number, public in asked
    ]
    assert [answer.body.decode() for answer in answers] == bodies
    assert len({answer.header("etag") for answer in answers}) == 3


def test_what_was_made_is_remembered_within_a_bound():
    made = Recent(20_000)
    first = _present(made)

    for number in range(2, 100):
        _present(made, number)
    again = _present(made)

    assert again == first
    assert again is not first


def test_hits_tell_their_age_and_heads_and_304s_come_of_what_was_made_before():
    body = {"resource_url": "https://api.discogs.com/artists/1"}
    rig = proxy(reply(body), reply({"id": 2}))
    miss = rig.ask(GET_ARTIST)

    hit, head = rig.ask(GET_ARTIST), rig.ask(GET_ARTIST, method="HEAD")
    known = rig.ask(GET_ARTIST, headers={**KEYED, "if-none-match": miss.header("etag")})
    anew = rig.ask(GET_ARTIST, headers={**KEYED, "cache-control": "no-cache"})
    newer = rig.ask(GET_ARTIST)

    assert len(rig.upstream.requests) == 2
    assert hit.body == miss.body
    assert (head.body, known.body, known.status) == (b"", b"", 304)
    tags = [answer.header("etag") for answer in (miss, hit, head, known)]
    assert tags == [miss.header("etag")] * 4
    assert [answer.header("x-cache") for answer in (hit, head, known)] == ["HIT"] * 3
    assert all(int(answer.header("age")) >= 0 for answer in (hit, head, known))
    assert newer.body == anew.body == b'{"id": 2}'
    assert newer.header("etag") != miss.header("etag")
