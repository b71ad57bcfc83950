"""Every link of the description leads where it says, from what its operation really answers."""

import pytest

from tests.described import EXAMPLES, resolved

BY_ID = {example.operation["operationId"]: example for example in EXAMPLES}
ANSWER, PATH = "$response.body#", "$request.path."


LINKS = [
    (f"{source.function}-{name}", source, status, link)
    for source in EXAMPLES
    for status, response in source.operation["responses"].items()
    for name, link in resolved(response).get("links", {}).items()
]


def value(expression, here, body):
    """Return what a runtime expression (OpenAPI 3.1, 4.8.20.4) stands for."""
    if isinstance(expression, dict):
        return {name: value(part, here, body) for name, part in expression.items()}
    text = str(expression)
    if text.startswith(PATH):
        return here[text.removeprefix(PATH)]
    if text.startswith(ANSWER):
        for token in text.removeprefix(ANSWER).strip("/").split("/"):
            body = body[int(token) if isinstance(body, list) else token]
        return body
    assert not text.startswith("$"), f"{text} is no expression that is used here"
    return expression


@pytest.fixture(autouse=True)
def forgetful(served):
    served.reset()
    yield
    served.reset()


# Where a link holds for some answers only, what to ask for to get one of them.
SUITABLE = {
    "get_artist-getFirstMember": {"artist_id": 1002},
    "get_artist_releases-getFirstRelease": {"artist_id": 1014},
    "get_folder-delete": {"folder_id": 8002},
    "get_label-getFirstSublabel": {"label_id": 2007},
    "get_label-getParent": {"label_id": 2009},
    "get_list-getFirstArtist": {"list_id": 2513},
    "get_list-getFirstLabel": {"list_id": 2514},
    "get_list-getFirstMaster": {"list_id": 2512},
    "search-getFirstArtist": {"q": "radiohead", "type": "artist"},
    "search-getFirstLabel": {"q": "columbia", "type": "label"},
    "search-getFirstRelease": {"type": "release"},
}
# What no answer names: lists of one's own, and what begins something.
BEGINNINGS = {
    "exportInventory",
    "getIdentity",
    "getOrders",
    "uploadListingChanges",
    "uploadListingDeletions",
    "uploadNewListings",
}


@pytest.mark.parametrize(
    ("name", "source", "status", "link"), LINKS, ids=[name for name, *_ in LINKS]
)
def test_a_link_leads_from_a_real_answer_to_a_success(served, name, source, status, link):
    asked = SUITABLE.get(name, {})
    answer = source.send(served, asked)
    body = answer.json() if answer.content and "json" in answer.headers["content-type"] else None
    here = {**source.path_values, **asked}
    target = BY_ID[link["operationId"]]

    given = {key: value(each, here, body) for key, each in link.get("parameters", {}).items()}
    sent = value(link["requestBody"], here, body) if "requestBody" in link else None
    reached = target.send(served, given, sent)

    assert answer.status_code == int(status)
    assert reached.status_code in target.successes, reached.text


def test_every_operation_is_linked_to_but_for_beginnings():
    linked = {link["operationId"] for *_, link in LINKS}

    assert set(BY_ID) - linked == BEGINNINGS
    assert SUITABLE.keys() <= {name for name, *_ in LINKS}
