"""JSON pointers lead where RFC 6901 says."""

import pytest

from codegen.document import Document, join


@pytest.mark.parametrize("key", ["a/b", "a~b", "a~1b", "a~0b", "~01", "/~"])
def test_a_pointer_made_of_a_key_leads_back_to_it(key):
    document = Document("openapi.yaml", {key: "found"}, {}, {})

    assert document.target(join("#", key)) == "found"


def test_a_tilde_before_a_one_is_no_slash():
    document = Document("openapi.yaml", {"~1": "found", "/": "other"}, {}, {})

    assert document.target("#/~01") == "found"
