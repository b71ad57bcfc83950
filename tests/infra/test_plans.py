"""Claim that the app is complete on either plan, and starts with the settings that it is given."""

import json
import re

import pytest

from discogs_proxy.settings import Settings
from tests.infra.deployment import PLANS, deploy, settings, site
from tests.shipped_app import ROOT

IN_AZURE = {"IDENTITY_ENDPOINT": "http://127.0.0.1:8081/token", "IDENTITY_HEADER": "x"}


def test_flex_consumption_runs_python_313_from_a_container_as_itself():
    evaluation = deploy("flex")

    plan = evaluation.modules["plan"].resources["plan"]
    config = site(evaluation)["functionAppConfig"]
    assert plan["sku"] == {"name": "FC1", "tier": "FlexConsumption"}
    assert config["runtime"] == {"name": "python", "version": "3.13"}
    assert config["deployment"]["storage"]["authentication"] == {"type": "SystemAssignedIdentity"}


def test_flex_consumption_is_not_even_told_null_of_what_it_refuses():
    refused = {"ftpsState", "linuxFxVersion", "functionAppScaleLimit", "preWarmedInstanceCount"}
    refused |= {"use32BitWorkerProcess", "netFrameworkVersion", "alwaysOn", "windowsFxVersion"}
    refused |= {"functionsRuntimeScaleMonitoringEnabled", "powerShellVersion", "javaVersion"}

    assert refused & site(deploy("flex"))["siteConfig"].keys() == set()


def test_classic_consumption_runs_python_312():
    evaluation = deploy("classic")

    plan = evaluation.modules["plan"].resources["plan"]
    assert plan["sku"] == {"name": "Y1", "tier": "Dynamic"}
    assert plan["properties"] == {"reserved": True}
    assert site(evaluation)["siteConfig"]["linuxFxVersion"] == "Python|3.12"
    assert site(evaluation)["siteConfig"]["ftpsState"] == "Disabled"
    assert site(evaluation)["functionAppConfig"] is None


def test_flex_consumption_has_no_key_of_its_storage():
    evaluation = deploy("flex")

    account = evaluation.modules["storage"].resources["account"]["properties"]
    assert account["allowSharedKeyAccess"] is False
    assert not any("AccountKey" in str(value) for value in settings(evaluation).values())
    assert settings(evaluation)["AzureWebJobsStorage__credential"] == "managedidentity"
    assert "contentShare" not in evaluation.modules["storage"].resources
    roles = evaluation.modules["roles"].resources["appOnStorage"]
    assert {role["name"].rpartition("/")[2] for role in roles} >= {
        "b7e6dc6d-f1e8-4753-8033-0f276bb0955b"
    }


def test_flex_consumption_gets_no_setting_that_it_refuses():
    refused = re.compile(r"FUNCTIONS_|SCM_DO_BUILD|ENABLE_ORYX|WEBSITE_")

    assert [name for name in settings(deploy("flex")) if refused.match(name)] == []


def test_classic_consumption_gets_all_that_it_needs():
    evaluation = deploy("classic")

    got = settings(evaluation)
    assert got["FUNCTIONS_EXTENSION_VERSION"] == "~4"
    assert got["FUNCTIONS_WORKER_RUNTIME"] == "python"
    assert got["SCM_DO_BUILD_DURING_DEPLOYMENT"] == got["ENABLE_ORYX_BUILD"] == "true"
    assert got["AzureWebJobsStorage"] == got["WEBSITE_CONTENTAZUREFILECONNECTIONSTRING"]
    share = evaluation.modules["storage"].resources["contentShare"]["name"]
    assert got["WEBSITE_CONTENTSHARE"] == share == "jmd-discogs-func-content"
    assert evaluation.modules["roles"].resources["appOnStorage"] == []


