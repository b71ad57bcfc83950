"""`deploy.ps1` and `set-secrets.ps1` against the stand-in for the Azure CLI, where pwsh is."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.scripts.support.azure import KEY, KEYS, SUBSCRIPTION, TOKEN, Azure
from tests.shipped_app import ROOT

ACTIVE = "DeploymentActive: Unable to edit or replace deployment: previous deployment is active."
FORBIDDEN = "(Forbidden) Caller is not authorized to perform action on resource. ForbiddenByRbac"
# No waiting, and a proxy that answers; both are found before PowerShell's own.
WORLD = """
$folder = '{folder}'
function global:Start-Sleep {{ param($Seconds) Add-Content -LiteralPath "$folder/slept" $Seconds }}
function global:Invoke-WebRequest {{
    param($Uri, $Headers, $TimeoutSec, [switch] $SkipHttpErrorCheck)
    $lines = @(Get-Content -LiteralPath "$folder/answers")
    $answers = [System.Collections.Generic.List[string]] $lines
    $isHealth = "$Uri".EndsWith('/healthz')
    $body = $isHealth ? $answers[0] : '{{"id": 3840}}'
    if ($isHealth -and $answers.Count -gt 1) {{
        $answers.RemoveAt(0)
        Set-Content -LiteralPath "$folder/answers" $answers
    }}
    [pscustomobject]@{{ StatusCode = 200; Content = $body }}
}}
function Get-Given($Name) {{
    $plain = Get-Content -LiteralPath "$folder/../$Name"
    [System.Net.NetworkCredential]::new('', $plain).SecurePassword
}}
$token = Get-Given 'given-token'
$keys = Get-Given 'given-keys'
& '{script}' {arguments}
exit $LASTEXITCODE
"""
DEPLOY = (
    f"-SubscriptionId {SUBSCRIPTION} -ResourceGroup records -NamePrefix vinyl "
    "-Location westeurope -DiscogsToken $token -ClientApiKey $keys"
)
SECRETS = (
    f"-ResourceGroupName records -VaultName vinyl-kv -SubscriptionId {SUBSCRIPTION} "
    "-DiscogsToken $token -ClientApiKey $keys"
)


@pytest.fixture(scope="module")
def pwsh():
    found = shutil.which("pwsh")
    if found is None:
        pytest.skip("PowerShell 7 is not on this machine: what runs in it is only read here")
    return found


@pytest.fixture
def azure(tmp_path):
    (tmp_path / "given-token").write_text(TOKEN, encoding="utf-8")
    (tmp_path / "given-keys").write_text(KEYS, encoding="utf-8")
    azure = Azure(tmp_path / "azure")
    (azure.folder / "answers").write_text('{"status": "ok"}\n', encoding="utf-8")
    return azure


def run(pwsh, azure, script="deploy.ps1", arguments=DEPLOY):
    text = WORLD.format(folder=azure.folder, script=ROOT / "scripts" / script, arguments=arguments)
    path = azure.folder.parent / "run.ps1"
    path.write_text(text, encoding="utf-8")
    return subprocess.run(
        (pwsh, "-NoProfile", "-NonInteractive", "-File", str(path)),
        env={
            **os.environ,
            "AZ_FOLDER": str(azure.folder),
            "PATH": os.pathsep.join((str(azure.folder), os.environ["PATH"])),
            "TMPDIR": str(azure.folder),
        },
        capture_output=True,
        text=True,
        check=False,
    )


def slept(azure):
    path = azure.folder / "slept"
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def test_powershells_own_parser_finds_nothing_in_the_scripts(pwsh):
    paths = [*ROOT.glob("scripts/*.ps1"), *ROOT.glob("scripts/powershell/*.psm1")]
    code = "; ".join(
        "$e = $null; $null = [System.Management.Automation.Language.Parser]::ParseFile("
        f"'{path}', [ref] $null, [ref] $e); $e"
        for path in paths
    )
    command = (pwsh, "-NoProfile", "-Command", code)
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.stdout.strip() + done.stderr.strip() == ""


@pytest.mark.parametrize(("switch", "flex"), [("", "false"), (" -UseFlexConsumption", "true")])
def test_a_deployment_does_every_step(pwsh, azure, switch, flex):
    done = run(pwsh, azure, arguments=DEPLOY + switch)

    assert done.returncode == 0, done.stdout + done.stderr
    assert any(f"useFlexConsumption={flex}" in command for command in azure.commands)
    assert {name: kept["value"] for name, kept in azure.vault.items()} == {
        "DISCOGS-TOKEN": TOKEN,
        "X-API-KEY": KEYS,
    }
    assert azure.times("functionapp deployment source config-zip") == 1
    assert azure.times("role assignment create") == azure.times("role assignment delete") == 1
    assert "Action spec: https://vinyl-func.azure.example/api/openapi.json" in done.stdout


def test_what_passes_is_waited_for(pwsh, azure):
    azure.play(
        ("deployment sub create", 2, ACTIVE),
        ("keyvault secret set", 3, FORBIDDEN),
        ("functionapp deployment", 1, ACTIVE),
    )
    starting = '{"status": "secrets_unresolved"}\n' * 2
    (azure.folder / "answers").write_text(starting + '{"status": "ok"}\n', encoding="utf-8")

    done = run(pwsh, azure)

    assert done.returncode == 0, done.stdout + done.stderr
    assert slept(azure) == [15, 30, 5, 10, 15, 15, 10, 10]


def test_a_wrong_subscription_stops_before_anything_is_made(pwsh, azure):
    azure.play(("account set", 1, "The subscription of 'x' doesn't exist in cloud 'AzureCloud'."))

    done = run(pwsh, azure)

    assert done.returncode == 1
    assert "Stopped at sign-in" in done.stderr
    assert azure.times("deployment") == 0


def test_a_failure_says_where_and_is_taken_up_from_there(pwsh, azure):
    azure.play(("functionapp deployment", 1, "Something is wrong."))

    first = run(pwsh, azure)
    second = run(pwsh, azure, arguments=f"{DEPLOY} -From deploy")

    assert (first.returncode, second.returncode) == (1, 0), second.stdout + second.stderr
    assert "-From deploy leaves out what came before" in " ".join(first.stderr.split())
    assert azure.times("deployment sub create") == 1


def test_no_secret_is_left_in_an_argument_an_environment_the_output_or_a_file(pwsh, azure):
    azure.play(("keyvault secret set", 1, FORBIDDEN), ("functionapp deployment", 1, "Refused."))

    done = run(pwsh, azure)

    kept = [path for path in azure.folder.iterdir() if path.name != "vault.json" and path.is_file()]
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in kept]
    left = "\n".join([json.dumps(azure.calls), done.stdout, done.stderr, *texts])
    assert TOKEN not in left
    assert KEY not in left
    assert {kept["mode"] for kept in azure.vault.values()} == {0o600}
    assert not any(Path(kept["file"]).exists() for kept in azure.vault.values())


def test_a_secret_that_was_given_as_text_is_taken_with_a_warning_and_not_printed(pwsh, azure):
    done = run(pwsh, azure, arguments=DEPLOY.replace("$token", TOKEN))

    assert done.returncode == 0, done.stdout + done.stderr
    assert "-DiscogsToken was given as text" in " ".join(done.stdout.split())
    assert TOKEN not in done.stdout + done.stderr


def test_a_value_that_is_no_secret_is_refused_without_being_printed(pwsh, azure):
    (azure.folder.parent / "given-keys").write_text("two words", encoding="utf-8")

    done = run(pwsh, azure)

    assert done.returncode == 1
    assert "two words" not in done.stdout + done.stderr
    assert azure.calls == []


def test_secrets_are_changed_alone_and_the_app_is_told(pwsh, azure):
    done = run(pwsh, azure, "set-secrets.ps1", SECRETS)

    assert done.returncode == 0, done.stdout + done.stderr
    assert azure.vault["X-API-KEY"]["value"] == KEYS
    assert any("sites/vinyl-func/config/configreferences" in each for each in azure.commands)
