"""Claim which settings are taken, which are refused, and that no secret gets out either way."""

import traceback

import pytest

from discogs_proxy import __version__
from discogs_proxy.key_ring import ClientKey
from discogs_proxy.settings import Settings
from discogs_proxy.settings_error import SettingsError
from discogs_proxy.state_address import Identity

REFERENCE = "@Microsoft.KeyVault(SecretUri=https://vault.test/secrets/one/)"


def read(**environment):
    return Settings.from_environment(environment)


def test_nothing_set_gives_safe_defaults_and_no_secret():
    settings = read()

    assert settings == Settings(
        discogs_token=None,
        client_keys=(),
        discogs_base_url="https://api.discogs.com",
        user_agent=f"DiscogsGateway/{__version__}",
        public_base_url=None,
        deadline_seconds=40.0,
        allow_writes=False,
        rate_limit=None,
        cache_bytes=64 * 1024 * 1024,
        state_url=None,
        drift_sample=0.05,
        state_identity=None,
        insights=None,
        privacy_contact=None,
    )
    assert settings.unresolved == ("DISCOGS_TOKEN", "X_API_KEY")


def test_blank_settings_are_the_defaults():
    names = (
        "ALLOW_WRITES",
        "DISCOGS_BASE_URL",
        "PUBLIC_BASE_URL",
        "DISCOGS_USER_AGENT",
        "DEADLINE_SECONDS",
        "RATE_LIMIT_PER_MINUTE",
        "CACHE_MB",
        "STATE_IDENTITY",
        "STATE_URL",
        "DRIFT_SAMPLE",
        "TELEMETRY",
        "PRIVACY_CONTACT",
    )

    assert read(**dict.fromkeys(names, " \t\n")) == read()


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        REFERENCE,
        REFERENCE.lower(),
        REFERENCE.upper(),
        f"  {REFERENCE}\n",
        "@Microsoft.KeyVault(",
        "@microsoft.keyvault(VaultName=vault;SecretName=one)",
    ],
)
def test_a_blank_secret_or_a_reference_counts_as_unresolved(text):
    settings = read(DISCOGS_TOKEN=text, X_API_KEY=text)

    assert settings.discogs_token is None
    assert settings.client_keys == ()
    assert settings.unresolved == ("DISCOGS_TOKEN", "X_API_KEY")


@pytest.mark.parametrize(
    "text", [f"one,{REFERENCE}", f"{REFERENCE},one", f"one, {REFERENCE.upper()} ,two", ",", " , "]
)
def test_one_unresolved_key_among_several_makes_all_of_them_unresolved(text):
    settings = read(DISCOGS_TOKEN="token", X_API_KEY=text)

    assert settings.client_keys == ()
    assert settings.unresolved == ("X_API_KEY",)


def test_secrets_lose_the_white_space_around_them():
    settings = read(DISCOGS_TOKEN=" token\r\n", X_API_KEY=" one ,\ttwo\n,,")

    assert settings.discogs_token == "token"
    assert [key.key for key in settings.client_keys] == ["one", "two"]
    assert settings.unresolved == ()


@pytest.mark.parametrize("secret", ["hunter2 hunter3", "hunter2\x00", "hünter2", "hunter2\nx"])
@pytest.mark.parametrize("name", ["DISCOGS_TOKEN", "X_API_KEY"])
def test_a_secret_that_no_header_can_hold_is_refused_without_being_shown(name, secret):
    with pytest.raises(SettingsError, match=name) as refusal:
        read(**{name: f"good,{secret}" if name == "X_API_KEY" else secret})

    assert "nter2" not in "".join(traceback.format_exception(refusal.value))


def test_the_key_that_is_refused_is_told_by_its_place():
    with pytest.raises(SettingsError, match="X_API_KEY: key 2 may hold"):
        read(X_API_KEY="one,t wo")


def test_secrets_are_not_in_the_representation():
    settings = read(DISCOGS_TOKEN="hunter2", X_API_KEY="hunter3,hunter4")

    assert "hunter" not in f"{settings!r} {settings}"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://relay.test", "https://relay.test"),
        (" https://relay.test/ \n", "https://relay.test"),
        ("https://relay.test/discogs/v2//", "https://relay.test/discogs/v2"),
        ("http://127.0.0.1:8099", "http://127.0.0.1:8099"),
        ("http://[::1]:8099/", "http://[::1]:8099"),
        ("https://relay.test:65535", "https://relay.test:65535"),
        ("http://look_alike-1:80/a%20b/~c", "http://look_alike-1:80/a%20b/~c"),
    ],
)
@pytest.mark.parametrize("name", ["DISCOGS_BASE_URL", "PUBLIC_BASE_URL"])
def test_an_address_is_taken_without_the_slash_at_its_end(name, text, address):
    settings = read(**{name: text})

    assert getattr(settings, name.lower()) == address


