"""Claim that real answers of Discogs come back unchanged, but for where their links lead."""

import json
from pathlib import Path

import pytest

from discogs_api.operations import GET_ARTIST, GET_RELEASE, SEARCH
from tests.proxy.support.rig import proxy
from tests.proxy.support.upstream import reply

RECORDED = Path(__file__).resolve().parents[2].parent / "shared" / "recorded"
DISCOGS = "https://api.discogs.com"
CALLS = {"artist": (GET_ARTIST, ""), "release": (GET_RELEASE, ""), "search": (SEARCH, "q=x")}


def bodies(*kinds):
    """Name each recorded body, or the reason why there is none."""
    found = [path for kind in kinds for path in sorted((RECORDED / kind).glob("*.json"))]
    reason = "there are no recorded answers of Discogs beside this repository"
    nothing = pytest.param(None, marks=pytest.mark.skip(reason=reason), id="none")
    return [pytest.param(path, id=f"{path.parent.name}/{path.stem}") for path in found] or [nothing]


def as_json(body):
    """Read a body so that no two spellings of a number, a name or an order look the same."""
    return json.loads(body, parse_float=str, parse_int=str, object_pairs_hook=list)


def moved(tree):
    """Point every link of a tree at the proxy."""
    if isinstance(tree, str) and tree.startswith(DISCOGS):
        return "https://proxy.test/api" + tree.removeprefix(DISCOGS)
    if isinstance(tree, list | tuple):
        return type(tree)(moved(branch) for branch in tree)
    return tree


def come_back(path, status=200):
    body = path.read_bytes()
    operation, query = CALLS.get(path.parent.name, (GET_RELEASE, ""))
    answer = proxy(reply(body, status)).ask(operation, query)
    return body, answer


@pytest.mark.parametrize("path", bodies(*CALLS))
def test_a_body_comes_back_unchanged_but_for_its_links(path):
    body, answer = come_back(path)

    assert answer.status == 200
    assert as_json(answer.body) == moved(as_json(body))
    assert answer.body.count(b"\n") == body.count(b"\n")
    if b"api.discogs.com" not in body:
        assert answer.body == body


@pytest.mark.parametrize("path", bodies("error"))
def test_an_error_of_discogs_comes_back_byte_for_byte(path):
    body, answer = come_back(path, 404)

    assert (answer.status, answer.body) == (404, body)
