"""`make deploy` against a stand-in for the Azure CLI: order, failures that pass, and secrecy."""

import json
import os
import re
import socket
from pathlib import Path

import pytest

from scripts import deploy, package
from scripts.deployment import secret
from scripts.deployment.site import Reply
from tests.scripts.support.azure import (
    KEY,
    KEYS,
    NAMES,
    SILENT,
    STARTING,
    SUBSCRIPTION,
    TOKEN,
    UNRESOLVED,
    WELL,
    Azure,
)  # fmt: skip
from tests.scripts.support.front_end import PAGE, front_end
from tests.shipped_app import ROOT

ORDER = [
    "account show",
    "account set",
    "account show",
    "deployment sub create",
    "ad signed-in-user show",
    "keyvault show",
    "role assignment create",
    "keyvault secret set",
    "keyvault secret set",
    "role assignment delete",
    "rest --method post",
    "functionapp deployment source config-zip",
]
FORBIDDEN = "(Forbidden) Caller is not authorized to perform action on resource. ForbiddenByRbac"
ACTIVE = "DeploymentActive: Unable to edit or replace deployment: previous deployment is active."
NO_SUBSCRIPTION = "The subscription of 'x' doesn't exist in cloud 'AzureCloud'."
PLAYED = {"vault.json", "plays.json"}
SIGN_IN = "Please run 'az login' to setup account."


@pytest.fixture
def azure(tmp_path, monkeypatch):
    folder = tmp_path / "azure"
    (tmp_path / "files").mkdir()
    monkeypatch.setattr(secret.tempfile, "tempdir", str(tmp_path / "files"))
    azure = Azure(folder)
    monkeypatch.setattr(package, "main", lambda said: azure.keep("packed.json", " ".join(said)))
    return azure


def run(azure, *, prompt=None, **settings):
    environment = {
        "PATH": os.environ["PATH"],
        "AZ": str(azure.program),
        "AZ_FOLDER": str(azure.folder),
        "SUBSCRIPTION_ID": SUBSCRIPTION,
        "RESOURCE_GROUP": "records",
        "NAME_PREFIX": "vinyl",
        "LOCATION": "westeurope",
        "DISCOGS_TOKEN": TOKEN,
        "X_API_KEY": KEYS,
        **settings,
    }
    return deploy.main(environment, azure.get, azure.slept.append, prompt)


def begun_in_order(commands):
    return [next(words for words in ORDER if command.startswith(words)) for command in commands]


def test_a_deployment_does_every_step_once_and_in_order(azure, capsys):
    assert run(azure, FLEX="true") == 0

    assert begun_in_order(azure.commands) == ORDER
    assert [address for address, _ in azure.asked] == [
        "https://vinyl-func.azure.example/api/healthz",
        "https://vinyl-func.azure.example/api/artists/3840",
    ]
    assert azure.asked[1][1] == {"x-api-key": KEY}
    assert (
        "Action spec: https://vinyl-func.azure.example/api/openapi.json" in capsys.readouterr().out
    )


@pytest.mark.parametrize(("flex", "python"), [("true", "3.13"), ("false", "3.12"), ("", "3.12")])
def test_the_plan_decides_what_the_template_is_told_and_what_the_package_is_made_for(
    azure, flex, python
):
    run(azure, FLEX=flex, PARAMETERS="allowWrites=true uniqueNames=true")

    command = next(c for c in azure.commands if c.startswith("deployment sub create"))
    said = command.partition("--parameters ")[2].partition(" --no-prompt")[0]
    assert said.split() == [
        "rgName=records", "location=westeurope", "namePrefix=vinyl",
        f"useFlexConsumption={flex or 'false'}", "allowWrites=true", "uniqueNames=true",
    ]  # fmt: skip
    assert json.loads((azure.folder / "packed.json").read_text()) == f"--target {python}"


