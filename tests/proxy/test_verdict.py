"""Claim what each kind of answer of Discogs becomes."""

import json

import pytest

from discogs_api.operations import GET_ARTIST
from discogs_proxy.errors import AttemptFailed, ProxyError
from discogs_proxy.exchange import Answer
from discogs_proxy.response_body import LARGEST
from discogs_proxy.verdict import judge
from tests.proxy.support.operations import MESSAGE, request
from tests.proxy.support.rig import WRITES, envelope, proxy
from tests.proxy.support.upstream import reply

JSON = "application/json"
PAGE = b"<!DOCTYPE html><html><title>Attention Required! | Cloudflare</title></html>"
NO_ACCOUNT = b'{"message": "You must authenticate to access this resource."}'
BAD_TOKEN = b'{"message": "Invalid consumer token. Please register an app before making requests."}'
NOT_FOUND = b'{"message": "Artist not found."}'
NOT_JSON = (502, "upstream_error", "not_json")
BAD_STATUS = (502, "upstream_error", "upstream_status")
REFUSED = (502, "upstream_error", "credential_refused")
ACCOUNT = (403, "discogs_auth_required", "account_required")
SPENT = (429, "rate_limited", "discogs_budget_spent")
PASSED = None


def verdict(status, body, method="GET", content_type=JSON, produces=JSON, given=()):
    """Return what an answer amounts to, None where it is passed on as it is."""
    answer = Answer(status, (("Content-Type", content_type),) if content_type else (), body)
    try:
        assert judge(answer, request(method, headers=given, produces=produces)) == answer
    except ProxyError as error:
        return error.status, error.error, error.reason
    except AttemptFailed as failure:
        error = failure.error
        return error.status, error.error, error.reason
    return None


@pytest.mark.parametrize(
    ("status", "body", "content_type", "expected"),
    [
        (200, b'{"id": 1}', JSON, PASSED),
        (200, b"[]", JSON, PASSED),
        (200, b"null", JSON, PASSED),
        (200, b' {"a": 1e300, "b": "\\ud83c\\udfb7"}\r\n', JSON, PASSED),
        (200, b'{"a": 1e400}', JSON, NOT_JSON),
        (200, b'{"a": "\\ud800"}', JSON, NOT_JSON),
        (200, b'{"id": 1}', None, PASSED),
        (200, b'{"id": 1}', "application/vnd.discogs.v2+json", PASSED),
        (200, PAGE, "text/html", NOT_JSON),
        (200, PAGE, JSON, NOT_JSON),
        (200, b'{"id": 1}', "text/html; charset=utf-8", NOT_JSON),
        (200, b"", JSON, NOT_JSON),
        (200, b"\n", JSON, NOT_JSON),
        (200, b'{"id": 1, "name": "cut of', JSON, NOT_JSON),
        (200, b'{"id": 1}{"id": 2}', JSON, NOT_JSON),
        (200, b'{"id": 1}<script>', JSON, NOT_JSON),
        (200, b'callback({"id": 1})', "text/javascript", NOT_JSON),
        (200, b'{"id": NaN}', JSON, NOT_JSON),
        (200, b'{"id": Infinity}', JSON, NOT_JSON),
        (200, b'{"id": -Infinity}', JSON, NOT_JSON),
        (200, b'{"name": "\xff"}', JSON, NOT_JSON),
        (200, b'{"name": "\xed\xa0\x80"}', JSON, NOT_JSON),
        (200, b'\xef\xbb\xbf{"id": 1}', JSON, NOT_JSON),
        (200, '{"id": 1}'.encode("utf-16"), JSON, NOT_JSON),
        (200, b'{"name": "a\nb"}', JSON, NOT_JSON),
        (200, b"[" * 100_000, JSON, NOT_JSON),
        (200, b"[" * 100_000 + b"]" * 100_000, JSON, NOT_JSON),
        (201, b'{"id": 1}', JSON, PASSED),
        (201, b"", JSON, NOT_JSON),
        (202, b"", JSON, NOT_JSON),
        (204, b"", None, PASSED),
        (204, b"", JSON, PASSED),
        (204, b"", "text/html; charset=utf-8", PASSED),
        (204, PAGE, "text/html", NOT_JSON),
        (301, b"", JSON, BAD_STATUS),
        (302, b'{"id": 1}', JSON, BAD_STATUS),
        (304, b"", None, BAD_STATUS),
        (400, b'{"message": "Bad."}', JSON, PASSED),
        (400, PAGE, "text/html", NOT_JSON),
        (401, NO_ACCOUNT, JSON, ACCOUNT),
        (401, BAD_TOKEN, JSON, REFUSED),
        (401, b"", JSON, REFUSED),
        (401, PAGE, "text/html", REFUSED),
        (403, b'{"message": "You don\'t have permission."}', JSON, PASSED),
        (403, PAGE, "text/html; charset=UTF-8", NOT_JSON),
        (403, b"", "text/html", NOT_JSON),
        (404, NOT_FOUND, JSON, PASSED),
        (404, PAGE, "text/html", NOT_JSON),
        (404, b"no", JSON, NOT_JSON),
        (405, b'{"message": "Method PUT is not allowed for this resource."}', JSON, PASSED),
        (409, b'{"message": "Busy."}', JSON, PASSED),
        (422, b'{"message": "Invalid price: expected float."}', JSON, PASSED),
        (429, b'{"message": "You are making requests too quickly."}', JSON, SPENT),
        (429, b"", JSON, SPENT),
        (429, b"\n", JSON, SPENT),
        (429, PAGE, "text/html", SPENT),
        (451, NOT_FOUND, JSON, PASSED),
        (500, b'{"message": "Query time exceeded."}', JSON, BAD_STATUS),
        (502, PAGE, "text/html", BAD_STATUS),
        (503, b"", None, BAD_STATUS),
        (520, PAGE, "text/html", BAD_STATUS),
        (599, b"", None, BAD_STATUS),
        (600, b'{"id": 1}', JSON, BAD_STATUS),
        (999, b'{"id": 1}', JSON, BAD_STATUS),
    ],
)
def test_an_answer_with_a_body(status, body, content_type, expected):
    assert verdict(status, body, content_type=content_type) == expected


