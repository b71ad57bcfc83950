"""Claim that only holders of a client key get in, and that nobody does while a secret is open."""

import asyncio
import json

import pytest

from discogs_api.operations import GET_ARTIST
from discogs_proxy.mirror import Mirror
from tests.proxy.support.operations import RATE, STATUS
from tests.proxy.support.rig import KEY, envelope, inbound, proxy
from tests.proxy.support.virtual_time import run

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


def test_the_log_has_the_name_and_not_the_key(caplog):
    caplog.set_level("INFO")
    rig = proxy(settings={"X_API_KEY": "gpt:canary-named-key"})

    rig.ask(GET_ARTIST, headers={"x-api-key": "canary-named-key"})
    rig.ask(GET_ARTIST, headers={"x-api-key": "gpt:canary-named-key"})

    assert '"key":"gpt"' in caplog.messages[0]
    assert '"key"' not in caplog.messages[1]
    assert "canary-named-key" not in caplog.text


def test_a_name_does_not_open():
    assert outcome({"X_API_KEY": "gpt:secret"}, {"x-api-key": "gpt"}) == UNKNOWN
    assert outcome({"X_API_KEY": "gpt:secret"}, {"x-api-key": "gpt:secret"}) == UNKNOWN
    assert outcome({"X_API_KEY": "gpt:secret"}, {"x-api-key": "secret"}) == (200,)


def statuses(rig, keys):
    """Ask once with each key, all in one minute."""
    return [rig.ask(STATUS, headers={"x-api-key": key}).status for key in keys]


def test_each_name_has_a_quota_of_its_own():
    rig = proxy(settings={"X_API_KEY": "a:one:read:2,b:two:read:1,c:three"})

    assert statuses(rig, ["one"] * 3) == [200, 200, 429]
    assert statuses(rig, ["two"] * 2) == [200, 429]
    assert statuses(rig, ["three"] * 5) == [200] * 5


def test_two_keys_of_one_name_share_its_quota():
    rig = proxy(settings={"X_API_KEY": "a:old:read:2,a:new:read:2"})

    assert statuses(rig, ["old", "new", "old", "new"]) == [200, 200, 429, 429]


def test_a_spent_quota_is_a_429_that_says_when_and_costs_discogs_nothing():
    rig = proxy(settings={"X_API_KEY": "a:one:read:1"})

    async def ask():
        call = inbound(STATUS, headers={"x-api-key": "one"})
        first = await rig.gateway.answer(Mirror(STATUS), call)
        await asyncio.sleep(20)
        second = await rig.gateway.answer(Mirror(STATUS), call)
        await asyncio.sleep(40)
        return first, second, await rig.gateway.answer(Mirror(STATUS), call)

    first, second, third = run(ask())

    assert [first.status, second.status, third.status] == [200, 429, 200]
    content = envelope(second)
    assert (content["error"], content["reason"]) == ("rate_limited", "key_quota_spent")
    assert content["message"] == (
        "This client key may make 1 calls a minute; ask again in 40 seconds."
    )
    assert second.header("retry-after") == "40"
    assert len(rig.upstream.requests) == 2


def test_a_wrong_key_spends_nobody_s_quota():
    rig = proxy(settings={"X_API_KEY": "a:one:read:1"})

    assert statuses(rig, ["wrong", "wrong", "one"]) == [401, 401, 200]


@pytest.mark.parametrize(
    ("rights", "allowed", "expected"),
    [
        ("", "true", (200, None)),
        (":write", "true", (200, None)),
        (":read", "true", (403, "key_only_reads")),
        (":write", "false", (403, "allow_writes")),
        (":read", "false", (403, "allow_writes")),
    ],
)
def test_a_key_that_only_reads_changes_nothing(rights, allowed, expected):
    rig = proxy(settings={"X_API_KEY": f"a:one{rights}", "ALLOW_WRITES": allowed})
    headers = {"x-api-key": "one", "content-type": "application/json"}

    answer = rig.ask(RATE, headers=headers, body=b'{"rating": 3}')

    assert (answer.status, json.loads(answer.body).get("reason")) == expected
    assert len(rig.upstream.requests) == (expected[0] == 200)
    assert rig.ask(STATUS, headers=headers).status == 200