def test_the_package_is_built_where_it_will_run(azure):
    run(azure)

    assert "--build-remote true" in azure.commands[-1]
    assert "--name vinyl-func" in azure.commands[-1]


def test_every_command_after_the_sign_in_names_its_subscription_but_those_about_persons(azure):
    run(azure)

    others = [c for c in azure.commands if not c.startswith(("account", "ad "))]
    assert [c for c in others if f"--subscription {SUBSCRIPTION}" not in c] == []


def test_the_vault_gets_both_secrets_as_they_were_given(azure):
    run(azure)

    assert {name: kept["value"] for name, kept in azure.vault.items()} == {
        "DISCOGS-TOKEN": TOKEN,
        "X-API-KEY": KEYS,
    }


def test_secrets_that_are_not_set_are_asked_for_without_an_echo(azure):
    prompts = []

    def prompt(text):
        prompts.append(text)
        return TOKEN if "TOKEN" in text else KEYS

    assert run(azure, prompt=prompt, DISCOGS_TOKEN="", X_API_KEY="") == 0
    assert prompts == ["DISCOGS_TOKEN (not shown): ", "X_API_KEY (not shown): "]
    assert azure.vault["X-API-KEY"]["value"] == KEYS


def everything_left(azure, printed):
    """All that others could read: arguments, environments, output, and files but the vault's."""
    files = [path for path in azure.folder.parent.rglob("*") if path.is_file()]
    texts = [path.read_bytes().decode() for path in files if path.name not in PLAYED]
    return "\n".join([json.dumps(azure.calls), printed.out, printed.err, *texts])


@pytest.mark.parametrize("ends", ["well", "badly"])
def test_no_secret_is_left_in_an_argument_an_environment_the_output_or_a_file(azure, capfd, ends):
    if ends == "badly":
        azure.play(
            ("keyvault secret set", 2, FORBIDDEN),
            ("functionapp deployment", 1, f"refused: {TOKEN}, {KEYS} and {KEY}"),
        )
    code = run(azure, MAKEFLAGS=f" -- DISCOGS_TOKEN={TOKEN} X_API_KEY={KEYS}")

    left = everything_left(azure, capfd.readouterr())
    assert code == (1 if ends == "badly" else 0)
    assert TOKEN not in left
    assert KEY not in left
    assert not list((azure.folder.parent / "files").iterdir())


def test_a_secret_lies_in_a_file_that_only_its_owner_can_read_and_only_while_it_is_written(azure):
    run(azure)

    assert {kept["mode"] for kept in azure.vault.values()} == {0o600}
    assert not any(Path(kept["file"]).parent.exists() for kept in azure.vault.values())


def test_the_role_is_taken_for_the_vault_alone_and_given_back(azure):
    run(azure)

    made = next(c for c in azure.commands if c.startswith("role assignment create"))
    assert "--scope /subscriptions/s/vault" in made
    assert "--assignee-object-id object-of-user --assignee-principal-type User" in made
    name = made.partition("--name ")[2].split()[0]
    assert f"role assignment delete --ids /subscriptions/s/vault/roleAssignments/{name}" in (
        "\n".join(azure.commands)
    )


def test_a_role_that_the_deployer_had_before_is_left_to_him(azure):
    azure.keep("role.json", "of-long-standing")

    assert run(azure) == 0
    assert azure.times("role assignment delete") == 0


def test_a_program_deploys_by_its_client_id(azure):
    azure.sign_in(user={"type": "servicePrincipal", "name": "client-id"})

    assert run(azure) == 0
    assert azure.times("ad sp show --id client-id") == 1
    assert any("--assignee-principal-type ServicePrincipal" in c for c in azure.commands)


def test_a_role_that_is_not_around_yet_is_waited_for(azure):
    azure.play(("keyvault secret set", 3, FORBIDDEN))

    assert run(azure) == 0
    assert azure.slept == [5, 10, 15]
    assert azure.times("keyvault secret set") == 5


