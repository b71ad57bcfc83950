import gzip
import json
import zlib

import pytest

from sandbox.lookalike.faults import Faults

PLAIN = {"accept-encoding": "identity"}


@pytest.fixture
def broken(ask, lookalike):
    def ask_broken(fault):
        lookalike.faults.add(fault)
        return ask("/artists/1001", headers=PLAIN)

    return ask_broken


@pytest.mark.parametrize(
    "fault", ["rate_limited", "rate_limited_retry_after", "rate_limited_empty"]
)
def test_a_faulty_limit_says_that_nothing_is_left(broken, fault):
    response = broken(fault)

    assert response.status_code == 429
    assert response.headers["x-discogs-ratelimit-remaining"] == "0"
    assert (response.content == b"\n") == (fault == "rate_limited_empty")
    assert ("retry-after" in response.headers) == (fault == "rate_limited_retry_after")


@pytest.mark.parametrize(
    ("fault", "status", "content_type"),
    [
        ("error_500", 500, "application/json"),
        ("html_502", 502, "text/html; charset=UTF-8"),
        ("html_200", 200, "text/html; charset=UTF-8"),
        ("unauthorized", 401, "application/json"),
        ("redirect", 302, "application/json"),
        ("empty_200", 200, "application/json"),
    ],
)
def test_a_faulty_answer_keeps_its_status_and_type(broken, fault, status, content_type):
    response = broken(fault)

    assert response.status_code == status
    assert response.headers["content-type"] == content_type


def test_a_redirect_leads_to_another_host(broken):
    assert broken("redirect").headers["location"].startswith("https://elsewhere.example/")


def test_an_empty_answer_is_empty(broken):
    assert broken("empty_200").content == b""


def test_cut_json_ends_early_with_a_true_length(broken):
    response = broken("cut_json")

    assert response.headers["content-length"] == str(len(response.content))
    with pytest.raises(json.JSONDecodeError):
        json.loads(response.content)


def test_nan_json_holds_what_json_forbids(broken):
    assert b"NaN" in broken("nan_json").content


def test_cut_gzip_cannot_be_unpacked(ask, lookalike):
    lookalike.faults.add("cut_gzip")

    response = ask("/artists/1001", "HEAD")
    whole = gzip.compress(ask("/artists/1001", headers=PLAIN).content, mtime=0)

    assert response.headers["content-encoding"] == "gzip"
    assert int(response.headers["content-length"]) == len(whole) // 2
    assert not zlib.decompressobj(31).decompress(whole[: len(whole) // 2]).endswith(b"}")


def test_a_fault_meets_as_many_requests_as_it_was_added_for(ask, lookalike):
    lookalike.faults.add("html_502", times=2)
    lookalike.faults.add("error_500")

    assert [ask("/").status_code for _ in range(4)] == [502, 502, 500, 200]


@pytest.mark.parametrize(("fault", "times"), [("earthquake", 1), ("drop", 0)])
def test_an_impossible_fault_is_refused(fault, times):
    with pytest.raises(ValueError, match="fault"):
        Faults().add(fault, times)


def test_faults_are_switched_over_http_without_being_met_or_remembered(ask, lookalike):
    switch = "/_sandbox/faults"

    added = ask(switch, "POST", body={"fault": "html_502", "times": 2})
    listed = ask(switch)
    met = ask("/")
    cleared = ask(switch, "DELETE")

    assert added.json()["faults"] == listed.json()["faults"] == ["html_502", "html_502"]
    assert met.status_code == 502
    assert cleared.json()["faults"] == []
    assert [each.target for each in lookalike.requests] == ["/"]


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        ("", 422, "Invalid fault: expected one of rate_limited, "),
        ("{}", 422, "Invalid fault: expected one of rate_limited, "),
        ('{"fault": "earthquake"}', 422, "Invalid fault: expected one of rate_limited, "),
        ('{"fault": ["drop"]}', 422, "Invalid fault: expected one of rate_limited, "),
        ('{"fault": "drop", "times": 0}', 422, "Invalid times: expected 1 to 1000."),
        ('{"fault": "drop", "times": 1001}', 422, "Invalid times: expected 1 to 1000."),
        ('{"fault": "drop", "times": true}', 422, "Invalid times: expected int."),
        ("[]", 422, "Invalid body: expected object."),
        ("drop", 400, "The request body is not valid JSON."),
        ("[" * 100_000, 400, "The request body is not valid JSON."),
    ],
)
def test_a_wrong_switch_is_refused_and_nothing_is_set(ask, lookalike, body, status, message):
    answer = ask("/_sandbox/faults", "POST", content=body)

    assert (answer.status_code, answer.json()["message"][: len(message)]) == (status, message)
    assert lookalike.faults.waiting() == []


def test_the_switches_are_all_that_is_behind_their_prefix(ask):
    assert ask("/_sandbox/other").status_code == 404
    assert ask("/_sandbox/faults", "PUT").status_code == 405
