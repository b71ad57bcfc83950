// The settings of the Function App, as they are after a deployment.

@description('The Function App.')
param appName string

@description('The settings that are there already.')
@secure()
param kept object

@description('The settings that are ours, whatever was there.')
@secure()
param ours object

resource site 'Microsoft.Web/sites@2025-03-01' existing = {
  name: appName
}

resource settings 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: site
  name: 'appsettings'
  properties: union(kept, ours)
}
