// The Redis that instances share. It has no keys: the app comes in as itself, with a token of Entra ID.

@description('The region of the Redis.')
param location string

@description('The name of the Redis, unique in its region.')
param name string

@description('Who the app is, by its object id.')
param appPrincipalId string

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
    accessKeysAuthentication: 'Disabled'
    clientProtocol: 'Encrypted'
    clusteringPolicy: 'NoCluster'
    evictionPolicy: 'VolatileLRU'
    port: 10000
  }
}

// Its name takes letters and digits only, and is another one for an app that was made anew.
resource appOnDatabase 'Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments@2025-07-01' = {
  parent: database
  name: 'app${uniqueString(appPrincipalId)}'
  properties: {
    accessPolicyName: 'default'
    user: {
      objectId: appPrincipalId
    }
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

@description('The address of the shared state: STATE_URL.')
output address string = 'rediss://${cluster.properties.hostName}:${database.properties.port}'
