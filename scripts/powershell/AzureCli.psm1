# The Azure CLI: what it is asked, which of its errors pass, and what helps against the others.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
# A program's exit code is looked at here, and is no error of PowerShell's own.
$script:PSNativeCommandUseErrorActionPreference = $false

# Seconds between tries: a role is around everywhere within ten minutes, a deployment ends within a
# quarter of an hour.
$script:Delays = @{
    Role     = @(5, 10, 15) + @(30) * 19
    Conflict = @(15, 30) + @(60) * 14
}
$script:PassingError = @{
    Role     = 'ForbiddenByRbac|\(Forbidden\)|Caller is not authorized|' +
        'getaddrinfo|Failed to resolve|Name or service not known'
    Conflict = 'DeploymentActive|AnotherOperationInProgress|ongoing deployment|' +
        'deployment (?:is )?(?:currently )?in progress|\bConflict\b|\b409\b'
}
$script:LastingError = 'already exists|AlreadyTaken|AlreadyInUse|NameNotAvailable|deleted state'

# Part of an error, and what helps; the first that fits.
$script:Advice = @(
    @('already exists in deleted state|VaultAlreadyExists',
        'A deleted vault keeps its name: run again with -TemplateParameter recoverKeyVault=true.'),
    @('Website with given name|AlreadyTaken|AlreadyInUse|NameNotAvailable',
        'Somebody else has that name: choose another prefix, or -TemplateParameter uniqueNames=true.'),
    @('subscription of .* doesn''t exist|SubscriptionNotFound|InvalidSubscriptionId',
        'This sign-in does not reach that subscription: az account list --all shows those that it does.'),
    @('roleAssignments/write|AuthorizationFailed',
        'Whoever deploys needs Owner, or Contributor with User Access Administrator.'),
    @('MissingSubscriptionRegistration|NoRegisteredProviderFound',
        'The subscription has never used such a resource: az provider register --namespace NAMESPACE helps.'),
    @('LocationNotAvailable|SkuNotAvailable|quota|InsufficientCapacity',
        'That plan cannot be had there now: choose another location.'),
    @('Bicep (?:CLI|version)',
        'The Azure CLI could not fetch Bicep: az bicep install shows why.')
)

function Show-Message {
    <#
    .SYNOPSIS
    Tell whoever runs the script something.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)]
        [string] $Text
    )

    Write-Information -MessageData $Text -InformationAction Continue
}

function Invoke-AzureCli {
    <#
    .SYNOPSIS
    Ask the Azure CLI; return its answer as objects, or throw its error.
    .DESCRIPTION
    With -Quiet nothing is returned: some answers hold the secret that was just written.
    #>
    [CmdletBinding()]
    [OutputType([object])]
    param(
        [Parameter(Mandatory)]
        [string[]] $Arguments,

        [switch] $Quiet
    )

    # What a program writes to its error stream is no error of PowerShell's; its exit code decides.
    $ErrorActionPreference = 'Continue'
    $format = $Quiet ? 'none' : 'json'
    $lines = & az @Arguments --output $format --only-show-errors 2>&1
    $failed = $LASTEXITCODE -ne 0
    $errors = @($lines | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
    if ($failed) {
        throw [System.InvalidOperationException]::new(($errors -join [Environment]::NewLine))
    }
    $answer = @($lines | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] })
    if (-not $Quiet -and $answer.Count -gt 0) {
        $answer -join [Environment]::NewLine | ConvertFrom-Json
    }
}

function Invoke-Patiently {
    <#
    .SYNOPSIS
    Do something again while its error says that it may work a little later.
    #>
    [CmdletBinding()]
    [OutputType([object])]
    param(
        [Parameter(Mandatory)]
        [scriptblock] $Action,

        [Parameter(Mandatory)]
        [ValidateSet('Conflict', 'Role')]
        [string] $For
    )

    foreach ($delay in $script:Delays[$For]) {
        try {
            return & $Action
        }
        catch {
            $message = $_.Exception.Message
            if ($message -notmatch $script:PassingError[$For] -or $message -match $script:LastingError) {
                throw
            }
            Show-Message -Text "    not yet, again in $delay s"
            Start-Sleep -Seconds $delay
        }
    }
    & $Action
}

function Connect-Subscription {
    <#
    .SYNOPSIS
    Use the sign-in that there is, else sign in; go to the subscription and return the account.
    #>
    [CmdletBinding()]
    [OutputType([object])]
    param(
        [Parameter(Mandatory)]
        [string] $SubscriptionId
    )

    if (-not (Get-Command -Name 'az' -CommandType Application -ErrorAction Ignore)) {
        throw 'The Azure CLI is needed, and there is no az on the PATH.'
    }
    try {
        $null = Invoke-AzureCli -Arguments 'account', 'show'
    }
    catch {
        if ($_.Exception.Message -notmatch 'az login|AADSTS') {
            throw
        }
        & az login --output none | Out-Host
        if ($LASTEXITCODE -ne 0) {
            throw 'az login did not end well.'
        }
    }
    Invoke-AzureCli -Quiet -Arguments 'account', 'set', '--subscription', $SubscriptionId
    $account = Invoke-AzureCli -Arguments 'account', 'show'
    if ($SubscriptionId -notin $account.id, $account.name) {
        throw "The sign-in stays in another subscription, $($account.name)."
    }
    if ($account.state -ne 'Enabled') {
        throw "The subscription $($account.name) is $($account.state)."
    }
    Show-Message -Text "    $($account.name), as $($account.user.name)"
    $account
}

function Get-Advice {
    <#
    .SYNOPSIS
    Return what helps against an error, or nothing where nobody knows.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory)]
        [AllowEmptyString()]
        [string] $Message
    )

    foreach ($pair in $script:Advice) {
        if ($Message -match $pair[0]) {
            return $pair[1]
        }
    }
}

Export-ModuleMember -Function @(
    'Show-Message'
    'Invoke-AzureCli'
    'Invoke-Patiently'
    'Connect-Subscription'
    'Get-Advice'
)
