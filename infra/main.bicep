// Everything that the proxy needs in Azure, in a resource group of its own.
targetScope = 'subscription'

@description('The resource group; it is made where it does not exist.')
@minLength(1)
@maxLength(90)
param rgName string

@description('The region of everything.')
param location string = 'canadacentral'

@description('What the names start with: PREFIX-func, PREFIX-kv and so on. Letters, digits and single hyphens between them, a letter first.')
@minLength(2)
@maxLength(15)
param namePrefix string = 'jmd-discogs'

@description('Whether names that must be unique in the world end in five letters of their own; for when somebody else has PREFIX-func or PREFIX-kv.')
param uniqueNames bool = false

@description('Flex Consumption with Python 3.13; false: classic Linux Consumption with Python 3.12. A Function App keeps the plan that it was made with.')
param useFlexConsumption bool = true

@description('Who may write secrets: the object id of the person or program that deploys. Empty: nobody new. Take the role away when the secrets are written.')
param deployerObjectId string = ''

@description('What the deployer is.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param deployerPrincipalType string = 'User'

@description('Address ranges such as 203.0.113.0/24 that may reach the proxy and its deployment site. Empty: all.')
param allowedIpRanges string[] = []

@description('Bring back a vault of this name that was deleted; its name stays taken until then.')
param recoverKeyVault bool = false

@description('Whether instances share budget and answers in Azure Managed Redis.')
param useRedis bool = false

@description('Whether Discogs sees one address that is nobody else\'s. Flex Consumption only.')
param useFixedOutboundAddress bool = false

@description('Who is told when an alert fires. Empty: nobody; the alerts are still to be seen.')
param alertEmail string = ''

@description('The most instances at a time. Flex Consumption may refuse less than 40; classic Consumption stops at 100.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances that wait for calls all the time and cost all the time. Flex Consumption only.')
@minValue(0)
@maxValue(20)
param alwaysReadyInstances int = 0

@description('Whether callers may change what is on Discogs: ALLOW_WRITES.')
param allowWrites bool = false

@description('The most calls to Discogs in a minute: RATE_LIMIT_PER_MINUTE. 0: as many as Discogs takes.')
@minValue(0)
@maxValue(9999)
param rateLimitPerMinute int = 0

@description('The longest time for one call: DEADLINE_SECONDS.')
@minValue(1)
@maxValue(230)
param deadlineSeconds int = 40

@description('Memory of an instance for kept answers, in MB: CACHE_MB. 0: none.')
@minValue(0)
@maxValue(999)
param cacheMb int = 64

@description('The share of Discogs\' answers that are compared with the description: DRIFT_SAMPLE. 0: none.')
param driftSample string = '0.05'

@description('Where clients reach the proxy: PUBLIC_BASE_URL. Empty: the host name of the Function App.')
param publicBaseUrl string = ''

@description('How the proxy introduces itself to Discogs: DISCOGS_USER_AGENT. Empty: its name, version and address.')
param discogsUserAgent string = ''

@description('Where the privacy page says that you can be reached: PRIVACY_CONTACT. Empty: nowhere.')
@maxLength(200)
param privacyContact string = ''

@description('Whether the app writes OpenTelemetry to Application Insights: TELEMETRY=azure.')
param useOpenTelemetry bool = false

var ending = uniqueNames ? '-${take(uniqueString(subscription().id, rgName), 5)}' : ''
var appName = '${namePrefix}-func${ending}'
var lettersOfPrefix = take(toLower(replace(namePrefix, '-', '')), 7)
// Nobody has to remember the account's name, so that it is always one of its own.
var storageAccountName = '${lettersOfPrefix}stor${uniqueString(subscription().id, rgName, namePrefix)}'
var hasNetwork = useFixedOutboundAddress && !useFlexConsumption
  ? fail('useFixedOutboundAddress needs useFlexConsumption: classic Linux Consumption has no network of its own.')
  : useFixedOutboundAddress

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: rgName
  location: location
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'discogs-monitoring'
  scope: group
  params: {
    location: location
    namePrefix: namePrefix
  }
}

module storage 'modules/storage.bicep' = {
  name: 'discogs-storage'
  scope: group
  params: {
    location: location
    name: storageAccountName
    allowSharedKeys: !useFlexConsumption
    contentShareName: '${toLower(appName)}-content'
    workspaceId: monitoring.outputs.workspaceId
  }
}

module keyVault 'modules/key-vault.bicep' = {
  name: 'discogs-key-vault'
  scope: group
  params: {
    location: location
    name: '${namePrefix}-kv${ending}'
    recover: recoverKeyVault
    workspaceId: monitoring.outputs.workspaceId
  }
}

