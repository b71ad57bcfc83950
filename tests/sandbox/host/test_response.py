"""Claim what of a function's outcome reaches the client."""

from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

import pytest

from sandbox.host.response import Answer, HostResponse, answer_for, render
from sandbox.host.worker import Outcome


@dataclass
class Datum:
    value: Any
    type: str | None = "string"


def http_outcome(status="200", headers=None, cookies=None, body=b"body"):
    return Outcome(
        datum=Datum(
            {
                "status_code": Datum(status),
                "headers": {name: Datum(value) for name, value in (headers or {}).items()},
                "cookies": cookies,
                "body": Datum(body, "bytes"),
            },
            "http",
        )
    )


@pytest.mark.parametrize(
    ("outcome", "answer"),
    [
        (Outcome(failure="Traceback ..."), Answer(500)),
        (Outcome(), Answer(204)),
        (
            Outcome(datum=Datum("Björk")),
            Answer(200, {"content-type": "text/plain; charset=utf-8"}, body=b"Bj\xc3\xb6rk"),
        ),
        (http_outcome("404", {"X-A": "1"}), Answer(404, {"x-a": "1"}, body=b"body")),
        (
            http_outcome(headers={"Link": "a", "link": "b"}),
            Answer(200, {"link": "b"}, body=b"body"),
        ),
        (
            http_outcome(cookies=[SimpleCookie("a=1; Path=/"), SimpleCookie("b=2")]),
            Answer(200, cookies=("a=1; Path=/", "b=2"), body=b"body"),
        ),
    ],
)
def test_an_outcome_becomes_its_answer(outcome, answer):
    assert answer_for(outcome) == answer


@pytest.mark.parametrize(
    ("method", "answer", "response"),
    [
        ("GET", Answer(200, body=b"1"), HostResponse(200, ((b"content-length", b"1"),), b"1")),
        ("GET", Answer(404), HostResponse(404, ((b"content-length", b"0"),), b"")),
        ("GET", Answer(204, body=b"1"), HostResponse(204, (), b"")),
        ("GET", Answer(304, body=b"1"), HostResponse(304, (), b"")),
        ("HEAD", Answer(200, body=b"1"), HostResponse(200, ((b"content-length", b"1"),), b"")),
        ("HEAD", Answer(200), HostResponse(200, (), b"")),
        (
            "GET",
            Answer(200, {"content-length": "9"}, body=b"1"),
            HostResponse(200, ((b"content-length", b"1"),), b"1"),
        ),
        (
            "HEAD",
            Answer(200, {"content-length": "9"}),
            HostResponse(200, ((b"content-length", b"9"),), b""),
        ),
        (
            "HEAD",
            Answer(200, {"x-name": "é"}, cookies=("a=1", "b=2")),
            HostResponse(
                200, ((b"x-name", b"\xe9"), (b"set-cookie", b"a=1"), (b"set-cookie", b"b=2")), b""
            ),
        ),
    ],
)
def test_a_length_and_a_body_are_sent_only_where_http_wants_them(method, answer, response):
    assert render(answer, method=method, custom_headers={}) == response


def test_custom_headers_of_the_host_go_over_those_of_the_function():
    response = render(
        Answer(204, {"x-a": "function", "x-b": "function"}),
        method="GET",
        custom_headers={"X-A": "host"},
    )

    assert response.headers == ((b"x-a", b"host"), (b"x-b", b"function"))


def test_a_header_outside_latin_1_cannot_be_sent():
    with pytest.raises(ValueError, match="latin-1"):
        render(Answer(200, {"x-name": "日本"}), method="GET", custom_headers={})
