"""Claim which bodies go out, and that what goes out is what was checked."""

import json

import pytest

from discogs_proxy.request_body import LARGEST_BY_MEDIA_TYPE
from tests.proxy.support.operations import ADD, MESSAGE, RATE, REMOVE, STATUS, UPLOAD
from tests.proxy.support.rig import KEYED, WRITES, envelope, proxy
from tests.proxy.support.upstream import Reply, reply

FORM = "multipart/form-data; boundary=frontier"
CSV = b"release_id,price\r\n1,2.00\r\n\x00\xff"


def form(name="upload", content=CSV, end=b"--frontier--\r\n"):
    return (
        b'--frontier\r\nContent-Disposition: form-data; name="%s"; filename="a.csv"\r\n'
        b"Content-Type: text/csv\r\n\r\n%s\r\n%s" % (name.encode(), content, end)
    )


def send(operation, body=b"", content_type=None, **headers):
    """Send a body and return the upstream that got it, with the answer."""
    rig = proxy(settings=WRITES)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if content_type:
        named["content-type"] = content_type
    answer = rig.ask(operation, body=body, **({"headers": {**KEYED, **named}} if named else {}))
    return rig.upstream.requests, answer


def refusal(operation, body=b"", content_type=None, **headers):
    requests, answer = send(operation, body, content_type, **headers)
    assert requests == []
    content = envelope(answer)
    return answer.status, content["error"], content["reason"], content["message"]


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        (b'{"rating": 3}', b'{"rating":3}'),
        (b'{"rating": 3, "weight": "auto"}', b'{"rating":3,"weight":"auto"}'),
        (b' {"rating": 9, "rating": 4, "weight": 2}\n', b'{"rating":4,"weight":2}'),
        (b'{"\\u0072ating": 5, "weight": 1.50}', b'{"rating":5,"weight":1.5}'),
        (b'{"rating": 5.0, "weight": 1e2}', b'{"rating":5,"weight":100}'),
        (b'{"rating": 1, "weight": 1e300}', b'{"rating":1,"weight":1e+300}'),
    ],
)
def test_json_goes_out_as_it_was_read_and_checked(given, sent):
    (request,), answer = send(RATE, given, "Application/JSON; charset=UTF-8")

    assert answer.status == 200
    assert (request.method, request.content) == ("PUT", sent)
    assert request.headers["content-type"] == "application/json"
    assert request.headers["content-length"] == str(len(sent))


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b'{"rating": "3"}', "rating: Input should be a valid integer."),
        (b'{"rating": 3.5}', "rating: Input should be a valid integer."),
        (b'{"rating": true}', "rating: Input should be a valid integer."),
        (b'{"rating": 6}', "rating: Input should be less than or equal to 5."),
        (b"{}", "rating: Field required."),
        (
            b'{"rating": 3, "weight": "heavy"}',
            "weight: Input should be a valid number. weight: Input should be 'auto'.",
        ),
        (b'{"rating": 3, "stars": 1}', "stars: Extra inputs are not permitted."),
        (b"[]", "The body has to be a JSON object."),
        (b"3", "The body has to be a JSON object."),
        (b'"{}"', "The body has to be a JSON object."),
    ],
)
def test_a_body_that_does_not_fit_is_a_400_naming_the_field(body, problem):
    assert refusal(RATE, body) == (400, "invalid_request", "invalid_body", problem)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"",
        b"rating=3",
        b'{"rating": NaN}',
        b'{"rating": Infinity}',
        b'{"rating": 3}{}',
        b'{"rating": 03}',
        b"{'rating': 3}",
        b'\xef\xbb\xbf{"rating": 3}',
        b'{"rating": 3, "note": "\xff"}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_json_is_a_400(body):
    status, error, reason, message = refusal(RATE, body, "application/json")

    assert (status, error) == (400, "invalid_request")
    assert reason == ("body_not_json" if body else "body_missing")
    assert "JSON" in message or "application/json" in message


@pytest.mark.parametrize("nested", [b"[" * 900 + b"]" * 900, b'{"a":' * 900 + b"1" + b"}" * 900])
def test_a_body_that_nests_too_deeply_is_a_400(nested):
    status, error, reason, message = refusal(RATE, b'{"rating": %s}' % nested)

    assert (status, error, reason) == (400, "invalid_request", "invalid_body")
    assert message == "The body nests deeper than 100 levels."


