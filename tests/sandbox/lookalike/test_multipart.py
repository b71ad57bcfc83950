import pytest

from sandbox.lookalike.multipart import Part, parts

FORM = "multipart/form-data; boundary=X"


def form(*chunks):
    return b"".join(b"--X\r\n" + each + b"\r\n" for each in chunks) + b"--X--\r\n"


def test_a_form_is_taken_apart_byte_for_byte():
    body = form(
        b'Content-Disposition: form-data; name="note"\r\n\r\nhi',
        b'Content-Disposition: form-data; name="upload"; filename="a;b.csv"\r\n'
        b"Content-Type: text/csv; name=other\r\n\r\na,--X\r\n\r\n\xff\n",
    )

    assert parts(FORM, body) == [
        Part("note", "", b"hi"),
        Part("upload", "a;b.csv", b"a,--X\r\n\r\n\xff\n"),
    ]


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", form(b'Content-Disposition: form-data; name="a"\r\n\r\nx')),
        (FORM, b""),
        (FORM, b"nothing of the kind"),
        (FORM, form(b'Content-Disposition: form-data; name="a"')),
        (FORM, form(b"Content-Type: text/csv\r\n\r\nx")),
        (FORM, b'--X--\r\nContent-Disposition: form-data; name="a"\r\n\r\nx'),
    ],
)
def test_what_is_no_form_has_no_parts(content_type, body):
    assert parts(content_type, body) == []


@pytest.mark.parametrize("boundary", ["X", '"X"'])
@pytest.mark.parametrize("name", [b"upload", b'"upload"'])
def test_quotes_make_no_difference(boundary, name):
    body = form(b"content-disposition: form-data; NAME=" + name + b"\r\n\r\nx")

    assert parts(f"multipart/form-data; Boundary={boundary}", body) == [Part("upload", "", b"x")]
