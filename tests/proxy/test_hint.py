"""Claim that every failure tells a model what to do."""

import pytest

from discogs_proxy import errors, hint
from discogs_proxy.errors import UNSURE, DiscogsRefused, ProxyError, UpstreamError

FAILURES = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, ProxyError) and kind is not ProxyError
]


def raised(kind):
    return (
        kind(404, "reason", "x") if kind is DiscogsRefused else kind("reason", "x", retry_after=9)
    )


@pytest.mark.parametrize("kind", FAILURES)
def test_every_failure_has_a_hint(kind):
    advice = hint.advice(raised(kind), {})

    assert advice["hint"].endswith(".")
    assert "{" not in advice["hint"]


def test_what_may_succeed_later_is_what_is_of_the_moment():
    later = {kind.__name__ for kind in FAILURES if hint.advice(raised(kind), {})["retryable"]}

    assert later == {"RateLimited", "UpstreamError", "UpstreamUnavailable", "DeadlinePassed"}


@pytest.mark.parametrize("status", [403, 404, 405, 409, 422])
def test_a_refusal_of_discogs_is_final(status):
    assert hint.advice(DiscogsRefused(status, "reason", "x"), {})["retryable"] is False


def test_a_change_of_which_nobody_knows_the_end_is_not_to_be_repeated():
    advice = hint.advice(UpstreamError("unreachable", f"It broke off. {UNSURE}"), {502: "Again."})

    assert advice["retryable"] is False
    assert advice["hint"].startswith("Do not repeat it")