@pytest.mark.parametrize(
    "text",
    [
        "relay.test",
        "//relay.test",
        "/discogs",
        "ftp://relay.test",
        "javascript:alert(1)",
        "https:relay.test",
        "https://",
        "https:///path",
        "https://:443",
        "https://user:hunter2@relay.test",
        "https://hunter2@relay.test",
        "https://@relay.test",
        "https://user:hunter2@relay.test:junk",
        "https://user:hunter2\u2100@relay.test",
        "https://relay.test?token=hunter2",
        "https://relay.test/?",
        "https://relay.test?",
        "https://relay.test#hunter2",
        "https://relay.test#",
        "https://relay.test:",
        "https://relay.test:0",
        "https://relay.test:65536",
        "https://relay.test:99999999",
        "https://relay.test:junk",
        "https://relay.test:-1",
        "https://relay.test:\uff180",
        "https://[::1",
        "https://[junk]",
        "https://relay .test",
        "https://relay.test/a b",
        "https://relay.test/\u00fc",
        "https://relay.test\\@evil.test",
        'https://relay.test/">',
        "https://relay.test/<x>",
        "https://relay.test\r\nX: y",
        "https://relay.test;https://two.test",
        "@Microsoft.KeyVault(SecretUri=https://vault.test)",
    ],
)
@pytest.mark.parametrize("name", ["DISCOGS_BASE_URL", "PUBLIC_BASE_URL"])
def test_an_address_that_is_more_or_less_than_one_is_refused_by_name(name, text):
    with pytest.raises(SettingsError, match=f"^{name} must be an address") as refusal:
        read(**{name: text})

    assert "hunter2" not in "".join(traceback.format_exception(refusal.value))


def test_the_user_agent_names_the_public_address_where_there_is_one():
    settings = read(PUBLIC_BASE_URL="https://proxy.test/")

    assert settings.user_agent == f"DiscogsGateway/{__version__} +https://proxy.test"


def test_the_user_agent_can_be_set():
    assert read(DISCOGS_USER_AGENT=" My App/1.0 ").user_agent == "My App/1.0"


@pytest.mark.parametrize("text", ["x" * 257, "My App\r\nX: y", "Müsli/1.0", "a\tb"])
def test_a_user_agent_that_no_header_can_hold_is_refused(text):
    with pytest.raises(SettingsError, match="DISCOGS_USER_AGENT"):
        read(DISCOGS_USER_AGENT=text)


@pytest.mark.parametrize(
    ("text", "seconds"), [("40", 40.0), (" 12.5 ", 12.5), ("0.05", 0.05), ("230", 230.0)]
)
def test_a_deadline_is_seconds(text, seconds):
    assert read(DEADLINE_SECONDS=text).deadline_seconds == seconds


@pytest.mark.parametrize(
    "text", ["nan", "inf", "-inf", "0", "-0.0", "-1", "1e9", "231", "230.01", "forty", "40s", "4 0"]
)
def test_a_deadline_that_cannot_be_kept_is_refused(text):
    with pytest.raises(
        SettingsError, match=r"^DEADLINE_SECONDS must be a number above 0, 230 at most"
    ):
        read(DEADLINE_SECONDS=text)


@pytest.mark.parametrize(
    ("text", "allowed"), [("true", True), (" True\n", True), ("TRUE", True), ("False", False)]
)
def test_writes_are_allowed_by_one_word(text, allowed):
    assert read(ALLOW_WRITES=text).allow_writes is allowed


@pytest.mark.parametrize("text", ["1", "yes", "on", "tru", "true,", "0", "@Microsoft.KeyVault(x)"])
def test_anything_else_neither_allows_writes_nor_passes_for_a_no(text):
    with pytest.raises(SettingsError, match=r"^ALLOW_WRITES must be true or false\.$"):
        read(ALLOW_WRITES=text)


@pytest.mark.parametrize(
    ("environment", "first", "limit"),
    [
        ({}, 25, None),
        ({"DISCOGS_TOKEN": "token"}, 60, None),
        ({"DISCOGS_TOKEN": "token", "RATE_LIMIT_PER_MINUTE": " 40 "}, 40, 40),
        ({"DISCOGS_TOKEN": "token", "RATE_LIMIT_PER_MINUTE": "240"}, 60, 240),
        ({"RATE_LIMIT_PER_MINUTE": "1"}, 1, 1),
    ],
)
def test_the_budget_is_discogs_own_until_told_otherwise_and_a_set_one_is_never_exceeded(
    environment, first, limit
):
    settings = read(**environment)

    assert (settings.first_rate_limit, settings.rate_limit) == (first, limit)


