// The Function App. Its settings come later, when its identity has the roles that they need.

@description('The region of the app.')
param location string

@description('The name of the Function App.')
@minLength(2)
@maxLength(60)
param name string

@description('Flex Consumption with Python 3.13, else classic Linux Consumption with Python 3.12.')
param useFlexConsumption bool

@description('The plan that it is on.')
param planId string

@description('The container that packages go to on Flex Consumption, as an address.')
param packagesUrl string

@description('The subnet that all traffic leaves through on Flex Consumption. Empty: none.')
param subnetId string

@description('Address ranges that may reach the app and its deployment site. Empty: all.')
param allowedIpRanges string[]

@description('The most instances at a time.')
param maximumInstanceCount int

@description('Instances that wait for calls all the time, on Flex Consumption.')
param alwaysReadyInstances int

// Calls spend their time waiting for Discogs, so that one instance holds many; few instances keep one budget.
var callsPerInstance = 100
var mostOnClassic = 100

var flexConfig = {
  deployment: {
    storage: {
      type: 'blobContainer'
      value: packagesUrl
      authentication: { type: 'SystemAssignedIdentity' }
    }
  }
  runtime: {
    name: 'python'
    version: '3.13'
  }
  scaleAndConcurrency: {
    instanceMemoryMB: 2048
    maximumInstanceCount: maximumInstanceCount
    alwaysReady: alwaysReadyInstances == 0
      ? []
      : [
          {
            name: 'http'
            instanceCount: alwaysReadyInstances
          }
        ]
    triggers: {
      http: {
        perInstanceConcurrency: callsPerInstance
      }
    }
  }
}

var restrictions = [
  for (addresses, index) in allowedIpRanges: {
    name: 'allowed-${index}'
    ipAddress: addresses
    action: 'Allow'
    priority: 100 + index
  }
]

var bothConfig = {
  minTlsVersion: '1.2'
  scmMinTlsVersion: '1.2'
  http20Enabled: true
  ipSecurityRestrictionsDefaultAction: empty(allowedIpRanges) ? 'Allow' : 'Deny'
  ipSecurityRestrictions: restrictions
  scmIpSecurityRestrictionsUseMain: true
}

// Flex Consumption refuses to be told any of these, even as null; it has no FTP at all.
var classicConfig = {
  linuxFxVersion: 'Python|3.12'
  functionAppScaleLimit: min(maximumInstanceCount, mostOnClassic)
  ftpsState: 'Disabled'
}

resource site 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  kind: 'functionapp,linux'
  identity: { type: 'SystemAssigned' }
  properties: {
    serverFarmId: planId
    reserved: useFlexConsumption ? null : true
    httpsOnly: true
    publicNetworkAccess: 'Enabled'
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    outboundVnetRouting: empty(subnetId) ? null : { allTraffic: true }
    functionAppConfig: useFlexConsumption ? flexConfig : null
    siteConfig: union(bothConfig, useFlexConsumption ? {} : classicConfig)
  }
}

@description('The Function App.')
output name string = site.name

@description('Its host name.')
output hostName string = site.properties.defaultHostName

@description('Who it is, for roles.')
output principalId string = site.identity.principalId
