"""Claim that real answers of Discogs come back unchanged, but for where their links lead."""

import json

import pytest

from discogs_api.operations import GET_ARTIST, GET_RELEASE, SEARCH
from tests.proxy.support.rig import proxy
from tests.proxy.support.upstream import reply

DISCOGS = "https://api.discogs.com"
CALLS = {"artist": (GET_ARTIST, ""), "release": (GET_RELEASE, ""), "search": (SEARCH, "q=x")}


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


@pytest.mark.parametrize("kind", CALLS)
def test_a_body_comes_back_unchanged_but_for_its_links(recorded, kind):
    paths = sorted((recorded / kind).glob("*.json"))

    for path in paths:
        body, answer = come_back(path)
        assert answer.status == 200, path
        assert as_json(answer.body) == moved(as_json(body)), path
        assert answer.body.count(b"\n") == body.count(b"\n"), path
        assert b"api.discogs.com" in body or answer.body == body, path
    assert paths


def test_an_error_of_discogs_comes_back_byte_for_byte(recorded):
    paths = sorted((recorded / "error").glob("*.json"))

    for path in paths:
        body, answer = come_back(path, 404)
        assert (answer.status, answer.body) == (404, body), path
    assert paths