@pytest.mark.parametrize("text", ["0", "-1", "60.0", "1e3", "10000", "sixty", "\u0666\u0660"])
def test_a_budget_that_is_none_is_refused(text):
    with pytest.raises(SettingsError, match=r"^RATE_LIMIT_PER_MINUTE must be a whole number"):
        read(RATE_LIMIT_PER_MINUTE=text)


@pytest.mark.parametrize(("text", "megabytes"), [("0", 0), (" 1 ", 1), ("999", 999)])
def test_the_cache_has_a_bound_in_megabytes(text, megabytes):
    assert read(CACHE_MB=text).cache_bytes == megabytes * 1024 * 1024


@pytest.mark.parametrize("text", ["-1", "1000", "1.5", "64MB", "08", "\u0666"])
def test_a_bound_that_is_none_is_refused(text):
    with pytest.raises(SettingsError, match=r"^CACHE_MB must be a whole number from 0 to 999\.$"):
        read(CACHE_MB=text)


@pytest.mark.parametrize(
    ("text", "share"), [("0", 0.0), (" 0.05\n", 0.05), ("1", 1.0), ("1.000000", 1.0), ("0.0", 0.0)]
)
def test_a_share_of_the_answers_is_compared_with_the_description(text, share):
    assert read(DRIFT_SAMPLE=text).drift_sample == share


@pytest.mark.parametrize("text", ["-0.1", "1.01", "2", "5%", ".5", "0,5", "nan", "1e-2", "\u0660"])
def test_a_share_that_is_none_is_refused(text):
    with pytest.raises(SettingsError, match=r"^DRIFT_SAMPLE must be a number from 0 to 1"):
        read(DRIFT_SAMPLE=text)


def test_a_client_key_may_have_a_name_rights_and_a_quota():
    settings = read(
        X_API_KEY="aaa, gpt:bbb ,robot:ccc:read,backup.1:ddd:write:30,gpt:eee:read:9999"
    )

    assert settings.client_keys == (
        ClientKey("key-1", "aaa"),
        ClientKey("gpt", "bbb"),
        ClientKey("robot", "ccc", may_write=False),
        ClientKey("backup.1", "ddd", quota=30),
        ClientKey("gpt", "eee", may_write=False, quota=9999),
    )


@pytest.mark.parametrize(
    "entry",
    [
        ":hunter2",
        "name:",
        "name:hunter2:",
        "name:hunter2:admin",
        "name:hunter2:read:0",
        "name:hunter2:read:10000",
        "name:hunter2:read:ten",
        "name:hunter2:30",
        "na/me:hunter2",
        "n" * 33 + ":hunter2",
        "name:hunter2:read:5:6",
    ],
)
def test_a_client_key_of_another_form_is_refused_by_its_place_and_not_shown(entry):
    with pytest.raises(SettingsError, match=r"^X_API_KEY: key 2 must be key, name:key") as refusal:
        read(X_API_KEY=f"good,{entry}")

    assert "hunter2" not in "".join(traceback.format_exception(refusal.value))


@pytest.mark.parametrize("entry", ["name:hunter2:xyz", "a:b:hunter2", "a::hunter2"])
def test_a_key_with_a_colon_in_it_is_refused_in_words_that_say_so(entry):
    with pytest.raises(SettingsError, match=r"the key itself holds no colon\.$"):
        read(X_API_KEY=entry)


@pytest.mark.parametrize(
    "url",
    [
        "redis://localhost",
        "redis://127.0.0.1:6379/0",
        "rediss://:hunter2=@cache.test:6380",
        "rediss://user:hunter2@cache.test:6380/15",
    ],
)
def test_the_shared_state_is_a_redis_and_its_password_is_not_shown(url):
    settings = read(STATE_URL=f" {url}\n")

    assert settings.state_url == url
    assert "hunter2" not in repr(settings)


def test_a_contact_is_any_line_of_text():
    assert read(PRIVACY_CONTACT=" Ann <ann@music.test>\n").privacy_contact == "Ann <ann@music.test>"


@pytest.mark.parametrize("text", ["a\nb", "a\x00b", "a" * 201])
def test_a_contact_that_is_no_line_is_refused(text):
    with pytest.raises(SettingsError, match=r"^PRIVACY_CONTACT must be one line"):
        read(PRIVACY_CONTACT=text)


