# The vault: the role to write into it, the writing, and the app that reads it.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module -Name (Join-Path -Path $PSScriptRoot -ChildPath 'AzureCli.psm1')
Import-Module -Name (Join-Path -Path $PSScriptRoot -ChildPath 'Secret.psm1')

# By number: its name is spelled with blanks, which a shell between here and there may split.
$script:SecretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'

function Grant-SecretsOfficer {
    <#
    .SYNOPSIS
    Let whoever is signed in write secrets; return what to take back, nothing if he could before.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory)]
        [object] $Account,

        [Parameter(Mandatory)]
        [string] $VaultName
    )

    $isPerson = $Account.user.type -eq 'user'
    $kind = $isPerson ? 'User' : 'ServicePrincipal'
    $program = @('ad', 'sp', 'show', '--id', $Account.user.name)
    $who = $isPerson ? @('ad', 'signed-in-user', 'show') : $program
    $principal = Invoke-AzureCli -Arguments ($who + @('--query', 'id'))
    $vault = 'keyvault', 'show', '--name', $VaultName, '--query', 'id', '--subscription', $Account.id
    $scope = Invoke-AzureCli -Arguments $vault
    # A name that follows from the two is found again by the next attempt.
    $text = [System.Text.Encoding]::UTF8.GetBytes("$scope/$principal")
    $digest = [System.Security.Cryptography.SHA256]::HashData($text)
    $name = [guid]::new([byte[]] $digest[0..15]).ToString()
    $grant = @(
        'role', 'assignment', 'create', '--name', $name, '--role', $script:SecretsOfficer
        '--assignee-object-id', $principal, '--assignee-principal-type', $kind
        '--scope', $scope, '--subscription', $Account.id
    )
    $made = Invoke-Patiently -For Conflict -Action {
        Invoke-AzureCli -Arguments $grant
    }
    if ($made.name -eq $name) {
        $made.id
    }
}

function Revoke-SecretsOfficer {
    <#
    .SYNOPSIS
    Take back what Grant-SecretsOfficer gave.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)]
        [object] $Account,

        [AllowEmptyString()]
        [string] $AssignmentId
    )

    if ($AssignmentId) {
        $command = 'role', 'assignment', 'delete', '--ids', $AssignmentId, '--subscription', $Account.id
        Invoke-AzureCli -Quiet -Arguments $command
    }
}

function Write-VaultSecret {
    <#
    .SYNOPSIS
    Write one secret into the vault, waiting for the role that allows it.
    .DESCRIPTION
    It goes through a file that only its owner can read, for as long as the Azure CLI needs it: an
    argument would be for everybody on the machine to read.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)]
        [object] $Account,

        [Parameter(Mandatory)]
        [string] $VaultName,

        [Parameter(Mandatory)]
        [string] $Name,

        [Parameter(Mandatory)]
        [securestring] $Secret
    )

    $file = New-TemporaryFile
    try {
        if (-not $IsWindows) {
            & chmod 600 $file.FullName
        }
        [System.IO.File]::WriteAllText($file.FullName, (ConvertFrom-Secret -Secret $Secret))
        $command = @(
            'keyvault', 'secret', 'set', '--vault-name', $VaultName, '--name', $Name
            '--file', $file.FullName, '--encoding', 'utf-8', '--subscription', $Account.id
        )
        Invoke-Patiently -For Role -Action {
            Invoke-AzureCli -Quiet -Arguments $command
        }
    }
    finally {
        Remove-Item -LiteralPath $file.FullName -Force
    }
}

function Sync-Secret {
    <#
    .SYNOPSIS
    Have the app read its secrets anew; by itself it does so once a day.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)]
        [object] $Account,

        [Parameter(Mandatory)]
        [string] $ResourceGroup,

        [Parameter(Mandatory)]
        [string] $AppName
    )

    $group = "/subscriptions/$($Account.id)/resourceGroups/$ResourceGroup"
    $site = "$group/providers/Microsoft.Web/sites/$AppName"
    $address = "$site/config/configreferences/appsettings/refresh?api-version=2022-03-01"
    $command = 'rest', '--method', 'post', '--url', $address, '--subscription', $Account.id
    try {
        Invoke-AzureCli -Quiet -Arguments $command
    }
    catch {
        # The app finds out by itself, only later; its health shows whether it did.
        $why = $_.Exception.Message
        Show-Message -Text "    the app was not told to read its secrets anew: $why"
    }
}

Export-ModuleMember -Function @(
    'Grant-SecretsOfficer'
    'Revoke-SecretsOfficer'
    'Write-VaultSecret'
    'Sync-Secret'
)