@pytest.mark.parametrize(
    ("status", "content_type", "expected"),
    [
        (200, JSON, PASSED),
        (200, None, PASSED),
        (200, "text/html", NOT_JSON),
        (200, "Text/HTML; charset=utf-8", NOT_JSON),
        (204, None, PASSED),
        (302, None, BAD_STATUS),
        (401, JSON, REFUSED),
        (403, "text/html", NOT_JSON),
        (403, JSON, PASSED),
        (404, JSON, PASSED),
        (404, "text/html", NOT_JSON),
        (405, JSON, PASSED),
        (429, None, SPENT),
        (500, JSON, BAD_STATUS),
        (502, "text/html", BAD_STATUS),
    ],
)
def test_an_answer_to_head_is_judged_by_its_headers(status, content_type, expected):
    assert verdict(status, b"", "HEAD", content_type) == expected


CSV = "text/csv; charset=utf-8"
NOT_CSV = (502, "upstream_error", "not_csv")


@pytest.mark.parametrize(
    ("status", "body", "content_type", "expected"),
    [
        (200, b"id,price\r\n1,2.00\r\n", CSV, PASSED),
        (200, b"id\n", "Text/CSV", PASSED),
        (200, b"", CSV, PASSED),
        (200, b"\xff\xfe\x00", "text/csv", PASSED),
        (200, b'{"id": 1}', JSON, NOT_CSV),
        (200, b"id\n", None, NOT_CSV),
        (200, PAGE, "text/html", NOT_JSON),
        (404, NOT_FOUND, JSON, PASSED),
        (404, b"id\n", CSV, NOT_JSON),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_download_is_csv_or_an_error_in_json(method, status, body, content_type, expected):
    if method == "HEAD" and content_type == CSV and status == 404:
        expected = PASSED  # without a body there is nothing to tell it by
    sent = b"" if method == "HEAD" else body
    assert verdict(status, sent, method, content_type, "text/csv") == expected


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
@pytest.mark.parametrize("produces", [JSON, None])
@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_a_write_that_was_done_without_a_word_is_done(method, produces, status):
    assert verdict(status, b"", method, "text/plain", produces) is PASSED


@pytest.mark.parametrize("body", [PAGE, b'{"id": 1, "na'])
def test_a_write_answered_with_no_json_is_an_error_all_the_same(body):
    assert verdict(200, body, "POST", JSON) == NOT_JSON


def test_a_read_without_a_body_is_one_where_none_is_promised():
    assert verdict(200, b"", produces=None) is PASSED


@pytest.mark.parametrize("name", ["If-Modified-Since", "if-modified-since"])
def test_not_modified_is_an_answer_to_who_asked_for_a_change(name):
    assert verdict(304, b"", content_type=None, given=((name, "x"),)) is PASSED
    assert verdict(304, b"", content_type=None, given=(("If-Match", "x"),)) == BAD_STATUS


@pytest.mark.parametrize("body", [b"", b"\n", b" \r\n"])
@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 422, 451])
def test_a_refusal_without_a_word_is_passed_on_with_a_word_in_discogs_own_form(status, body):
    headers = {"content_type": "text/plain", "allow": "GET"}

    answer = proxy(reply(body, status, **headers)).ask(GET_ARTIST)

    assert answer.status == status
    assert json.loads(answer.body) == {
        "message": f"Discogs refused with status {status} and gave no reason."
    }
    assert answer.values("content-type") == [JSON]
    assert answer.header("allow") == "GET"