@pytest.mark.parametrize("text", [REFERENCE, ""])
def test_an_unresolved_address_of_the_shared_state_is_none(text):
    assert read(STATE_URL=text).state_url is None


@pytest.mark.parametrize(
    "text",
    [
        "http://hunter2",
        "redis://",
        "redis://:hunter2@",
        "redis://host:hunter2",
        "redis://hunter2 x",
        "redis://host/hunter2",
        "redis://host?password=hunter2",
        "unix:///hunter2",
    ],
)
def test_any_other_address_of_the_shared_state_is_refused_without_being_shown(text):
    with pytest.raises(SettingsError, match=r"^STATE_URL must be like rediss://") as refusal:
        read(STATE_URL=text)

    assert "hunter2" not in "".join(traceback.format_exception(refusal.value))


OBJECT_ID = "11111111-2222-3333-4444-555555555555"
CLIENT_ID = "66666666-7777-8888-9999-000000000000"
IN_AZURE = {
    "IDENTITY_ENDPOINT": "http://localhost:8081/msi/token",
    "IDENTITY_HEADER": "hunter2",
    "STATE_URL": "rediss://cache.test:10000",
}


@pytest.mark.parametrize("client_id", [None, CLIENT_ID])
def test_an_identity_takes_the_place_of_a_password(client_id):
    text = OBJECT_ID if client_id is None else f" {OBJECT_ID}:{client_id}\n"

    settings = read(**IN_AZURE, STATE_IDENTITY=text)

    assert settings.state_identity == Identity(
        OBJECT_ID, client_id, "http://localhost:8081/msi/token", "hunter2"
    )
    assert "hunter2" not in repr(settings)


@pytest.mark.parametrize("url", ["", REFERENCE])
def test_without_an_address_there_is_nobody_to_be(url):
    settings = read(**{**IN_AZURE, "STATE_URL": url}, STATE_IDENTITY=OBJECT_ID)

    assert settings.state_identity is None


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"STATE_IDENTITY": "hunter2"}, "must be an object id"),
        ({"STATE_IDENTITY": f"{OBJECT_ID}:hunter2"}, "must be an object id"),
        ({"STATE_URL": "redis://cache.test"}, "needs a STATE_URL like rediss://"),
        ({"STATE_URL": "rediss://:hunter2@cache.test"}, "needs a STATE_URL like rediss://"),
        ({"IDENTITY_ENDPOINT": ""}, "needs the app to have a managed identity"),
        ({"IDENTITY_HEADER": ""}, "needs the app to have a managed identity"),
    ],
)
def test_an_identity_that_could_never_get_in_is_refused_without_a_secret(changes, reason):
    with pytest.raises(SettingsError, match=rf"^STATE_IDENTITY {reason}") as refusal:
        read(**{**IN_AZURE, "STATE_IDENTITY": OBJECT_ID, **changes})

    assert "hunter2" not in "".join(traceback.format_exception(refusal.value))


CONNECTION = "InstrumentationKey=0000aaaa-1111-2222-3333-444455556666"


@pytest.mark.parametrize("kind", ["azure", " Azure "])
@pytest.mark.parametrize(
    "text",
    [
        CONNECTION,
        f" {CONNECTION};IngestionEndpoint=https://x.in.insights.test/;LiveEndpoint=https://y/ ",
        f"EndpointSuffix=a.b;{CONNECTION};",
    ],
)
def test_telemetry_goes_where_azure_says(kind, text):
    settings = read(TELEMETRY=kind, APPLICATIONINSIGHTS_CONNECTION_STRING=text)

    assert settings.insights == text.strip()
    assert CONNECTION not in repr(settings)


def test_a_connection_string_alone_switches_nothing_on():
    assert read(APPLICATIONINSIGHTS_CONNECTION_STRING=CONNECTION).insights is None


@pytest.mark.parametrize("kind", ["true", "otlp", "azure,azure"])
def test_another_telemetry_is_refused(kind):
    with pytest.raises(SettingsError, match=r"^TELEMETRY must be azure, or empty for none\.$"):
        read(TELEMETRY=kind, APPLICATIONINSIGHTS_CONNECTION_STRING=CONNECTION)


@pytest.mark.parametrize("text", ["", "  ", REFERENCE, "InstrumentationKey=canary", "x;y", ";" * 9])
def test_telemetry_without_a_place_to_go_to_is_refused_and_the_place_not_quoted(text):
    with pytest.raises(SettingsError, match=r"^TELEMETRY=azure needs") as failure:
        read(TELEMETRY="azure", APPLICATIONINSIGHTS_CONNECTION_STRING=text)

    assert "canary" not in str(failure.value)
