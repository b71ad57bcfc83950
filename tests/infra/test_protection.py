"""Claim that what is made is locked down, watched over, and no more than was asked for."""

import pytest

from tests.infra.bicep.document import read
from tests.infra.bicep.evaluation import Refused
from tests.infra.deployment import INFRA, PLANS, deploy, evaluate, site


@pytest.mark.parametrize("plan", PLANS)
def test_the_app_is_locked_down(plan):
    evaluation = deploy(plan)

    config = site(evaluation)["siteConfig"]
    assert site(evaluation)["httpsOnly"] is True
    assert (config["minTlsVersion"], config["scmMinTlsVersion"]) == ("1.2", "1.2")
    publishing = evaluation.modules["publishing"].resources
    assert {body["name"]: body["properties"]["allow"] for body in publishing.values()} == {
        "ftp": False,
        "scm": False,
    }


@pytest.mark.parametrize("plan", PLANS)
def test_storage_and_vault_are_locked_down(plan):
    evaluation = deploy(plan)

    account = evaluation.modules["storage"].resources["account"]["properties"]
    assert account["allowBlobPublicAccess"] is False
    assert account["supportsHttpsTrafficOnly"] is True
    assert account["minimumTlsVersion"] == "TLS1_2"
    vault = evaluation.modules["keyVault"].resources["vault"]["properties"]
    assert vault["enableRbacAuthorization"] is True
    assert vault["enablePurgeProtection"] is True
    insights = evaluation.modules["monitoring"].resources["insights"]["properties"]
    assert insights["DisableLocalAuth"] is True


@pytest.mark.parametrize("module", ["storage", "keyVault", "configuration", "redis"])
def test_what_holds_something_sends_its_diagnostics(module):
    diagnostics = evaluate(useRedis=True).modules[module].resources["diagnostics"]["properties"]

    assert diagnostics["workspaceId"] == "monitoring.outputs.workspaceId"
    assert any(
        each["enabled"] for kind in ("logs", "metrics") for each in diagnostics.get(kind, [])
    )


def test_the_redis_takes_no_keys_and_lets_in_the_app_alone():
    redis = evaluate(useRedis=True).modules["redis"].resources

    assert redis["database"]["properties"]["accessKeysAuthentication"] == "Disabled"
    (policy,) = [body for body in redis.values() if "user" in body["properties"]]
    assert policy["properties"] == {
        "accessPolicyName": "default",
        "user": {"objectId": "functionApp.outputs.principalId"},
    }


def test_the_settings_that_are_kept_stay_out_of_the_history_of_deployments():
    params = read(INFRA / "modules" / "app-settings.bicep").of("param")

    assert {name for name, each in params.items() if "secure" in each.decorators} == {
        "kept",
        "ours",
    }


def test_no_range_leaves_the_proxy_open():
    config = site(evaluate())["siteConfig"]

    assert config["ipSecurityRestrictionsDefaultAction"] == "Allow"
    assert config["ipSecurityRestrictions"] == []


def test_ranges_close_the_proxy_and_its_deployment_site_to_all_others():
    config = site(evaluate(allowedIpRanges=["203.0.113.0/24", "2001:db8::/32"]))["siteConfig"]

    assert config["ipSecurityRestrictionsDefaultAction"] == "Deny"
    assert [rule["ipAddress"] for rule in config["ipSecurityRestrictions"]] == [
        "203.0.113.0/24",
        "2001:db8::/32",
    ]
    assert len({rule["priority"] for rule in config["ipSecurityRestrictions"]}) == 2
    assert config["scmIpSecurityRestrictionsUseMain"] is True


def test_a_fixed_address_leads_all_traffic_through_its_subnet():
    evaluation = deploy("flex", useFixedOutboundAddress=True)

    network = evaluation.modules["network"].resources
    (subnet,) = network["network"]["properties"]["subnets"]
    assert subnet["properties"]["natGateway"] == {"id": "gateway.id"}
    (delegation,) = subnet["properties"]["delegations"]
    assert delegation["properties"]["serviceName"] == "Microsoft.App/environments"
    assert site(evaluation)["virtualNetworkSubnetId"] == "network.outputs.subnetId"
    assert site(evaluation)["outboundVnetRouting"] == {"allTraffic": True}
    assert evaluation.outputs["outboundAddress"] == "network.outputs.address"


def test_classic_consumption_refuses_a_fixed_address():
    with pytest.raises(Refused, match="useFixedOutboundAddress needs useFlexConsumption"):
        _ = deploy("classic", useFixedOutboundAddress=True).modules


def test_nothing_that_costs_is_made_unasked():
    assert not {"redis", "network"} & evaluate().modules.keys()
    assert site(evaluate())["functionAppConfig"]["scaleAndConcurrency"]["alwaysReady"] == []


def test_the_deployer_gets_a_role_only_when_named():
    nobody, somebody = evaluate(), evaluate(deployerObjectId="an-id", deployerPrincipalType="User")

    assert "deployerOnKeyVault" not in nobody.modules["roles"].resources
    role = somebody.modules["roles"].resources["deployerOnKeyVault"]["properties"]
    assert role["principalId"] == "an-id"
    # Key Vault Secrets Officer
    assert role["roleDefinitionId"].endswith("b86a8fe4-44ce-4948-aee5-eccb2c155cd7")
    assert nobody.modules["roles"].outputs["deployerRoleAssignmentId"] == ""


def test_each_alert_asks_a_query_and_tells_the_same_people():
    alerts = evaluate(alertEmail="operator@example.org").modules["alerts"].resources

    asked = [rule["properties"]["criteria"]["allOf"][0]["query"] for rule in alerts["alerts"]]
    files = ("error-rate", "budget-exhausted", "secrets-unresolved")
    assert asked == [(INFRA / "kql" / f"{name}.kql").read_text() for name in files]
    assert {str(rule["properties"]["actions"]) for rule in alerts["alerts"]} == {
        str({"actionGroups": ["people.id"]})
    }
    (receiver,) = alerts["people"]["properties"]["emailReceivers"]
    assert receiver["emailAddress"] == "operator@example.org"


def test_the_workbook_and_the_alerts_show_every_query():
    workbook = evaluate().modules["workbook"].resources["workbook"]["properties"]
    alerts = evaluate().modules["alerts"].resources["alerts"]

    shown = [item["content"].get("query") for item in workbook["serializedData"]["items"]]
    asked = [rule["properties"]["criteria"]["allOf"][0]["query"] for rule in alerts]
    files = {path.read_text() for path in (INFRA / "kql").glob("*.kql")}
    assert files <= {*shown, *asked}
