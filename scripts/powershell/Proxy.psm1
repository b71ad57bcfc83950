# The deployed proxy as its callers see it: its health, and one real call.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module -Name (Join-Path -Path $PSScriptRoot -ChildPath 'AzureCli.psm1')
Import-Module -Name (Join-Path -Path $PSScriptRoot -ChildPath 'Secret.psm1')
Import-Module -Name (Join-Path -Path $PSScriptRoot -ChildPath 'Vault.psm1')

# A first start reads secrets, and a new role of the app is needed for that: ten minutes.
$script:StartDelays = @(10) * 30 + @(20) * 15
$script:CallDelays = @(5, 15, 30)
# While secrets stay unresolved, the app is told to read them anew each so many tries.
$script:RefreshEvery = 6
# Asked for to see that everything works together; everybody may know it.
$script:KnownArtist = 3840

function Get-Reply {
    <#
    .SYNOPSIS
    Return status and JSON of an address: 0 where nothing answers, empty where it is no object.
    #>
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        [Parameter(Mandatory)]
        [uri] $Address,

        [hashtable] $Headers = @{}
    )

    $reply = [pscustomobject]@{ Status = 0; Json = @{} }
    try {
        $answer = Invoke-WebRequest -Uri $Address -Headers $Headers -TimeoutSec 60 -SkipHttpErrorCheck
        $reply.Status = [int] $answer.StatusCode
        $json = $answer.Content | ConvertFrom-Json -AsHashtable
        if ($json -is [System.Collections.IDictionary]) {
            $reply.Json = $json
        }
    }
    catch {
        Write-Verbose -Message "No answer, or no JSON: $($_.Exception.GetType().Name)"
    }
    $reply
}

function Wait-Proxy {
    <#
    .SYNOPSIS
    Wait until the proxy says that it has its secrets.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)]
        [object] $Account,

        [Parameter(Mandatory)]
        [object] $Proxy
    )

    $address = "https://$($Proxy.HostName)/api/healthz"
    $status = 'starting'
    $tries = 0
    foreach ($delay in $script:StartDelays + @(0)) {
        $reply = Get-Reply -Address $address
        $status = $reply.Json['status'] ?? 'starting'
        if ($status -eq 'ok') {
            return
        }
        $tries++
        if ($status -eq 'secrets_unresolved' -and $tries % $script:RefreshEvery -eq 0) {
            Sync-Secret -Account $Account -ResourceGroup $Proxy.Group -AppName $Proxy.App
        }
        if ($delay -gt 0) {
            Show-Message -Text "    not yet ($status), again in $delay s"
            Start-Sleep -Seconds $delay
        }
    }
    throw "$address does not say that all is well, but: $status."
}

function Test-Proxy {
    <#
    .SYNOPSIS
    Ask the proxy for something that only Discogs knows; throw what it said if it does not.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)]
        [object] $Proxy,

        [Parameter(Mandatory)]
        [securestring] $Keys
    )

    $address = "https://$($Proxy.HostName)/api/artists/$script:KnownArtist"
    $headers = @{ 'x-api-key' = Get-FirstKey -Keys $Keys }
    foreach ($delay in $script:CallDelays + @(0)) {
        $reply = Get-Reply -Address $address -Headers $headers
        if ($reply.Status -eq 200 -and $reply.Json['id'] -eq $script:KnownArtist) {
            return
        }
        if ($delay -gt 0) {
            Show-Message -Text "    not yet (status $($reply.Status)), again in $delay s"
            Start-Sleep -Seconds $delay
        }
    }
    throw "The answer has status $($reply.Status): $($reply.Json['error']) $($reply.Json['reason'])"
}

Export-ModuleMember -Function 'Wait-Proxy', 'Test-Proxy'
