"""Claim that the check of the templates finds the mistakes that people make."""

import shutil
from pathlib import Path

import pytest

from tests.infra.bicep.check import check
from tests.infra.deployment import INFRA

SEEDS = {
    "a brace is missing": ("main", "location: location\n}", "location: location\n", "syntax"),
    "a symbol is misspelt": ("main", "name: appName\n", "name: apName\n", "undeclared"),
    "a symbol is declared twice": ("main", "var ending =", "var appName =", "duplicate"),
    "a param is used nowhere": (
        "modules/plan",
        "@description('The name",
        "@description('x')\nparam spare string\n\n@description('The name",
        "unused",
    ),
    "a var is used nowhere": (
        "modules/plan",
        "resource plan",
        "var x = 1\n\nresource plan",
        "unused",
    ),
    "an existing resource is used nowhere": (
        "modules/configuration",
        "APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString",
        "APPLICATIONINSIGHTS_CONNECTION_STRING: 'x'",
        "unused",
    ),
    "a function is misspelt": ("main", "uniqueString(", "uniqeString(", "function"),
    "a decorator is misspelt": ("main", "@minLength(2)", "@minLenght(2)", "decorator"),
    "a param has no description": (
        "modules/plan",
        "@description('The name of the plan.')\n",
        "",
        "description",
    ),
    "a module is misspelt": ("main", "'modules/plan.bicep'", "'modules/plans.bicep'", "module"),
    "a module lacks a param": (
        "main",
        "    recover: recoverKeyVault\n",
        "",
        "missing-param",
    ),
    "a module gets a wrong param": ("main", "planId: plan", "planName: plan", "unknown-param"),
    "a module gets a value of another type": (
        "main",
        "allowSharedKeys: !useFlexConsumption",
        "allowSharedKeys: 'true'",
        "type",
    ),
    "a module gets the output of another type": (
        "main",
        "allowSharedKeys: !useFlexConsumption",
        "allowSharedKeys: monitoring.outputs.workspaceId",
        "type",
    ),
    "a module gets a text that it does not allow": (
        "main",
        "deployerPrincipalType: deployerPrincipalType",
        "deployerPrincipalType: 'Robot'",
        "enum",
    ),
    "an output is misspelt": ("main", "plan.outputs.id", "plan.outputs.ids", "output"),
    "what may not come about is asked for an output": (
        "main",
        "network!.outputs.subnetId",
        "network.outputs.subnetId",
        "conditional",
    ),
    "a dependency is implied": (
        "main",
        "    roles\n",
        "    roles\n    functionApp\n",
        "dependency",
    ),
    "a secret is not secure": (
        "modules/plan",
        "param name string",
        "param name string\n\n@description('x')\nparam discogsToken string = name",
        "secure",
    ),
    "a key is in an output": (
        "modules/storage",
        "output name string = account.name",
        "output name string = account.listKeys().keys[0].value",
        "secret-output",
    ),
    "a var with a key is in an output": (
        "modules/configuration",
        "resource diagnostics",
        "@description('x')\noutput x string = storageWithKey\n\nresource diagnostics",
        "secret-output",
    ),
    "a secure param is in an output": (
        "modules/plan",
        "param name string",
        "@secure()\nparam name string\n\n@description('x')\noutput x string = '${name}!'",
        "secret-output",
    ),
    "a property is misspelt": (
        "modules/storage",
        "allowBlobPublicAccess: false",
        "allowBlobPublicAcess: false",
        "property",
    ),
    "a property of a var is misspelt": (
        "modules/function-app",
        "instanceMemoryMB",
        "instanceMemoryMb",
        "property",
    ),
    "a property in a loop is misspelt": (
        "modules/function-app",
        "ipAddress: addresses",
        "ipAdress: addresses",
        "property",
    ),
    "a property of an older library is misspelt": (
        "modules/alerts",
        "evaluationFrequency:",
        "evaluationFrequence:",
        "property",
    ),
    "a property is where it has no effect": (
        "modules/function-app",
        "    siteConfig: union(",
        "    ftpsState: 'Disabled'\n    siteConfig: union(",
        "property",
    ),
    "a property has a wrong text": ("modules/storage", "'TLS1_2'", "'TLS1.2'", "enum"),
    "a branch of a condition has a wrong text": (
        "modules/key-vault",
        "'recover' :",
        "'recovery' :",
        "enum",
    ),
    "a property of a var has a wrong text": (
        "modules/function-app",
        "type: 'blobContainer'",
        "type: 'BlobContainers'",
        "enum",
    ),
    "a property of an older library has a wrong text": (
        "modules/redis",
        "'NoCluster'",
        "'NonClustered'",
        "enum",
    ),
    "a property has a value of another type": (
        "modules/key-vault",
        "enablePurgeProtection: true",
        "enablePurgeProtection: 'true'",
        "type",
    ),
    "a number is a text": (
        "modules/key-vault",
        "softDeleteRetentionInDays: 90",
        "softDeleteRetentionInDays: '90'",
        "type",
    ),
    "a list is one thing": ("modules/alerts", "[people.id]", "{ id: people.id }", "type"),
    "a property is read-only": (
        "modules/function-app",
        "    httpsOnly: true",
        "    httpsOnly: true\n    defaultHostName: name",
        "read-only",
    ),
    "a required property is missing": (
        "modules/key-vault",
        "    tenantId: tenant().tenantId\n",
        "",
        "required",
    ),
    "a version is none": ("modules/plan", "@2025-03-01", "@2025-3-1", "resource-type"),
    "a type is none": ("modules/plan", "Web/serverfarms", "Web/serverFarm", "resource-type"),
    "a resource has no name": ("modules/plan", "  name: name\n", "", "name"),
    "a child names no parent": ("modules/redis", "  parent: database\n", "", "parent"),
    "a name is known too late": (
        "modules/storage",
        "name: 'app-package'",
        "name: account.properties.primaryLocation",
        "start",
    ),
    "a condition is known too late": (
        "modules/roles",
        "if (!empty(deployerObjectId))",
        "if (!empty(keyVault.properties.vaultUri))",
        "start",
    ),
    "a text is only what is in it": (
        "modules/plan",
        "name: name",
        "name: '${name}'",
        "interpolation",
    ),
    "a scope is missing": ("main", "  scope: group\n", "", "scope"),
    "a resource is in the wrong scope": (
        "main",
        "resource group 'Microsoft",
        "resource stray 'Microsoft.Web/serverfarms@2025-03-01' = {\n  name: rgName\n}\n\n"
        "resource group 'Microsoft",
        "scope",
    ),
    "a resource reads itself": (
        "modules/app-settings",
        "union(kept",
        "union(list('${site.id}/config/appsettings', '2025-03-01').properties, kept",
        "circle",
    ),
    "a var reads what it is written into": (
        "modules/app-settings",
        "union(kept, ours)\n}\n",
        "union(there, ours)\n}\n\n"
        "var there = list('${site.id}/config/appsettings', '2025-03-01').properties\n",
        "circle",
    ),
    "what is read of a resource is misspelt": (
        "modules/configuration",
        "keyVault.properties.vaultUri",
        "keyVault.properties.vaultUrl",
        "read",
    ),
    "what is read far inside a resource is misspelt": (
        "modules/storage",
        "primaryEndpoints.blob",
        "primaryEndpoints.blobs",
        "read",
    ),
    "what is read of a thing in a list is misspelt": (
        "modules/network",
        "subnets[0].id",
        "subnets[0].ident",
        "read",
    ),
    "what may not come about is read": (
        "modules/redis",
        "redisEnterprise@2025-07-01' = {",
        "redisEnterprise@2025-07-01' = if (!empty(location)) {",
        "conditional",
    ),
    "a text may be too long": ("main", "@maxLength(15)", "@maxLength(16)", "long"),
    "a text may be too short": (
        "main",
        "name: '${namePrefix}-kv${ending}'",
        "name: take(namePrefix, 2)",
        "short",
    ),
    "a default is of another type": (
        "main",
        "param cacheMb int = 64",
        "param cacheMb int = '64'",
        "default",
    ),
    "a default is too small": (
        "main",
        "maximumInstanceCount int = 40",
        "maximumInstanceCount int = 0",
        "default",
    ),
    "a default is no choice": ("main", "string = 'User'", "string = 'Robot'", "default"),
    "a key is quoted": ("modules/plan", "    reserved:", "    'reserved':", "quotes"),
    "a backslash stands for nothing": ("main", "else\\'s", "else\\'s \\d", "escape"),
    "a region is no param": (
        "modules/plan",
        "location: location",
        "location: 'westus'",
        "location",
    ),
    "texts are put together by a function": (
        "main",
        "'${namePrefix}-func${ending}'",
        "concat('x', namePrefix)",
        "concat",
    ),
    "a file is none": ("modules/alerts", "error-rate.kql", "errorrate.kql", "file"),
    "a part of a union is misspelt": (
        "modules/function-app",
        "  http20Enabled",
        "  http2Enabled",
        "property",
    ),
    "a host is of one cloud": (
        "modules/configuration",
        "${environment().suffixes.storage}",
        "core.windows.net",
        "host",
    ),
}


@pytest.mark.parametrize("mistake", SEEDS)
def test_a_mistake_is_found(mistake, tmp_path):
    file, right, wrong, code = SEEDS[mistake]
    path = _copy(tmp_path) / f"{file}.bicep"
    text = path.read_text()
    assert right in text
    path.write_text(text.replace(right, wrong, 1))

    assert code in {finding.code for finding in check(path)}


def test_a_finding_says_where_and_what(tmp_path):
    path = _copy(tmp_path) / "modules" / "plan.bicep"
    lines = path.read_text().splitlines()
    number = lines.index("    reserved: true")
    lines[number] = "    reservd: true"
    path.write_text("\n".join(lines))

    (finding,) = check(path)
    assert str(finding) == f"plan.bicep:{number + 1}: property: there is no property reservd"


def _copy(folder: Path) -> Path:
    return shutil.copytree(INFRA, folder / "infra")