def test_a_400_repeats_neither_values_nor_more_than_a_little_of_the_names():
    names = {f"canary{number:03}" + "x" * 5000: "hunter2" for number in range(20)}

    *_, message = refusal(RATE, json.dumps({"rating": "hunter2", **names}).encode())

    assert "hunter2" not in message
    assert len(message) < 1500


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"{}", "The body needs at least 1 of its members."),
        (
            b'{"message": "a", "status": "b", "email": true}',
            "The body takes at most 2 of its members at a time.",
        ),
    ],
)
def test_too_few_or_too_many_members_are_a_400(body, problem):
    assert refusal(MESSAGE, body) == (400, "invalid_request", "invalid_body", problem)


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json;charset=utf-8",
        'application/json; charset="UTF-8"',
        "application/json; charset=utf8",
        "application/json ; Charset=utf-8 ; version=1",
        'application/json; profile="charset=utf-16; charset=utf-32"',
        "application/json;",
    ],
)
def test_json_in_utf_8_is_taken_however_it_is_announced(content_type):
    assert send(RATE, b'{"rating": 3}', content_type)[1].status == 200


@pytest.mark.parametrize(
    ("operation", "content_type"),
    [
        (RATE, "text/plain"),
        (RATE, "application/x-www-form-urlencoded"),
        (RATE, "application/json; charset=utf-16"),
        (RATE, 'application/json; version=1; charset="utf-16"'),
        (RATE, "application/jsonp"),
        (RATE, FORM),
        (UPLOAD, "application/json"),
        (UPLOAD, "text/csv"),
        (UPLOAD, "multipart/mixed; boundary=frontier"),
        (UPLOAD, FORM + "; x=\xe9"),
        (UPLOAD, FORM + "; x=\x01"),
    ],
)
def test_a_body_of_another_type_is_a_415_that_names_the_right_one(operation, content_type):
    status, error, reason, message = refusal(operation, b'{"rating": 3}', content_type)

    assert (status, error, reason) == (415, "unsupported_media_type", "content_type")
    assert operation.body.media_type in message


def test_json_in_another_charset_is_a_415_that_names_utf_8():
    message = refusal(RATE, b'{"rating": 3}', "application/json; charset=latin1")[3]

    assert message == "Send the body as application/json in UTF-8 and say so in Content-Type."


def test_a_body_that_does_not_say_its_type_is_a_415():
    assert refusal(RATE, b'{"rating": 3}', accept="*/*")[0] == 415


def test_an_encoded_body_is_a_415():
    status, _, reason, _ = refusal(
        RATE, b'{"rating": 3}', "application/json", content_encoding="gzip"
    )

    assert (status, reason) == (415, "content_encoding")


@pytest.mark.parametrize("operation", [RATE, UPLOAD])
def test_a_body_of_more_than_the_limit_is_a_413_and_one_of_the_limit_is_not(operation):
    largest = LARGEST_BY_MEDIA_TYPE[operation.body.media_type]
    padding = largest - len(form(content=b""))
    at_most = (
        form(content=b"x" * padding)
        if operation is UPLOAD
        else b'{"rating":3'.ljust(largest - 1) + b"}"
    )
    content_type = FORM if operation is UPLOAD else "application/json"

    requests, answer = send(operation, at_most, content_type)
    status, error, _, message = refusal(operation, at_most + b"\n", content_type)

    assert (len(at_most), answer.status, len(requests)) == (largest, 200, 1)
    assert (status, error) == (413, "payload_too_large")
    assert str(largest) in message


def test_a_form_goes_out_byte_for_byte():
    rig = proxy(Reply(200, (), (("Location", "/inventory/upload/7"),)), settings=WRITES)

    answer = rig.ask(UPLOAD, body=form(), headers={**KEYED, "content-type": FORM})

    (request,) = rig.upstream.requests
    assert (request.method, request.content) == ("POST", form())
    assert request.headers["content-type"] == FORM
    assert (answer.status, answer.body) == (200, b"")
    assert answer.header("location") == "https://proxy.test/api/inventory/upload/7"


@pytest.mark.parametrize(
    ("content_type", "body", "reason"),
    [
        ("multipart/form-data", form(), "body_not_multipart"),
        ("multipart/form-data; boundary=other", form(), "body_not_multipart"),
        ("multipart/form-data; boundary=" + "f" * 71, form(), "body_not_multipart"),
        ('multipart/form-data; x="; boundary=frontier"', form(), "body_not_multipart"),
        (FORM, form().replace(b"\r\n", b"\n"), "body_not_multipart"),
        (FORM, b"--frontier--\r\n" + form(), "invalid_body"),
        (FORM, form(end=b""), "body_not_multipart"),
        (FORM, form(end=b"--frontier\r\n"), "body_not_multipart"),
        (FORM, CSV, "body_not_multipart"),
        (FORM, b"--frontier--\r\n", "invalid_body"),
        (FORM, form("file"), "invalid_body"),
        (
            FORM,
            form(content=form("upload").replace(b"frontier", b"inner"), name="x"),
            "invalid_body",
        ),
        (FORM, b"", "body_missing"),
    ],
)
def test_a_form_that_is_cut_or_lacks_its_part_is_a_400(content_type, body, reason):
    status, error, found, _ = refusal(UPLOAD, body, content_type)

    assert (status, error, found) == (400, "invalid_request", reason)


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/form-data; boundary=frontier",
        'multipart/form-data; boundary="frontier"',
        "multipart/form-data; charset=utf-8; boundary=frontier",
        "Multipart/Form-Data;BOUNDARY=frontier ; x=y",
    ],
)
def test_a_boundary_is_found_however_it_is_written(content_type):
    (request,), answer = send(UPLOAD, form(), content_type)

    assert (answer.status, request.headers["content-type"]) == (200, content_type)


