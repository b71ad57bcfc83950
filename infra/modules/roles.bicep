// Who may do what: the app with its storage, its secrets and its telemetry; the deployer with the secrets.

@description('Who the app is.')
param appPrincipalId string

@description('The account of the app\'s storage.')
param storageAccountName string

@description('Whether the app reaches its storage as itself and not with a key.')
param useIdentityForStorage bool

@description('The vault of the secrets.')
param keyVaultName string

@description('The Application Insights of the app.')
param insightsName string

@description('Who may write secrets besides. Empty: nobody.')
param deployerObjectId string

@description('What the deployer is.')
param deployerPrincipalType 'User' | 'Group' | 'ServicePrincipal'

var keyVaultReader = '4633458b-17de-408a-b874-0445c86b69e6' // Key Vault Secrets User
var keyVaultWriter = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7' // Key Vault Secrets Officer
var telemetryWriter = '3913510d-42f4-4e42-8a64-420c390055eb' // Monitoring Metrics Publisher
// The host keeps its locks in blobs, its diagnostic events in tables, and may take to queues.
var storageRoles = [
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // Storage Blob Data Owner
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // Storage Queue Data Contributor
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' // Storage Table Data Contributor
]
var deployerRoleName = guid(keyVault.id, deployerObjectId, keyVaultWriter)

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageAccountName
}

resource keyVault 'Microsoft.KeyVault/vaults@2025-05-01' existing = {
  name: keyVaultName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource appOnStorage 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in (useIdentityForStorage ? storageRoles : []): {
    name: guid(account.id, appPrincipalId, role)
    scope: account
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
      principalId: appPrincipalId
      principalType: 'ServicePrincipal'
    }
  }
]

resource appOnKeyVault 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(keyVault.id, appPrincipalId, keyVaultReader)
  scope: keyVault
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultReader)
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource appOnInsights 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, appPrincipalId, telemetryWriter)
  scope: insights
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', telemetryWriter)
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource deployerOnKeyVault 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(deployerObjectId)) {
  name: deployerRoleName
  scope: keyVault
  properties: {
    description: 'To write the secrets; take it away when they are written.'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultWriter)
    principalId: deployerObjectId
    principalType: deployerPrincipalType
  }
}

@description('The role of the deployer, to be taken away; empty where there is none.')
output deployerRoleAssignmentId string = empty(deployerObjectId)
  ? ''
  : extensionResourceId(keyVault.id, 'Microsoft.Authorization/roleAssignments', deployerRoleName)
