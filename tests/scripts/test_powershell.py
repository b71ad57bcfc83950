"""The PowerShell scripts, as far as can be told without PowerShell; seeded errors are found."""

import re

import pytest

from scripts.deployment import patience, wanted
from tests.scripts.support.powershell import (
    PARSER,
    command_name,
    findings,
    functions_of,
    of_type,
    parameters_of,
)
from tests.shipped_app import ROOT

PATHS = sorted([*ROOT.glob("scripts/*.ps1"), *ROOT.glob("scripts/powershell/*.psm1")])
FILES = {path.name: path.read_text(encoding="utf-8") for path in PATHS}
APPROVED = {
    "Assert", "Connect", "ConvertFrom", "Get", "Grant", "Install", "Invoke", "New", "Publish",
    "Revoke", "Show", "Sync", "Test", "Wait", "Write",
}  # fmt: skip


def tree(name):
    return PARSER.parse(FILES[name].encode()).root_node


def test_the_scripts_keep_to_the_grammar_and_call_and_read_only_what_there_is():
    assert findings(FILES) == []


SEEDED = {
    "does not fit the grammar": ("AzureCli.psm1", "    & $Action\n}", "    & $Action\n"),
    "nobody knows Shw-Message": ("Vault.psm1", "Show-Message", "Shw-Message"),
    "Write-VaultSecret has no -vault": ("deploy.ps1", "-Name 'X-API-KEY'", "-Vault 'X-API-KEY'"),
    "Wait-Proxy needs -proxy": ("deploy.ps1", "Wait-Proxy -Account $account -Proxy $proxy",
                                "Wait-Proxy -Account $account"),
    "nobody set $scop": ("Vault.psm1", "'--scope', $scope", "'--scope', $scop"),
    "nobody set $script:RefreshEver": ("Proxy.psm1", "% $script:RefreshEvery",
                                       "% $script:RefreshEver"),
    "does not use -appname": ("Vault.psm1", "sites/$AppName", "sites/x"),
    "Invoke-AzureCli is given $command": (
        "Vault.psm1", "'--file', $file.FullName,", "'--value', (ConvertFrom-Secret $Secret),"
    ),
    "az is given $Secret": ("Vault.psm1", "& chmod 600 $file.FullName", "& az --value $Secret"),
    "Show-Message is given $plain": (
        "Secret.psm1", "    if ($plain -notmatch", "    Show-Message -Text $plain\n    if ($plain"
    ),
    "a text holds $plain": ("Secret.psm1", 'throw "$Name is empty', 'throw "$plain is empty'),
}  # fmt: skip


@pytest.mark.parametrize("finding", SEEDED)
def test_a_seeded_error_is_found(finding):
    name, right, wrong = SEEDED[finding]
    assert right in FILES[name]

    found = findings({**FILES, name: FILES[name].replace(right, wrong)})

    assert [each for each in found if finding in each], found


def test_the_scripts_take_the_parameters_that_are_documented():
    deploy, secrets = parameters_of(tree("deploy.ps1")), parameters_of(tree("set-secrets.ps1"))

    assert list(deploy)[:7] == [
        "subscriptionid", "resourcegroup", "nameprefix", "location", "discogstoken", "clientapikey",
        "useflexconsumption",
    ]  # fmt: skip
    assert {name for name, mandatory in deploy.items() if mandatory} == {
        "subscriptionid",
        "resourcegroup",
    }
    assert list(secrets)[:2] == ["resourcegroupname", "vaultname"]
    for name, parameters in (("deploy.ps1", deploy), ("set-secrets.ps1", secrets)):
        described = re.findall(r"^\.PARAMETER (\w+)", FILES[name], re.MULTILINE)
        assert [each.lower() for each in described] == list(parameters)


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".psm1")])
def test_a_module_has_an_approved_verb_and_a_help_text_for_each_function(name):
    for function in functions_of(tree(name)):
        verb, _, noun = function.name.partition("-")
        assert verb in APPROVED
        assert not noun.endswith("s")
        assert ".SYNOPSIS" in function.node.text.decode()
        assert "[CmdletBinding(" in function.node.text.decode()


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".psm1")])
def test_a_module_exports_what_it_has_and_others_call_only_that(name):
    exported = set(re.findall(r"'([\w-]+)'", FILES[name].partition("Export-ModuleMember")[2]))
    own = {function.name for function in functions_of(tree(name))}
    called = {
        command_name(command)
        for other in FILES
        if other != name
        for command in of_type(tree(other), "command")
    }

    assert exported <= own
    assert called & own <= exported


@pytest.mark.parametrize("name", FILES)
def test_a_file_imports_the_modules_whose_functions_it_calls(name):
    called = {command_name(command) for command in of_type(tree(name), "command")}
    homes = {f.name: module for module in FILES for f in functions_of(tree(module))}
    head = FILES[name].partition("function ")[0]

    needed = {homes[each].removesuffix(".psm1") for each in called if each in homes}
    assert {each for each in needed if f"'{each}" not in head} <= {name.removesuffix(".psm1")}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_plain_ascii_which_every_console_and_editor_reads_alike(name):
    assert FILES[name].isascii()
    assert max(map(len, FILES[name].splitlines())) <= 110


def test_both_ways_to_deploy_have_the_same_steps_and_the_same_patience():
    steps = re.search(r"ValidateSet\(([^)]*)\)\]\s+\[string\] \$From", FILES["deploy.ps1"])[1]
    cli, proxy = FILES["AzureCli.psm1"], FILES["Proxy.psm1"]

    assert tuple(re.findall(r"'(\w+)'", steps)) == wanted.STEPS
    assert "Role     = @(5, 10, 15) + @(30) * 19" in cli
    assert "Conflict = @(15, 30) + @(60) * 14" in cli
    assert "StartDelays = @(10) * 30 + @(20) * 15" in proxy
    assert (5, 10, 15, *[30] * 19) == patience.ROLES
    assert (15, 30, *[60] * 14) == patience.CONFLICTS
    assert (*[10] * 30, *[20] * 15) == patience.START