@pytest.mark.parametrize("boundary", ["----=_Part_1.2", "a/b", "a:b?c", "'(a)+,-"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_every_character_of_boundaries_may_stand_in_one(boundary, quote):
    body = form().replace(b"frontier", boundary.encode())

    assert send(UPLOAD, body, f"multipart/form-data; boundary={quote}{boundary}{quote}")[0]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"for old readers\r\n", b"bye\r\n"),
        (b"\r\n", b""),
        (b"", b"--frontier and more\r\n"),
        (b"", form("file")),
    ],
)
def test_what_stands_around_a_form_is_no_part_of_it(before, after):
    body = before + form() + after

    (request,), answer = send(UPLOAD, body, FORM)

    assert (answer.status, request.content) == (200, body)


@pytest.mark.parametrize(
    "disposition",
    [
        b"form-data; name=upload; filename=a.csv",
        b"form-data; name=upload; filename*=utf-8''%e2%82%ac.csv",
        b'form-data; filename="a.csv"; NAME="upload"',
        b'form-data; filename="a; name=\\"file\\".csv"; name="upload"',
        b'form-data; filename="; name=file"; name = upload',
    ],
)
def test_the_name_of_a_part_is_found_however_it_is_written(disposition):
    body = form().replace(b'form-data; name="upload"; filename="a.csv"', disposition)

    assert send(UPLOAD, body, FORM)[1].status == 200


@pytest.mark.parametrize(
    "disposition",
    [
        b'form-data; filename="; name=upload"',
        b'form-data; name="file"; filename="a\\"; name=upload"',
        b"form-data; xname=upload",
    ],
)
def test_another_name_is_not_taken_for_that_of_the_part(disposition):
    body = form().replace(b'form-data; name="upload"; filename="a.csv"', disposition)

    assert refusal(UPLOAD, body, FORM)[:3] == (400, "invalid_request", "invalid_body")


def test_a_body_that_may_be_left_out_may_be_left_out():
    optional = MESSAGE

    (request,), answer = send(optional)

    assert (answer.status, request.content) == (200, b"")
    assert "content-type" not in request.headers


@pytest.mark.parametrize("operation", [RATE, MESSAGE])
def test_a_chunked_body_is_missed_not_overlooked(operation):
    status, _, reason, message = refusal(
        operation, b"", "application/json", transfer_encoding="chunked"
    )

    assert (status, reason) == (400, "body_chunked")
    assert "Content-Length" in message


@pytest.mark.parametrize("operation", [ADD, REMOVE])
@pytest.mark.parametrize("body", [b"", b"{}", b"null", b" {} "])
def test_an_operation_without_a_body_sends_none(operation, body):
    (request,), answer = send(operation, body, "application/json")

    assert (answer.status, request.content) == (200, b"")
    assert "content-type" not in request.headers


@pytest.mark.parametrize("operation", [ADD, REMOVE])
def test_a_body_that_nothing_would_be_made_of_is_refused(operation):
    status, _, reason, _ = refusal(operation, b'{"notes": "mint"}', "application/json")

    assert (status, reason) == (400, "body_not_taken")


def test_reading_sends_no_body_whatever_came_with_the_call():
    (request,), answer = send(STATUS, b'{"x": 1}', "application/json")

    assert (answer.status, request.content) == (200, b"")


def test_a_bad_parameter_is_said_before_a_bad_body():
    answer = proxy(settings=WRITES).ask(RATE, values={"thing": "x"}, body=b"{")

    assert envelope(answer)["message"] == "thing: Input should be a valid integer."


def test_json_from_discogs_after_a_write_comes_back_with_its_links_moved():
    rig = proxy(reply({"resource_url": "https://api.discogs.com/things/1"}, 201), settings=WRITES)

    answer = rig.ask(RATE, body=b'{"rating": 3}')

    assert answer.status == 201
    assert json.loads(answer.body) == {"resource_url": "https://proxy.test/api/things/1"}
