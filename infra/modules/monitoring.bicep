// Where log lines go and are asked for: a workspace, and Application Insights on top of it.

@description('The region of both.')
param location string

@description('What both names start with.')
param namePrefix string

// What a busy proxy writes on a day is a tenth of this; the rest of it keeps a mistake from costing much.
var dailyCapGb = 1
var retentionDays = 30

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
  name: '${namePrefix}-logs'
  location: location
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: retentionDays
    workspaceCapping: {
      dailyQuotaGb: dailyCapGb
    }
    features: {
      disableLocalAuth: true
    }
  }
}

// No local authentication: only the app's identity may write, whoever knows the connection string.
resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: '${namePrefix}-insights'
  location: location
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    IngestionMode: 'LogAnalytics'
    DisableLocalAuth: true
  }
}

@description('The workspace that diagnostics go to.')
output workspaceId string = workspace.id

@description('The Application Insights of the app.')
output insightsName string = insights.name
