// What the Function App is told: its settings, with references to secrets, and where diagnostics go.

@description('The Function App.')
param appName string

@description('Flex Consumption, else classic Linux Consumption.')
param useFlexConsumption bool

@description('The account of the app\'s storage.')
param storageAccountName string

@description('The share for the content of an app on classic Consumption.')
param contentShareName string

@description('The vault of the secrets.')
param keyVaultName string

@description('The Application Insights of the app.')
param insightsName string

@description('The settings of the proxy itself, by their names.')
param proxySettings object

@description('The workspace that diagnostics go to.')
param workspaceId string

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageAccountName
}

resource keyVault 'Microsoft.KeyVault/vaults@2025-05-01' existing = {
  name: keyVaultName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource site 'Microsoft.Web/sites@2025-03-01' existing = {
  name: appName
}

// Without a version in it, a reference follows the newest one within a day, or at the next change of a setting.
var secretsUrl = '${keyVault.properties.vaultUri}secrets'
var secretSettings = {
  DISCOGS_TOKEN: '@Microsoft.KeyVault(SecretUri=${secretsUrl}/DISCOGS-TOKEN)'
  X_API_KEY: '@Microsoft.KeyVault(SecretUri=${secretsUrl}/X-API-KEY)'
}

var telemetrySettings = {
  APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD'
}

var flexSettings = {
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__blobServiceUri: account.properties.primaryEndpoints.blob
  AzureWebJobsStorage__queueServiceUri: account.properties.primaryEndpoints.queue
  AzureWebJobsStorage__tableServiceUri: account.properties.primaryEndpoints.table
}

// Classic Consumption keeps the app's content in a share, which only a key opens, and builds it on arrival.
var storageWithKey = 'DefaultEndpointsProtocol=https;AccountName=${account.name};AccountKey=${account.listKeys().keys[0].value};EndpointSuffix=${environment().suffixes.storage}'
var classicSettings = {
  AzureWebJobsStorage: storageWithKey
  WEBSITE_CONTENTAZUREFILECONNECTIONSTRING: storageWithKey
  WEBSITE_CONTENTSHARE: contentShareName
  FUNCTIONS_EXTENSION_VERSION: '~4'
  FUNCTIONS_WORKER_RUNTIME: 'python'
  SCM_DO_BUILD_DURING_DEPLOYMENT: 'true'
  ENABLE_ORYX_BUILD: 'true'
}

// Settings are written as a whole. What others have set is kept: on classic Consumption, where the package is.
// A deployment cannot read what it writes itself, so that it is read here and written in one of its own.
module settings 'app-settings.bicep' = {
  name: 'discogs-app-settings'
  params: {
    appName: appName
    kept: list('${site.id}/config/appsettings', '2025-03-01').properties
    ours: union(
      telemetrySettings,
      useFlexConsumption ? flexSettings : classicSettings,
      proxySettings,
      secretSettings
    )
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: site
  properties: {
    workspaceId: workspaceId
    metrics: [
      {
        category: 'AllMetrics'
        enabled: true
      }
    ]
  }
}
