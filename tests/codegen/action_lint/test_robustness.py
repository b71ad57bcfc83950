"""Whatever a file holds, the linter says what is wrong and does not fail itself."""

import copy

import pytest

from codegen.action_lint.linter import lint
from tests.codegen.action_lint.editing import edited

_JUNK = [None, True, 7, "junk", [None], {}, {"junk": [None]}, {"$ref": "#/x"}]


def _places(node, way=()):
    if way:
        yield way
    parts = dict(enumerate(node)) if isinstance(node, list) else node
    if isinstance(parts, dict):
        for key, value in parts.items():
            yield from _places(value, (*way, key))


@pytest.mark.parametrize("junk", _JUNK, ids=repr)
def test_a_value_of_any_kind_in_any_place_is_taken(junk):
    spec = edited({})
    for *way, last in list(_places(spec)):
        spoilt = copy.deepcopy(spec)
        holder = spoilt
        for token in way:
            holder = holder[token]
        holder[last] = copy.deepcopy(junk)

        assert isinstance(lint(spoilt), list)


@pytest.mark.parametrize("junk", [None, "junk", [], {"junk": None}], ids=repr)
@pytest.mark.parametrize("key", ["paths", "components", "info", "servers"])
def test_junk_at_the_top_is_an_error_to_the_two_readers_too(key, junk):
    assert any(finding.level == "error" for finding in lint({**edited({}), key: junk}))


@pytest.mark.parametrize("root", [{}, {"openapi": "3.1.0"}, {"swagger": "2.0"}])
def test_a_mapping_that_is_no_openapi_is_an_error(root):
    assert any(finding.level == "error" for finding in lint(root))


def test_no_address_that_a_reference_names_is_opened(monkeypatch):
    opened = []
    monkeypatch.setattr("urllib.request.OpenerDirector.open", lambda _, *call: opened.append(call))
    reference = {"$ref": "http://127.0.0.1:9/book.json"}
    place = "/paths/~1books/get/responses/200/content/application~1json/schema"

    findings = lint(edited({place: reference}))

    assert {finding.rule.id for finding in findings} == {"GA027", "GA034"}
    assert opened == []
