"""Claim that real answers of Discogs come back unchanged, but for their links."""

import json
import re

from codegen.naming import snake_case
from discogs_api.operations import GET_RELEASE, OPERATIONS
from tests.described import EXAMPLES
from tests.proxy.support.rig import proxy
from tests.proxy.support.upstream import reply
from tests.recordings import errors, recordings

DISCOGS = "https://api.discogs.com"
TOKEN = re.compile(r"(?<=[?&])token=[^&]*&")
BY_NAME = {operation.name: operation for operation in OPERATIONS}
BODIES = {example.function: example.body for example in EXAMPLES}
WRITES_ALLOWED = {"ALLOW_WRITES": "true"}


OWN_WORDS = {401: (403, "discogs_auth_required"), 429: (429, "rate_limited")}
"""What is said of the proxy's own account and budget is no answer to its caller."""


def as_json(body):
    """Read a body so that nothing that is spelt or ordered otherwise looks the same."""
    return json.loads(body, parse_float=number, parse_int=number, object_pairs_hook=members)


def number(text):
    return ("number", text)


def members(pairs):
    return ("object", *pairs)


def moved(tree):
    """Point every link of a tree at the proxy, without the token that its recorder had sent."""
    if isinstance(tree, str) and tree.startswith(DISCOGS):
        return "https://proxy.test/api" + TOKEN.sub("", tree.removeprefix(DISCOGS))
    if isinstance(tree, list | tuple):
        return type(tree)(moved(branch) for branch in tree)
    return tree


def come_back(operation, body, status):
    query = "q=x" if operation.require_query else ""
    discogs = proxy(reply(body, status), settings=WRITES_ALLOWED)
    return discogs.ask(operation, query, body=BODIES[operation.name])


def test_every_recorded_body_comes_back_unchanged_but_for_its_links(recorded):
    answers = recordings(recorded)

    for recording in answers:
        body = recording.path.read_bytes()
        operation = BY_NAME[snake_case(recording.operation_id)]
        answer = come_back(operation, body, recording.status)
        assert answer.status == recording.status, recording.file
        assert as_json(answer.body) == moved(as_json(body)), recording.file
        assert answer.body.count(b"\n") == body.count(b"\n"), recording.file
        assert b"api.discogs.com" in body or answer.body == body, recording.file
    assert len(answers) > 170


def test_an_error_of_discogs_comes_back_byte_for_byte_unless_it_is_about_the_proxy(recorded):
    seen = set()

    for path, status in errors(recorded):
        body = path.read_bytes()
        answer = come_back(GET_RELEASE, body, status)
        if status in OWN_WORDS:
            assert (answer.status, json.loads(answer.body)["error"]) == OWN_WORDS[status], path
        else:
            assert (answer.status, answer.body) == (status, body), path
        seen.add(status)
    assert seen >= {404, 422, *OWN_WORDS}
