"""Claim what of an HTTP request reaches a worker."""

import pytest

from sandbox.host.request import http_datum, read_query, read_request


def read(*, path="/x", query=b"", headers=((b"host", b"proxy.test"),), body=b"", **scope):
    complete = {"method": "GET", "scheme": "http", "query_string": query, "headers": headers}
    return read_request(complete | scope, path=path, route_params={"id": "7"}, body=body)


@pytest.mark.parametrize(
    ("raw_query", "params"),
    [
        ("", {}),
        ("a=1&b=2", {"a": "1", "b": "2"}),
        ("a=1&a=2", {"a": "1,2"}),
        ("a=&b", {}),
        ("a=&a=2&a=", {"a": "2"}),
        ("Page=1&page=2&PAGE=3", {"Page": "1,2,3"}),
        ("Page=&page=2", {"Page": "2"}),
        ("q=Bj%C3%B6rk+%26+co", {"q": "Björk & co"}),
        ("q=%FF", {"q": "\ufffd"}),
        ("a=1;b=2", {"a": "1;b=2"}),
    ],
)
def test_query_parameters_lose_blanks_and_join_duplicates_under_the_first_spelling(
    raw_query, params
):
    assert read_query(raw_query) == params


def test_headers_are_lower_cased_and_repeats_joined():
    headers = [(b"Accept", b"a"), (b"accept", b"b"), (b"x-name", b"\xe9"), (b"x-blank", b"")]

    request = read(headers=headers)

    assert request.headers == {"accept": "a,b", "x-name": "é", "x-blank": ""}


@pytest.mark.parametrize(
    ("path", "query", "url"),
    [
        ("/x", b"", "http://proxy.test/x"),
        ("/x", b"a=&a=%201", "http://proxy.test/x?a=&a=%201"),
        ("/Björk & co", b"", "http://proxy.test/Bj%C3%B6rk%20&%20co"),
        ("/a%2Fb", b"", "http://proxy.test/a%2Fb"),
        ("/what?", b"", "http://proxy.test/what%3F"),
    ],
)
def test_the_url_is_absolute_with_its_path_quoted_anew_and_its_query_as_it_came(path, query, url):
    assert read(path=path, query=query).url == url


def test_without_a_host_header_the_url_names_this_machine():
    assert read(headers=()).url == "http://localhost/x"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ([(b"content-length", b"4")], b"body"),
        ([(b"content-length", b"0")], b""),
        ([(b"transfer-encoding", b"chunked")], b""),
        ([], b""),
    ],
)
def test_a_body_is_read_by_its_announced_length_only(headers, body):
    assert read(headers=headers, body=b"body").body == body


def test_the_datum_of_a_request_tags_every_value_with_its_type():
    request = read(query=b"a=1", headers=[(b"host", b"h"), (b"content-length", b"1")], body=b"!")

    datum = http_datum(request, lambda value, kind: (kind, value))

    assert datum == (
        "http",
        {
            "method": ("string", "GET"),
            "url": ("string", "http://h/x?a=1"),
            "headers": {"host": ("string", "h"), "content-length": ("string", "1")},
            "query": {"a": ("string", "1")},
            "params": {"id": ("string", "7")},
            "body": ("bytes", b"!"),
        },
    )
