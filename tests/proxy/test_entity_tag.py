"""Claim when an answer has a tag, and when its tag is all the caller gets."""

import pytest

from discogs_api.operations import GET_ARTIST
from discogs_proxy.entity_tag import tagged, told
from discogs_proxy.exchange import Answer
from tests.proxy.support.operations import ORDER, RATE
from tests.proxy.support.rig import KEYED, WRITES, proxy
from tests.proxy.support.upstream import Reply, reply

ANSWER = Answer(200, (("Content-Type", "application/json"), ("X-Cache", "HIT")), b"{}")
TAG = tagged(ANSWER).header("etag")


def test_the_tag_is_strong_and_of_the_bytes():
    assert TAG.startswith('"')
    assert tagged(ANSWER).header("etag") == TAG
    assert tagged(Answer(200, (), b"{ }")).header("etag") != TAG


@pytest.mark.parametrize(
    ("given", "is_known"),
    [
        (TAG, True),
        (f"W/{TAG}", True),
        (f'"x", {TAG}', True),
        (f'"x",{TAG},"y"', True),
        ("*", True),
        (" * ", True),
        ("", False),
        ('"x"', False),
        (TAG.strip('"'), False),
        (TAG.upper(), False),
        (f'"{TAG}"', False),
        ('"*"', False),
    ],
)
def test_who_has_just_that_gets_a_304(given, is_known):
    answer = told(tagged(ANSWER), {"if-none-match": given})

    assert answer.status == (304 if is_known else 200)
    assert answer.body == (b"" if is_known else b"{}")
    assert answer.header("etag") == TAG
    assert (answer.header("content-type") is None) is is_known
    assert answer.header("x-cache") == "HIT"


@pytest.mark.parametrize(
    "answer", [Answer(404, (), b"{}"), Answer(200, (), b""), Answer(201, (), b"{}")]
)
def test_only_a_success_with_a_body_has_a_tag(answer):
    assert tagged(answer) is answer
    assert told(answer, {"if-none-match": "*"}) is answer


def test_a_caller_s_tag_is_answered_here_and_never_sent_on():
    rig = proxy(reply({"id": 7}))
    tag = rig.ask(GET_ARTIST).header("etag")

    answer = rig.ask(GET_ARTIST, headers={**KEYED, "if-none-match": tag})

    assert (answer.status, answer.body, answer.header("etag")) == (304, b"", tag)
    assert all("if-none-match" not in request.headers for request in rig.upstream.requests)


def test_the_tag_is_of_what_the_caller_gets_links_and_all():
    body = {"resource_url": "https://api.discogs.com/artists/1"}
    tags = {
        proxy(reply(body), settings={"PUBLIC_BASE_URL": url}).ask(GET_ARTIST).header("etag")
        for url in ("https://one.test", "https://two.test")
    }

    assert len(tags) == 2


@pytest.mark.parametrize(
    ("operation", "changes"), [(ORDER, {}), (RATE, {"body": b'{"rating": 3}'})]
)
def test_what_is_private_or_a_write_has_none(operation, changes):
    headers = {**KEYED, "if-none-match": "*", "content-type": "application/json"}

    answer = proxy(reply(), settings=WRITES).ask(operation, headers=headers, **changes)

    assert (answer.status, answer.header("etag")) == (200, None)


def test_an_error_is_no_304():
    rig = proxy(Reply(500, (), ()))

    assert rig.ask(GET_ARTIST, headers={**KEYED, "if-none-match": "*"}).status == 502
