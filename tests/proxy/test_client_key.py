"""Claim that only holders of a client key get in, and that nobody does while a secret is open."""

import pytest

from discogs_api.operations import GET_ARTIST
from tests.proxy.support.rig import KEY, envelope, proxy

REFERENCE = "@Microsoft.KeyVault(SecretUri=https://vault.test/secrets/one/)"


def outcome(settings, headers):
    """Return status, error and reason, and prove that a refused call never went upstream."""
    rig = proxy(settings=settings)

    answer = rig.ask(GET_ARTIST, headers=headers)

    assert len(rig.upstream.requests) == (answer.status == 200)
    if answer.status == 200:
        return (200,)
    content = envelope(answer)
    return answer.status, content["error"], content["reason"]


MISSING = (401, "unauthorized", "client_key_missing")
UNKNOWN = (401, "unauthorized", "client_key_unknown")
NO_KEYS = (503, "secrets_unresolved", "x_api_key")
NO_TOKEN = (503, "secrets_unresolved", "discogs_token")


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, MISSING),
        ({"authorization": f"Bearer {KEY}", "x-functions-key": KEY, "cookie": KEY}, MISSING),
        ({"x-api-key": ""}, UNKNOWN),
        ({"x-api-key": " "}, UNKNOWN),
        ({"x-api-key": "wrong"}, UNKNOWN),
        ({"x-api-key": KEY[:-1]}, UNKNOWN),
        ({"x-api-key": KEY + "x"}, UNKNOWN),
        ({"x-api-key": f" {KEY}"}, UNKNOWN),
        ({"x-api-key": KEY.upper()}, UNKNOWN),
        ({"x-api-key": f"{KEY},{KEY}"}, UNKNOWN),
        ({"x-api-key": "schlüssel-鍵"}, UNKNOWN),
        ({"x-api-key": "x" * 100_000}, UNKNOWN),
        ({"x-api-key": KEY}, (200,)),
    ],
)
def test_only_the_exact_key_opens(headers, expected):
    assert outcome({}, headers) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("first", (200,)),
        ("second", (200,)),
        ("third", (200,)),
        ("first,second", UNKNOWN),
        ("", UNKNOWN),
        (",", UNKNOWN),
        ("fourth", UNKNOWN),
    ],
)
def test_each_of_several_keys_opens(given, expected):
    assert outcome({"X_API_KEY": "first, second ,third,"}, {"x-api-key": given}) == expected


@pytest.mark.parametrize("unresolved", ["", " ", ",", REFERENCE, f"first,{REFERENCE}"])
@pytest.mark.parametrize("given", [None, "", " ", ",", "first", REFERENCE, REFERENCE.lower()])
def test_unresolved_keys_open_to_nobody(unresolved, given):
    headers = {} if given is None else {"x-api-key": given}

    assert outcome({"X_API_KEY": unresolved}, headers) == NO_KEYS


@pytest.mark.parametrize("unresolved", ["", REFERENCE])
@pytest.mark.parametrize(
    ("headers", "expected"),
    [({}, MISSING), ({"x-api-key": "wrong"}, UNKNOWN), ({"x-api-key": KEY}, NO_TOKEN)],
)
def test_an_unresolved_token_is_told_only_to_holders_of_a_key(unresolved, headers, expected):
    assert outcome({"DISCOGS_TOKEN": unresolved}, headers) == expected


def test_a_503_names_the_setting_and_not_its_value():
    rig = proxy(settings={"X_API_KEY": REFERENCE})

    message = envelope(rig.ask(GET_ARTIST))["message"]

    assert message == (
        "X_API_KEY is not set, or its Key Vault reference is not resolved yet. "
        "Whoever runs this proxy has to set it."
    )


def test_a_caller_without_a_key_learns_nothing_about_the_parameters():
    rig = proxy()

    answer = rig.ask(GET_ARTIST, values={"artist_id": "junk"}, headers={})

    assert envelope(answer)["reason"] == "client_key_missing"