module network 'modules/network.bicep' = if (hasNetwork) {
  name: 'discogs-network'
  scope: group
  params: {
    location: location
    namePrefix: namePrefix
  }
}

module redis 'modules/redis.bicep' = if (useRedis) {
  name: 'discogs-redis'
  scope: group
  params: {
    location: location
    name: '${namePrefix}-redis${ending}'
    appPrincipalId: functionApp.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module plan 'modules/plan.bicep' = {
  name: 'discogs-plan'
  scope: group
  params: {
    location: location
    name: '${namePrefix}-plan'
    useFlexConsumption: useFlexConsumption
  }
}

module functionApp 'modules/function-app.bicep' = {
  name: 'discogs-function-app'
  scope: group
  params: {
    location: location
    name: appName
    planId: plan.outputs.id
    useFlexConsumption: useFlexConsumption
    packagesUrl: storage.outputs.packagesUrl
    subnetId: hasNetwork ? network!.outputs.subnetId : ''
    allowedIpRanges: allowedIpRanges
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyInstances: alwaysReadyInstances
  }
}

module roles 'modules/roles.bicep' = {
  name: 'discogs-roles'
  scope: group
  params: {
    appPrincipalId: functionApp.outputs.principalId
    storageAccountName: storage.outputs.name
    useIdentityForStorage: useFlexConsumption
    keyVaultName: keyVault.outputs.name
    insightsName: monitoring.outputs.insightsName
    deployerObjectId: deployerObjectId
    deployerPrincipalType: deployerPrincipalType
  }
}

module publishing 'modules/publishing.bicep' = {
  name: 'discogs-publishing'
  scope: group
  params: {
    appName: functionApp.outputs.name
  }
}

module configuration 'modules/configuration.bicep' = {
  name: 'discogs-configuration'
  scope: group
  params: {
    appName: functionApp.outputs.name
    useFlexConsumption: useFlexConsumption
    storageAccountName: storage.outputs.name
    contentShareName: '${toLower(appName)}-content'
    keyVaultName: keyVault.outputs.name
    insightsName: monitoring.outputs.insightsName
    workspaceId: monitoring.outputs.workspaceId
    proxySettings: {
      ALLOW_WRITES: allowWrites ? 'true' : 'false'
      CACHE_MB: string(cacheMb)
      DEADLINE_SECONDS: string(deadlineSeconds)
      DISCOGS_USER_AGENT: discogsUserAgent
      DRIFT_SAMPLE: driftSample
      PRIVACY_CONTACT: privacyContact
      PUBLIC_BASE_URL: empty(publicBaseUrl) ? 'https://${functionApp.outputs.hostName}' : publicBaseUrl
      RATE_LIMIT_PER_MINUTE: rateLimitPerMinute == 0 ? '' : string(rateLimitPerMinute)
      STATE_IDENTITY: useRedis ? functionApp.outputs.principalId : ''
      STATE_URL: useRedis ? redis!.outputs.address : ''
      TELEMETRY: useOpenTelemetry ? 'azure' : ''
    }
  }
  // References and identity-based storage are tried when the app starts, so the roles come first.
  dependsOn: [
    roles
    publishing
  ]
}

module alerts 'modules/alerts.bicep' = {
  name: 'discogs-alerts'
  scope: group
  params: {
    location: location
    namePrefix: namePrefix
    insightsName: monitoring.outputs.insightsName
    alertEmail: alertEmail
  }
}

module workbook 'modules/workbook.bicep' = {
  name: 'discogs-workbook'
  scope: group
  params: {
    location: location
    insightsName: monitoring.outputs.insightsName
  }
}

@description('The host name of the proxy.')
output hostName string = functionApp.outputs.hostName

@description('Where a GPT imports its Action from.')
output actionSpecUrl string = 'https://${functionApp.outputs.hostName}/api/openapi.json'

@description('The vault that the secrets DISCOGS-TOKEN and X-API-KEY go into.')
output keyVaultName string = keyVault.outputs.name

@description('The Function App that the package goes to.')
output functionAppName string = functionApp.outputs.name

@description('The resource group of everything.')
output resourceGroupName string = group.name

@description('The address that Discogs sees, where it is fixed; else empty.')
output outboundAddress string = hasNetwork ? network!.outputs.address : ''

@description('The role assignment of the deployer, to be deleted when the secrets are written; empty where none was asked for.')
output deployerRoleAssignmentId string = roles.outputs.deployerRoleAssignmentId
