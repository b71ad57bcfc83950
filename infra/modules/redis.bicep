// The Redis that instances share. Its address holds its key, so it goes into the vault and nowhere else.

@description('The region of the Redis.')
param location string

@description('The name of the Redis, unique in its region.')
param name string

@description('The vault that the address goes into.')
param keyVaultName string

@description('The workspace that diagnostics go to.')
param workspaceId string

resource cluster 'Microsoft.Cache/redisEnterprise@2025-07-01' = {
  name: name
  location: location
  sku: {
    name: 'Balanced_B0'
  }
  properties: {
    // Budget and kept answers are worth a minute each: a second copy would cost more than their loss.
    highAvailability: 'Disabled'
    minimumTlsVersion: '1.2'
    publicNetworkAccess: 'Enabled'
  }
}

// One shard under one address: the proxy's scripts reach all their keys and meet no redirection.
resource database 'Microsoft.Cache/redisEnterprise/databases@2025-07-01' = {
  parent: cluster
  name: 'default'
  properties: {
    accessKeysAuthentication: 'Enabled'
    clientProtocol: 'Encrypted'
    clusteringPolicy: 'NoCluster'
    evictionPolicy: 'VolatileLRU'
    port: 10000
  }
}

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = {
  name: keyVaultName
}

resource stateUrl 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = {
  parent: vault
  name: 'STATE-URL'
  properties: {
    contentType: 'The address of the shared state, with its key'
    value: 'rediss://:${uriComponent(database.listKeys().primaryKey)}@${cluster.properties.hostName}:${database.properties.port}/0'
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: cluster
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

@description('The secret that holds the address.')
output secretName string = stateUrl.name
