# Secrets as they are given: taken without an echo, checked without being said.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Get-Secret {
    <#
    .SYNOPSIS
    Return a secret as it was given, or ask for it without an echo.
    .DESCRIPTION
    Text is taken with a warning: refusing it would print it, in an error of PowerShell's own.
    #>
    [CmdletBinding()]
    [OutputType([securestring])]
    param(
        [AllowNull()]
        [object] $Given,

        [Parameter(Mandatory)]
        [string] $Name
    )

    if ($Given -is [securestring]) {
        return $Given
    }
    if ($Given) {
        Write-Warning -Message ("-$Name was given as text. This shell's history may have it now, " +
            'and the list of processes if the script was started by pwsh -File. Leave it out to be ' +
            'asked for it.')
        return [System.Net.NetworkCredential]::new('', [string] $Given).SecurePassword
    }
    Read-Host -Prompt "$Name (not shown)" -AsSecureString
}

function ConvertFrom-Secret {
    <#
    .SYNOPSIS
    Return what a secret says, trimmed.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory)]
        [securestring] $Secret
    )

    [System.Net.NetworkCredential]::new('', $Secret).Password.Trim()
}

function Assert-Secret {
    <#
    .SYNOPSIS
    Throw, without the value, where a secret is none that the proxy can read.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)]
        [securestring] $Secret,

        [Parameter(Mandatory)]
        [string] $Name,

        [Parameter(Mandatory)]
        [ValidateSet('Token', 'Keys')]
        [string] $Kind
    )

    $one = '[!-~-[,:]]'
    $key = "(?:[\w.-]{1,32}:)?$one+(?::(?:read|write)(?::[1-9][0-9]{0,3})?)?"
    $pattern = $Kind -eq 'Token' ? '^[!-~]+$' : "^$key(?:\s*,\s*$key)*\s*,?$"
    $plain = ConvertFrom-Secret -Secret $Secret
    if ($plain -notmatch $pattern -or $plain -match '^@Microsoft\.KeyVault\(') {
        throw "$Name is empty, or nothing that the proxy can use."
    }
}

function Get-FirstKey {
    <#
    .SYNOPSIS
    Return a key that a client may send, out of a list such as name:key:read,name:key.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory)]
        [securestring] $Keys
    )

    $first = (ConvertFrom-Secret -Secret $Keys).Split(',')[0].Trim().Split(':')
    $first.Count -eq 1 ? $first[0] : $first[1]
}

Export-ModuleMember -Function 'Get-Secret', 'ConvertFrom-Secret', 'Assert-Secret', 'Get-FirstKey'
