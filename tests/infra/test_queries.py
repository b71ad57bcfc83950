"""Claim that the queries find what the proxy writes into its log, so that neither drifts away."""

import re
from pathlib import Path

import pytest

from tests.infra import log

QUERIES = Path(__file__).parents[2] / "infra" / "kql"
NAMES = sorted(path.stem for path in QUERIES.glob("*.kql"))
ALERTS = {"error-rate", "budget-exhausted", "secrets-unresolved"}


def query(name):
    return (QUERIES / f"{name}.kql").read_text()


@pytest.fixture(scope="module")
def messages():
    """What the proxy wrote while it met everything."""
    return log.written()


@pytest.mark.parametrize("name", NAMES)
def test_a_query_finds_something_for_each_of_its_columns(name, messages):
    rows = log.ask(query(name), messages)

    assert rows, "the log holds what this query asks for"
    empty = [column for column in rows[0] if all(row[column] in {None, ""} for row in rows)]
    assert empty == []


@pytest.mark.parametrize("name", NAMES)
def test_a_query_finds_nothing_where_nothing_happened(name):
    assert log.ask(query(name), ["Host started (12ms)", "Executed 'Functions.x'"]) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_field_that_a_query_reads_is_written_by_the_proxy(name, messages):
    fields = set(re.findall(r'\b(?:call|drift|difference)(?:\.|\[")(\w+)', query(name)))

    assert [field for field in fields if f'"{field}":' not in "\n".join(messages)] == []


@pytest.mark.parametrize("name", sorted(ALERTS))
def test_an_alert_is_silent_while_all_is_well(name, messages):
    fine = [text for text in messages if '"status":200' in text]

    assert len(fine) == 2
    assert log.ask(query(name), fine * 20) == []


def test_a_key_that_spent_its_own_quota_is_no_alert(messages):
    spent = [text for text in messages if "budget_spent" in text]
    own = [text.replace("budget_spent", "key_quota_spent") for text in spent]

    assert len(spent) == 1
    assert log.ask(query("budget-exhausted"), own) == []
    assert log.ask(query("rate-limited"), own)[0]["reason"] == "key_quota_spent"


def test_few_failures_among_many_calls_are_no_alert(messages):
    fine = next(text for text in messages if '"status":200' in text)
    failed = next(text for text in messages if '"status":502' in text)

    assert log.ask(query("error-rate"), [*[fine] * 90, *[failed] * 10]) == []
    assert log.ask(query("error-rate"), [*[fine] * 90, *[failed] * 11])[0]["failed"] == 11


def test_retries_and_timeouts_are_told_apart(messages):
    rows = log.ask(query("retries-and-timeouts"), messages)

    happened = {row["what"]: row["happened"] for row in rows}
    assert happened["timeout"] == 1
    assert happened["retry 1 after not_json"] == log.FAILURES


def test_the_hit_rate_counts_what_discogs_was_not_asked_for(messages):
    answered = [text for text in messages if '"status":200' in text]

    assert log.ask(query("cache-hit-rate"), answered)[0]["hit_percent"] == 50


def test_drift_is_told_by_operation_and_place(messages):
    rows = log.ask(query("drift"), messages)

    places = {(row["operation"], row["path"]): (row["what"], row["seen"]) for row in rows}
    assert places["get_artist", "id"] == ("changed", 1)
