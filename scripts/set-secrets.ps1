#Requires -Version 7.2

<#
.SYNOPSIS
Write the proxy's secrets into its vault, and have the app read them.

.DESCRIPTION
For the first time or to change them. What is neither given nor typed stays as it is. The app has
the new values within a few minutes; its health says when it can read them.

.PARAMETER ResourceGroupName
The resource group of the proxy.

.PARAMETER VaultName
The vault in it.

.PARAMETER SubscriptionId
The subscription; without it the one that the Azure CLI is in.

.PARAMETER DiscogsToken
The Discogs token, as a secure string. Without it the script asks.

.PARAMETER ClientApiKey
The key that clients send, or several as name:key,name:key; as a secure string, or asked for.

.EXAMPLE
./scripts/set-secrets.ps1 -ResourceGroupName records -VaultName jmd-discogs-kv
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $ResourceGroupName,

    [Parameter(Mandatory)]
    [string] $VaultName,

    [string] $SubscriptionId,

    [AllowNull()]
    [object] $DiscogsToken,

    [AllowNull()]
    [object] $ClientApiKey
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
foreach ($module in 'AzureCli', 'Secret', 'Vault') {
    $path = Join-Path -Path $PSScriptRoot -ChildPath 'powershell' -AdditionalChildPath "$module.psm1"
    Import-Module -Name $path -Force
}

$step = 'reading the secrets'
try {
    $given = [ordered]@{
        'DISCOGS-TOKEN' = Get-Secret -Given $DiscogsToken -Name 'DiscogsToken'
        'X-API-KEY'     = Get-Secret -Given $ClientApiKey -Name 'ClientApiKey'
    }
    $kinds = @{ 'DISCOGS-TOKEN' = 'Token'; 'X-API-KEY' = 'Keys' }
    $names = @($given.Keys | Where-Object { $given[$_].Length -gt 0 })
    foreach ($name in $names) {
        Assert-Secret -Secret $given[$name] -Name $name -Kind $kinds[$name]
    }
    if ($names.Count -eq 0) {
        Show-Message -Text 'Nothing was given: everything stays as it is.'
        exit 0
    }

    $step = 'sign-in'
    if (-not $SubscriptionId) {
        $SubscriptionId = (Invoke-AzureCli -Arguments 'account', 'show').id
    }
    $account = Connect-Subscription -SubscriptionId $SubscriptionId

    $step = 'writing the secrets'
    $assignment = Grant-SecretsOfficer -Account $account -VaultName $VaultName
    foreach ($name in $names) {
        Write-VaultSecret -Account $account -VaultName $VaultName -Name $name -Secret $given[$name]
        Show-Message -Text "$name is written."
    }
    Revoke-SecretsOfficer -Account $account -AssignmentId $assignment

    $step = 'having the app read them'
    $apps = @(Invoke-AzureCli -Arguments @(
            'functionapp', 'list', '--resource-group', $ResourceGroupName
            '--query', '[].name', '--subscription', $account.id
        ))
    foreach ($app in $apps) {
        Sync-Secret -Account $account -ResourceGroup $ResourceGroupName -AppName $app
        Show-Message -Text "$app reads its secrets anew."
    }
}
catch {
    $message = $_.Exception.Message
    $advice = Get-Advice -Message $message
    $again = 'Run the same command again: nothing is harmed by that.'
    $lines = "Stopped at ${step}:", "    $message", $advice, $again
    [Console]::Error.WriteLine(($lines | Where-Object { $_ }) -join [Environment]::NewLine)
    exit 1
}
