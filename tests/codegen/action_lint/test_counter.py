"""Six faults at once, none of which other validators report, are all found."""

import copy

from codegen.action_lint.linter import lint
from tests.codegen.action_lint.editing import edited


def _spoilt():
    spec = edited({})
    found = spec["paths"]["/books"]["get"]
    found["description"] = "Find books. " * 34
    spec["components"]["parameters"] = {"title": found["parameters"][0]}
    found["parameters"][0] = {"$ref": "#/components/parameters/title"}
    for number in range(28):
        twin = {**copy.deepcopy(found), "operationId": f"findBooks{number}"}
        spec["paths"][f"/shelves/{number}"] = {"get": twin}
    spec["servers"] = [{"url": "http://library.town"}, {"url": "https://API.library.town:8443"}]
    spec["components"]["securitySchemes"]["other"] = {"type": "http", "scheme": "bearer"}
    again = {"type": "array", "items": {"$ref": "#/components/schemas/Book"}, "maxItems": 3}
    spec["components"]["schemas"]["Book"]["properties"]["sequels"] = again
    return spec


def test_all_six_are_found():
    findings = lint(_spoilt())

    places = {}
    for finding in findings:
        places.setdefault(finding.rule.id, []).append(finding.pointer)
    assert places["GA003"] == ["/servers", "/servers/0/url"]
    assert places["GA004"] == ["/paths"]
    assert len(places["GA006"]) == 29
    assert len(places["GA009"]) == 30
    assert places["GA019"] == ["/components/schemas/Book"]
    assert places["GA022"] == ["/components/securitySchemes"]


def test_nothing_but_what_follows_from_them_is_said_beside_them():
    # A book without end makes answers without end.
    assert {finding.rule.id for finding in lint(_spoilt())} == {
        "GA003", "GA004", "GA006", "GA009", "GA019", "GA022", "GA027",
    }  # fmt: skip


def test_what_others_say_is_not_lost():
    findings = lint({**_spoilt(), "tags": "Books"})

    assert [f.pointer for f in findings if f.rule.id == "GA002"] == ["/tags"]