def test_the_waiting_for_a_role_ends(azure, capsys):
    azure.play(("keyvault secret set", 99, FORBIDDEN))

    assert run(azure) == 1
    assert sum(azure.slept) == 600
    printed = capsys.readouterr().out
    assert "Stopped at step 2 of 6, secrets" in printed
    assert "FROM=secrets leaves out what came before" in printed


@pytest.mark.parametrize("words", ["deployment sub create", "functionapp deployment source"])
def test_a_deployment_that_is_under_way_already_is_waited_for(azure, words):
    azure.play((words, 2, ACTIVE))

    assert run(azure) == 0
    assert azure.slept == [15, 30]


def test_a_name_that_is_taken_is_no_conflict_that_passes(azure, capsys):
    azure.play(("deployment sub create", 1, "Conflict: Website with given name v already exists."))

    assert run(azure) == 1
    assert azure.slept == []
    assert "PARAMETERS=uniqueNames=true" in capsys.readouterr().out


def test_a_deleted_vault_is_told_how_to_bring_back(azure, capsys):
    error = "ConflictError: A vault with the same name already exists in deleted state."
    azure.play(("deployment sub create", 1, error))

    assert run(azure) == 1
    assert "recoverKeyVault=true" in capsys.readouterr().out


def test_who_is_not_signed_in_may_sign_in(azure):
    azure.play(("account show", 1, SIGN_IN))

    assert run(azure, prompt=lambda _: "") == 0
    assert azure.commands[1].startswith("login")


def test_where_nobody_is_there_to_sign_in_nothing_is_done(azure, capsys):
    azure.play(("account show", 1, SIGN_IN))

    assert run(azure) == 1
    assert azure.commands == ["account show --output json --only-show-errors"]
    assert "az login" in capsys.readouterr().out


def test_a_subscription_that_the_sign_in_does_not_reach_stops_before_anything_is_made(
    azure, capsys
):
    azure.play(("account set", 1, NO_SUBSCRIPTION))

    assert run(azure) == 1
    assert azure.times("deployment") == 0
    printed = capsys.readouterr().out
    assert "Stopped at sign-in" in printed
    assert "az account list --all" in printed


@pytest.mark.parametrize(
    ("account", "words"),
    [
        ({"id": "other", "name": "Other"}, "stays in another subscription, Other"),
        ({"state": "Disabled"}, "is Disabled"),
    ],
)
def test_another_or_a_disabled_subscription_stops_before_anything_is_made(
    azure, capsys, account, words
):
    azure.sign_in(**account)

    assert run(azure) == 1
    assert azure.times("deployment") == 0
    assert words in capsys.readouterr().out


def test_a_host_that_is_starting_and_secrets_that_are_not_there_yet_are_waited_for(azure):
    azure.healths = [SILENT, STARTING, *[UNRESOLVED] * 10, WELL]

    assert run(azure) == 0
    assert azure.slept == [10] * 12
    assert azure.times("rest --method post") == 3


def test_secrets_that_stay_unresolved_are_named(azure, capsys):
    azure.healths = [UNRESOLVED]

    assert run(azure) == 1
    printed = capsys.readouterr().out
    assert "Stopped at step 5 of 6, health" in printed
    assert "cannot read DISCOGS_TOKEN from the vault" in printed
    assert sum(azure.slept) == 600


def test_an_app_that_is_not_told_to_read_its_secrets_anew_is_waited_for_all_the_same(azure):
    azure.play(("rest --method post", 1, "NotFound"))

    assert run(azure) == 0


def test_a_real_call_that_fails_stops_with_what_the_proxy_said(azure, capsys):
    azure.answers = [Reply(502, b'{"error": "upstream_error", "reason": "credential_refused"}')]

    assert run(azure) == 1
    printed = capsys.readouterr().out
    assert "Stopped at step 6 of 6, call" in printed
    assert "credential_refused" in printed