@pytest.mark.parametrize("plan", PLANS)
def test_secrets_are_references_to_the_vault(plan):
    got = settings(deploy(plan))

    vault = "@Microsoft.KeyVault(SecretUri=<keyVault.properties.vaultUri>secrets/"
    assert got["DISCOGS_TOKEN"] == f"{vault}DISCOGS-TOKEN)"
    assert got["X_API_KEY"] == f"{vault}X-API-KEY)"


@pytest.mark.parametrize("plan", PLANS)
def test_the_settings_are_those_that_the_proxy_reads(plan):
    read_by_proxy = Names()
    Settings.from_environment(read_by_proxy)
    ours = {*deploy(plan).modules["configuration"].parameters["proxySettings"]}

    assert ours <= read_by_proxy.names
    assert {"DISCOGS_TOKEN", "X_API_KEY"} <= read_by_proxy.names


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("extremes", [{}, {"deadlineSeconds": 230, "rateLimitPerMinute": 9999}])
def test_the_proxy_starts_with_the_settings_that_it_is_given(plan, extremes):
    evaluation = deploy(plan, allowWrites=True, cacheMb=0, **extremes)
    # What Azure fills in while it deploys.
    given = {
        name: re.sub("<.*>", "proxy.example", value) for name, value in settings(evaluation).items()
    }

    started = Settings.from_environment(given)

    assert started.allow_writes is True
    assert started.cache_bytes == 0
    assert started.public_base_url == "https://proxy.example"
    assert started.unresolved == ("DISCOGS_TOKEN", "X_API_KEY")
    assert started.state_url is None
    assert started.rate_limit == extremes.get("rateLimitPerMinute")


@pytest.mark.parametrize("plan", PLANS)
def test_telemetry_that_is_asked_for_goes_to_the_insights_of_the_app_as_the_app(plan):
    given = settings(deploy(plan, useOpenTelemetry=True))
    key = "InstrumentationKey=0000aaaa-1111-2222-3333-444455556666"
    known = {name: re.sub("<.*>", "proxy.example", value) for name, value in given.items()}
    known["APPLICATIONINSIGHTS_CONNECTION_STRING"] = key

    told = given["APPLICATIONINSIGHTS_CONNECTION_STRING"]
    assert "insights.properties.ConnectionString" in told
    assert given["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"] == "Authorization=AAD"
    assert Settings.from_environment(known).insights == key
    assert settings(deploy(plan))["TELEMETRY"] == ""


def test_the_host_goes_on_writing_the_log_lines_that_the_queries_read():
    # Told of OpenTelemetry, by host.json or by the worker, the host leaves them to the app.
    host = json.loads((ROOT / "az-function" / "host.json").read_text())

    assert "telemetryMode" not in host
    for plan in PLANS:
        got = settings(deploy(plan, useOpenTelemetry=True))
        assert [name for name in got if name.startswith("PYTHON_")] == []


@pytest.mark.parametrize("plan", PLANS)
def test_the_app_comes_into_its_redis_as_itself(plan):
    evaluation = deploy(plan, useRedis=True)
    address = evaluation.modules["redis"].outputs["address"]
    for later, known in (
        ("<cluster.properties.hostName>", "x.canadacentral.redis.azure.net"),
        ("<database.properties.port>", "10000"),
    ):
        address = address.replace(later, known)

    got = settings(evaluation)
    assert got["STATE_URL"] == "redis.outputs.address"
    assert got["STATE_IDENTITY"] == "functionApp.outputs.principalId"
    identity = "01234567-89ab-cdef-0123-456789abcdef"
    started = Settings.from_environment(
        {"STATE_URL": address, "STATE_IDENTITY": identity, **IN_AZURE}
    )
    assert started.state_url == "rediss://x.canadacentral.redis.azure.net:10000"
    assert started.state_identity.object_id == identity


class Names(dict):
    """An environment that remembers what it was asked for."""

    def __init__(self):
        super().__init__()
        self.names = set()

    def get(self, name, default=None):
        self.names.add(name)
        return default
