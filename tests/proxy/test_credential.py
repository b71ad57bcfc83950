"""Claim with whose credential Discogs is asked."""

import asyncio

import pytest

from discogs_proxy.credential import NOBODY, with_credential
from discogs_proxy.errors import SecretsUnresolved
from discogs_proxy.exchange import Answer
from discogs_proxy.settings import Settings
from tests.proxy.support.operations import request


def sent(token):
    """Return the headers of a request that was sent with a token."""
    seen = []

    async def network(outbound):
        seen.append(outbound)
        return Answer(200, (), b"{}")

    asyncio.run(with_credential(network, token)(request(headers=(("Accept", "x"),))))
    return seen[0].headers


def test_the_token_goes_along():
    assert sent("t") == (("Accept", "x"), ("Authorization", "Discogs token=t"))


def test_without_a_token_nothing_is_sent():
    with pytest.raises(SecretsUnresolved):
        sent(None)


def test_discogs_is_asked_as_nobody_on_purpose_only():
    assert sent(NOBODY) == (("Accept", "x"),)
    for text in ("", " ", "\n"):
        assert Settings.from_environment({"DISCOGS_TOKEN": text}).discogs_token is None