def test_a_deployment_is_taken_up_from_a_step(azure):
    assert run(azure, FROM="deploy") == 0

    assert azure.times("deployment sub show --name vinyl-westeurope") == 1
    assert azure.times("deployment sub create") + azure.times("keyvault secret set") == 0


def test_keys_are_rotated_by_one_step(azure):
    assert run(azure, FROM="secrets", UNTIL="secrets") == 0

    assert azure.vault["X-API-KEY"]["value"] == KEYS
    assert azure.times("functionapp") == 0
    assert azure.commands[-1].startswith("rest --method post")


def test_a_secret_that_is_left_empty_stays_as_it_is_when_they_are_changed(azure):
    assert run(azure, FROM="secrets", UNTIL="secrets", DISCOGS_TOKEN="") == 0
    assert [*azure.vault] == ["X-API-KEY"]


def test_a_program_that_may_only_deploy_asks_nothing_of_the_subscription(azure):
    azure.keep("vault.json", {"X-API-KEY": {"value": KEYS}})
    code = run(
        azure, FROM="package", APP="vinyl-func", VAULT="vinyl-kv", HOST="vinyl.example",
        DISCOGS_TOKEN="", X_API_KEY="",
    )  # fmt: skip

    assert code == 0
    assert azure.times("deployment sub") == 0
    assert azure.asked[-1] == ("https://vinyl.example/api/artists/3840", {"x-api-key": KEY})


def test_a_second_deployment_changes_nothing_that_the_first_did(azure):
    assert (run(azure), run(azure)) == (0, 0)
    half = len(azure.commands) // 2

    first, second = azure.commands[:half], azure.commands[half:]
    assert [c for c in first if "--file" not in c] == [c for c in second if "--file" not in c]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"SUBSCRIPTION_ID": ""}, "Set SUBSCRIPTION_ID"),
        ({"FLEX": "yes"}, "FLEX must be"),
        ({"FROM": "secret"}, "FROM must be one of provision, secrets"),
        ({"FROM": "call", "UNTIL": "deploy"}, "comes after"),
        ({"AZ": "", "PATH": "/nowhere"}, "there is no az on the PATH"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is(azure, capsys, settings, words):
    assert run(azure, **settings) == 1
    assert words in capsys.readouterr().out
    assert azure.calls == []


@pytest.mark.parametrize(
    "settings",
    [
        {"X_API_KEY": "a b"},
        {"X_API_KEY": "@Microsoft.KeyVault(SecretUri=https://v/secrets/s)"},
        {"DISCOGS_TOKEN": "tok\ten"},
        {"DISCOGS_TOKEN": ""},
    ],
)
def test_a_value_that_is_no_secret_is_refused_before_anything_is_done(azure, capsys, settings):
    assert run(azure, **settings) == 1
    assert next(iter(settings)) in capsys.readouterr().out
    assert azure.calls == []


def declared(kind):
    template = (ROOT / "infra" / "main.bicep").read_text(encoding="utf-8")
    return set(re.findall(rf"^{kind} (\w+)", template, re.MULTILINE))


def test_what_the_template_is_told_and_asked_for_is_there(azure):
    run(azure)

    made = next(c for c in azure.commands if c.startswith("deployment sub create"))
    told = set(re.findall(r"(\w+)=", made))
    read = {"resourceGroupName", "functionAppName", "keyVaultName", "hostName"}
    assert told <= declared("param")
    assert read <= {*NAMES} <= declared("output")
    assert {"uniqueNames", "recoverKeyVault"} <= declared("param")


def test_an_address_that_nobody_answers_is_a_reply_with_status_0():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/api/healthz"

    assert deploy.get(address, {}) == SILENT


def test_what_is_answered_is_read_whatever_its_status():
    with front_end("http://127.0.0.1:1") as (address, _):
        assert deploy.get(f"{address}/%00", {}) == Reply(400, PAGE)
