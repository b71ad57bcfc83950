# What is deployed: the infrastructure, the package, and the one put on the other.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
# A Python that does not run is passed over, and is no error of PowerShell's own.
$script:PSNativeCommandUseErrorActionPreference = $false
Import-Module -Name (Join-Path -Path $PSScriptRoot -ChildPath 'AzureCli.psm1')

$script:Root = Split-Path -Path $PSScriptRoot -Parent | Split-Path -Parent

function Install-Infrastructure {
    <#
    .SYNOPSIS
    Bring everything in Azure to what the template says; return its outputs.
    #>
    [CmdletBinding()]
    [OutputType([object])]
    param(
        [Parameter(Mandatory)]
        [object] $Account,

        [Parameter(Mandatory)]
        [string] $DeploymentName,

        [Parameter(Mandatory)]
        [string] $Location,

        [Parameter(Mandatory)]
        [string[]] $TemplateParameter
    )

    $template = Join-Path -Path $script:Root -ChildPath 'infra' -AdditionalChildPath 'main.bicep'
    $command = @(
        'deployment', 'sub', 'create', '--name', $DeploymentName, '--location', $Location
        '--template-file', $template, '--parameters'
    ) + $TemplateParameter + @(
        '--no-prompt', 'true', '--query', 'properties.outputs', '--subscription', $Account.id
    )
    Invoke-Patiently -For Conflict -Action {
        Invoke-AzureCli -Arguments $command
    }
}

function Get-Python {
    <#
    .SYNOPSIS
    Return a Python that can make the package.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    foreach ($name in 'python3', 'python', 'py') {
        $found = Get-Command -Name $name -CommandType Application -ErrorAction Ignore |
            Select-Object -First 1
        if ($found) {
            $version = & $found.Source -c 'import sys; print(sys.version_info[:2] >= (3, 11))' 2>$null
            if ($version -eq 'True') {
                return $found.Source
            }
        }
    }
    throw 'Python 3.11 or later is needed to make the package.'
}

function New-Package {
    <#
    .SYNOPSIS
    Make the package for a version of Python; return where it lies.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType([string])]
    param(
        [Parameter(Mandatory)]
        [string] $PythonVersion
    )

    $package = Join-Path -Path $script:Root -ChildPath 'build' -AdditionalChildPath 'app.zip'
    if ($PSCmdlet.ShouldProcess($package)) {
        $python = Get-Python
        Push-Location -Path $script:Root
        try {
            $lines = & $python -m scripts.package --target $PythonVersion
            if ($LASTEXITCODE -ne 0) {
                throw 'The package could not be made.'
            }
            $lines | ForEach-Object { Show-Message -Text "    $_" }
        }
        finally {
            Pop-Location
        }
    }
    $package
}

function Publish-Package {
    <#
    .SYNOPSIS
    Put the package on the app, its libraries installed over there.
    .DESCRIPTION
    One command for both plans: it deploys in one step to Flex Consumption, and over Oryx to the
    classic one.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)]
        [object] $Account,

        [Parameter(Mandatory)]
        [object] $Proxy,

        [Parameter(Mandatory)]
        [string] $Package
    )

    $command = @(
        'functionapp', 'deployment', 'source', 'config-zip'
        '--resource-group', $Proxy.Group, '--name', $Proxy.App
        '--src', $Package, '--build-remote', 'true', '--subscription', $Account.id
    )
    Invoke-Patiently -For Conflict -Action {
        Invoke-AzureCli -Quiet -Arguments $command
    }
}

Export-ModuleMember -Function 'Install-Infrastructure', 'New-Package', 'Publish-Package'
