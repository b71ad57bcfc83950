// How packages get into the Function App.

@description('The Function App.')
param appName string

resource site 'Microsoft.Web/sites@2025-03-01' existing = {
  name: appName
}

// Nobody publishes with a password: the deployment site takes the tokens of Entra ID.
resource ftp 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: site
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource scm 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: site
  name: 'scm'
  properties: {
    allow: false
  }
}
