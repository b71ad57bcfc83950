"""Claim what each kind of answer of Discogs becomes."""

import pytest

from discogs_api.operations import GET_ARTIST
from discogs_proxy.errors import ProxyError
from discogs_proxy.exchange import Answer
from discogs_proxy.verdict import judge
from tests.proxy.support.rig import envelope, proxy
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


def verdict(status, body, method="GET", content_type=JSON, **headers):
    """Return what an answer amounts to, None where it is passed on as it is."""
    pairs = (("Content-Type", content_type), *headers.items()) if content_type else ()
    answer = Answer(status, pairs, body)
    try:
        assert judge(answer, method) == answer
    except ProxyError as error:
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
        (403, b"", None, NOT_JSON),
        (404, NOT_FOUND, JSON, PASSED),
        (404, PAGE, "text/html", NOT_JSON),
        (404, b"", JSON, NOT_JSON),
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


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        ("30", 30),
        (" 30 ", 30),
        ("0", 1),
        ("00060", 60),
        ("86400", 86400),
        (None, 60),
        ("", 60),
        ("-5", 60),
        ("1.5", 60),
        ("999999", 60),
        ("soon", 60),
        ("Fri, 31 Dec 1999 23:59:59 GMT", 60),
    ],
)
def test_a_429_says_when_to_ask_again(given, seconds):
    headers = {} if given is None else {"retry_after": given}

    answer = proxy(reply(b"\n", 429, **headers)).ask(GET_ARTIST)

    assert (answer.status, answer.header("retry-after")) == (429, str(seconds))
    assert envelope(answer)["retry_after"] == seconds
    assert envelope(answer)["message"].endswith(f"ask again in {seconds} seconds.")
