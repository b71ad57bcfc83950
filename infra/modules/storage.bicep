// What the Functions host keeps for itself, and the package that it runs.

@description('The region of the account.')
param location string

@description('The name of the account: lower-case letters and digits.')
@minLength(3)
@maxLength(24)
param name string

@description('Whether the account takes its keys; classic Consumption cannot do without them.')
param allowSharedKeys bool

@description('The share for the content of an app on classic Consumption.')
@minLength(3)
@maxLength(63)
param contentShareName string

@description('The workspace that diagnostics go to.')
param workspaceId string

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  kind: 'StorageV2'
  sku: {
    name: 'Standard_LRS'
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: allowSharedKeys
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    // Without a network of its own the app comes from any of Azure's addresses.
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: 'Allow'
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: {
      enabled: true
      days: 7
    }
  }
}

resource packages 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = {
  parent: blobs
  name: 'app-package'
  properties: {
    publicAccess: 'None'
  }
}

resource files 'Microsoft.Storage/storageAccounts/fileServices@2025-06-01' = if (allowSharedKeys) {
  parent: account
  name: 'default'
}

resource contentShare 'Microsoft.Storage/storageAccounts/fileServices/shares@2025-06-01' = if (allowSharedKeys) {
  parent: files
  name: contentShareName
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: blobs
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'StorageWrite'
        enabled: true
      }
      {
        category: 'StorageDelete'
        enabled: true
      }
    ]
  }
}

@description('The account.')
output name string = account.name

@description('The container that packages go to, as an address.')
output packagesUrl string = '${account.properties.primaryEndpoints.blob}${packages.name}'
