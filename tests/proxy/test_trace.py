"""Claim under which id a call is found, and how its line reads."""

import pytest

from discogs_proxy import trace

NEW = "n" * 32
ID = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = "00f067aa0ba902b7"


def trace_id(traceparent):
    return trace.trace_id({"traceparent": traceparent}, lambda: NEW)


@pytest.mark.parametrize(
    "traceparent",
    [
        f"00-{ID}-{PARENT}-01",
        f"00-{ID}-{PARENT}-00",
        f"00-{ID}-{PARENT}-ff",
        f"01-{ID}-{PARENT}-01",
        f"cc-{ID}-{PARENT}-01-what-the-future-brings",
    ],
)
def test_a_valid_traceparent_gives_the_id(traceparent):
    assert trace_id(traceparent) == ID


@pytest.mark.parametrize(
    "traceparent",
    [
        "",
        "junk",
        ID,
        f"00-{'0' * 32}-{PARENT}-01",
        f"00-{ID}-{'0' * 16}-01",
        f"00-{ID.upper()}-{PARENT}-01",
        f"00-{ID[:-1]}-{PARENT}-01",
        f"00-{ID}0-{PARENT}-01",
        f"00-{ID}-{PARENT}",
        f"00-{ID}-{PARENT}-1",
        f"00-{ID}-{PARENT}-01-more",
        f"00-{ID}-{PARENT}-01more",
        f"cc-{ID}-{PARENT}-01more",
        f"ff-{ID}-{PARENT}-01",
        f"0-{ID}-{PARENT}-01",
        f" 00-{ID}-{PARENT}-01",
        f"00-{ID}-{PARENT}-01\n",
        f"00-{ID}-{PARENT}-01\r\nX-Evil: 1",
        f"00-{ID}-{PARENT}-01, 00-{ID}-{PARENT}-01",
        f"00-{'g' * 32}-{PARENT}-01",
        "00-" + "\uff11" * 32 + f"-{PARENT}-01",
    ],
)
def test_any_other_gives_a_new_id(traceparent):
    assert trace_id(traceparent) == NEW


def test_no_traceparent_gives_a_new_id():
    assert trace.trace_id({}, lambda: NEW) == NEW


def test_a_line_is_one_line_of_json_after_its_prefix(caplog):
    caplog.set_level("INFO")

    trace.log_call("search", 200, 0.12345, "a\nb", {})

    assert caplog.messages == [
        'discogs_proxy: {"event":"discogs_proxy_call","entity":"search","status":200,'
        '"elapsed_ms":123.45,"trace_id":"a\\nb"}'
    ]


def test_a_failure_deep_down_is_logged_with_its_innermost_places_only(caplog):
    def sink(levels):
        return sink(levels - 1) if levels else 1 / 0

    try:
        sink(100)
    except ZeroDivisionError as error:
        trace.log_failure(error, ID)

    (line,) = caplog.messages
    assert line.startswith(f"unexpected failure trace_id={ID} error_type=ZeroDivisionError at=")
    assert line.count("test_trace.py:") == 20
