// The plan: what runs the app and what is paid for.

@description('The region of the plan.')
param location string

@description('The name of the plan.')
param name string

@description('Flex Consumption, else classic Linux Consumption.')
param useFlexConsumption bool

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: name
  location: location
  kind: 'functionapp'
  sku: {
    name: useFlexConsumption ? 'FC1' : 'Y1'
    tier: useFlexConsumption ? 'FlexConsumption' : 'Dynamic'
  }
  properties: {
    reserved: true
  }
}

@description('The plan.')
output id string = plan.id