def test_a_refusal_of_a_head_without_a_word_is_passed_on_too():
    answer = proxy(reply(b"", 404)).ask(GET_ARTIST, method="HEAD")

    assert (answer.status, answer.body) == (404, b"")


@pytest.mark.parametrize(
    "step",
    [
        reply({"message": "x"}, 500),
        reply(b"<html>", content_type="text/html"),
        reply({"id": 1}, content_encoding="br"),
        reply(b" " * (LARGEST + 1)),
    ],
)
def test_an_error_after_a_write_that_counts_twice_says_that_it_may_be_done(step):
    answer = proxy(step, settings=WRITES).ask(MESSAGE, body=b'{"message": "x"}')

    assert answer.status == 502
    assert "Whether it did what was asked is not known" in envelope(answer)["message"]


@pytest.mark.parametrize("step", [reply({"id": 1}, content_encoding="br"), reply(b"{", 400)])
def test_an_error_after_a_read_says_nothing_of_the_kind(step):
    answer = proxy(step).ask(GET_ARTIST)

    assert answer.status == 502
    assert "Whether it did" not in envelope(answer)["message"]


@pytest.mark.parametrize(
    ("given", "seconds"),
    [("50", 50), ("86400", 86400), (None, 60), ("-5", 60), ("999999", 60), ("soon", 60)],
)
def test_a_429_says_when_to_ask_again(given, seconds):
    headers = {} if given is None else {"retry_after": given}

    answer = proxy(reply(b"\n", 429, **headers)).ask(GET_ARTIST)

    assert (answer.status, answer.header("retry-after")) == (429, str(seconds))
    assert envelope(answer)["retry_after"] == seconds
    assert envelope(answer)["message"].endswith(f"ask again in {seconds} seconds.")


def test_a_failure_that_says_when_it_is_over_is_a_503_that_says_it_too():
    answer = proxy(reply(b"", 503, retry_after="50")).ask(GET_ARTIST)

    assert (answer.status, answer.header("retry-after")) == (503, "50")
    content = envelope(answer)
    assert (content["error"], content["reason"]) == ("upstream_unavailable", "upstream_status")
    assert content["message"] == "Discogs answered with status 503. Ask again in 50 seconds."


TRANSIENT = {429, 500, 502, 503, 504, *range(520, 531)}


@pytest.mark.parametrize("status", range(200, 600))
def test_these_statuses_and_no_others_may_be_gone_a_moment_later(status):
    answer = Answer(status, (("Content-Type", JSON),), b'{"message": "x"}')

    try:
        judge(answer, request())
    except AttemptFailed:
        assert status in TRANSIENT
    except ProxyError:
        assert status not in TRANSIENT
    else:
        assert status // 100 in {2, 4}
