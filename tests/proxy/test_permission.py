"""Claim that nothing is changed at Discogs unless somebody allowed it."""

import pytest

from tests.proxy.support.operations import ADD, MESSAGE, RATE, REMOVE, STATUS, UPLOAD
from tests.proxy.support.rig import WRITES, envelope, proxy


@pytest.mark.parametrize("operation", [ADD, MESSAGE, RATE, REMOVE, UPLOAD])
@pytest.mark.parametrize("setting", [{}, {"ALLOW_WRITES": ""}, {"ALLOW_WRITES": "false"}])
def test_without_leave_a_write_is_a_403_and_discogs_is_not_asked(operation, setting):
    rig = proxy(settings=setting)

    answer = rig.ask(operation, body=b"whatever it is")

    content = envelope(answer)
    assert (answer.status, content["error"], content["reason"]) == (
        403,
        "writes_disabled",
        "allow_writes",
    )
    assert "ALLOW_WRITES=true" in content["message"]
    assert rig.upstream.requests == []


@pytest.mark.parametrize("operation", [ADD, REMOVE])
def test_with_leave_it_goes_out(operation):
    rig = proxy(settings=WRITES)

    assert rig.ask(operation).status == 200
    assert [request.method for request in rig.upstream.requests] == [operation.method]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reading_needs_no_leave(method):
    assert proxy().ask(STATUS, method=method).status == 200


def test_who_has_no_key_is_told_nothing_of_it():
    answer = proxy().ask(REMOVE, headers={})

    assert envelope(answer)["error"] == "unauthorized"
