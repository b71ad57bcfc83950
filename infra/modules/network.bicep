// One address for all that leaves the app: a subnet for it, and a NAT gateway before the subnet.

@description('The region of the network.')
param location string

@description('What the names start with.')
param namePrefix string

resource address 'Microsoft.Network/publicIPAddresses@2025-01-01' = {
  name: '${namePrefix}-outbound'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
    publicIPAddressVersion: 'IPv4'
  }
}

resource gateway 'Microsoft.Network/natGateways@2025-01-01' = {
  name: '${namePrefix}-nat'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    idleTimeoutInMinutes: 4
    publicIpAddresses: [
      {
        id: address.id
      }
    ]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2025-01-01' = {
  name: '${namePrefix}-network'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.42.0.0/24'
      ]
    }
    // Inside the network, since a network that is written again without its subnets would lose them.
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: '10.42.0.0/26'
          natGateway: {
            id: gateway.id
          }
          // Flex Consumption takes a subnet that is delegated to this and to nothing else.
          delegations: [
            {
              name: 'functions'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
    ]
  }
}

@description('The subnet for the app.')
output subnetId string = network.properties.subnets[0].id

@description('The address that others see.')
output address string = address.properties.ipAddress
