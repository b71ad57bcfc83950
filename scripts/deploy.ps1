#Requires -Version 7.2

<#
.SYNOPSIS
Bring the proxy to Azure: everything it needs there, its secrets, itself.

.DESCRIPTION
Signs in or uses the present sign-in, provisions infra/main.bicep, writes both secrets into the
vault, packages and deploys the app, waits until it has its secrets and makes one real call. It may
be run again at any time; a failure says at which step it stopped and how to go on.

.PARAMETER SubscriptionId
The subscription, by its id.

.PARAMETER ResourceGroup
The resource group; it is made where it does not exist.

.PARAMETER NamePrefix
What the names start with.

.PARAMETER Location
The region of everything.

.PARAMETER DiscogsToken
The Discogs token, as a secure string. Without it the script asks, which is the safest.

.PARAMETER ClientApiKey
The key that clients send, or several as name:key,name:key; as a secure string, or asked for.

.PARAMETER UseFlexConsumption
Flex Consumption with Python 3.13. Without it: classic Linux Consumption with Python 3.12. An app
keeps the plan that it was made with.

.PARAMETER TemplateParameter
More parameters of the template, as name=value.

.PARAMETER From
The step to begin with, to take up a deployment that stopped.

.EXAMPLE
./scripts/deploy.ps1 -SubscriptionId $id -ResourceGroup records -Location canadacentral -UseFlexConsumption
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $SubscriptionId,

    [Parameter(Mandatory)]
    [string] $ResourceGroup,

    [string] $NamePrefix = 'jmd-discogs',

    [string] $Location = 'canadacentral',

    [AllowNull()]
    [object] $DiscogsToken,

    [AllowNull()]
    [object] $ClientApiKey,

    [switch] $UseFlexConsumption,

    [string[]] $TemplateParameter = @(),

    [ValidateSet('provision', 'secrets', 'package', 'deploy', 'health', 'call')]
    [string] $From = 'provision'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
foreach ($module in 'AzureCli', 'Secret', 'Vault', 'Deployment', 'Proxy') {
    $path = Join-Path -Path $PSScriptRoot -ChildPath 'powershell' -AdditionalChildPath "$module.psm1"
    Import-Module -Name $path -Force
}

$deploymentName = "$NamePrefix-$Location" -replace '[^\w.-]', '-'
$deploymentName = $deploymentName.Substring(0, [Math]::Min(64, $deploymentName.Length))
$pythonVersion = $UseFlexConsumption ? '3.13' : '3.12'
$parameters = @(
    "rgName=$ResourceGroup"
    "location=$Location"
    "namePrefix=$NamePrefix"
    "useFlexConsumption=$("$UseFlexConsumption".ToLowerInvariant())"
) + $TemplateParameter

$titles = [ordered]@{
    provision = 'Bringing everything in Azure about; this may take ten minutes'
    secrets   = 'Writing the secrets into the vault'
    package   = 'Making the package'
    deploy    = 'Putting the package on the app; its libraries are installed there'
    health    = 'Waiting until the proxy has its secrets'
    call      = 'Making one real call'
}
$names = @($titles.Keys)
$first = $names.IndexOf($From.ToLowerInvariant())
$step = 'the secrets given'

try {
    # Asked for first, so that nobody has to come back for it in ten minutes.
    $keys = Get-Secret -Given $ClientApiKey -Name 'ClientApiKey'
    Assert-Secret -Secret $keys -Name 'ClientApiKey' -Kind Keys
    if ($first -le $names.IndexOf('secrets')) {
        $token = Get-Secret -Given $DiscogsToken -Name 'DiscogsToken'
        Assert-Secret -Secret $token -Name 'DiscogsToken' -Kind Token
    }

    $step = 'sign-in'
    Show-Message -Text 'Signing in'
    $account = Connect-Subscription -SubscriptionId $SubscriptionId
    $made = $null
    $proxy = $null
    foreach ($step in $names[$first..($names.Count - 1)]) {
        Show-Message -Text "[$($names.IndexOf($step) + 1)/$($names.Count)] $($titles[$step]) ($step)"
        if ($step -ne 'provision' -and -not $proxy) {
            $made ??= Invoke-AzureCli -Arguments @(
                'deployment', 'sub', 'show', '--name', $deploymentName
                '--query', 'properties.outputs', '--subscription', $account.id
            )
            if (-not $made) {
                throw 'Azure knows of no such deployment: begin with -From provision.'
            }
            $proxy = [pscustomobject]@{
                Group    = $made.resourceGroupName.value
                App      = $made.functionAppName.value
                Vault    = $made.keyVaultName.value
                HostName = $made.hostName.value
                Spec     = $made.actionSpecUrl.value
            }
        }
        switch ($step) {
            'provision' {
                $where = @{ DeploymentName = $deploymentName; Location = $Location }
                $made = Install-Infrastructure -Account $account @where -TemplateParameter $parameters
            }
            'secrets' {
                $assignment = Grant-SecretsOfficer -Account $account -VaultName $proxy.Vault
                $kept = @{ Account = $account; VaultName = $proxy.Vault }
                Write-VaultSecret @kept -Name 'DISCOGS-TOKEN' -Secret $token
                Write-VaultSecret @kept -Name 'X-API-KEY' -Secret $keys
                Revoke-SecretsOfficer -Account $account -AssignmentId $assignment
                Sync-Secret -Account $account -ResourceGroup $proxy.Group -AppName $proxy.App
            }
            'package' {
                $null = New-Package -PythonVersion $pythonVersion
            }
            'deploy' {
                $package = New-Package -PythonVersion $pythonVersion
                Publish-Package -Account $account -Proxy $proxy -Package $package
            }
            'health' {
                Wait-Proxy -Account $account -Proxy $proxy
            }
            'call' {
                Test-Proxy -Proxy $proxy -Keys $keys
            }
        }
    }
}
catch {
    $message = $_.Exception.Message
    $advice = Get-Advice -Message $message
    $again = 'Run the same command again: what is done is found as it is, or done again unharmed'
    $skip = $step -in $names ? "; -From $step leaves out what came before" : ''
    $lines = "Stopped at ${step}:", "    $message", $advice, "$again$skip."
    [Console]::Error.WriteLine(($lines | Where-Object { $_ }) -join [Environment]::NewLine)
    exit 1
}

Show-Message -Text @"

The proxy answers on https://$($proxy.HostName)
Action spec: $($proxy.Spec)

Next: have a GPT import its Action from that address, with an API key in the header x-api-key;
      hold the proxy against its description: make contract BASE_URL=https://$($proxy.HostName)
      and keep docs/operations-guide.md at hand.
"@
