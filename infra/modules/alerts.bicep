// What somebody is woken for. Each query finds trouble: a row is a reason.

@description('The region of the rules.')
param location string

@description('What the names start with.')
param namePrefix string

@description('The Application Insights that is asked.')
param insightsName string

@description('Who is told. Empty: nobody.')
param alertEmail string

var rules = [
  {
    name: 'error-rate'
    title: 'More than a tenth of the calls fail'
    severity: 1
    threshold: 0
    query: loadTextContent('../kql/error-rate.kql')
  }
  {
    name: 'budget-exhausted'
    title: 'Calls are turned away because the budget with Discogs is spent'
    severity: 2
    threshold: 5
    query: loadTextContent('../kql/budget-exhausted.kql')
  }
  {
    name: 'secrets-unresolved'
    title: 'The proxy is closed because a secret is missing or unresolved'
    severity: 1
    threshold: 0
    query: loadTextContent('../kql/secrets-unresolved.kql')
  }
]

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${namePrefix}-people'
  location: 'global'
  properties: {
    enabled: true
    groupShortName: 'discogs'
    emailReceivers: empty(alertEmail)
      ? []
      : [
          {
            name: 'operator'
            emailAddress: alertEmail
            useCommonAlertSchema: true
          }
        ]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: '${namePrefix}-${rule.name}'
    location: location
    kind: 'LogAlert'
    properties: {
      displayName: rule.title
      severity: rule.severity
      enabled: true
      scopes: [
        insights.id
      ]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: rule.threshold
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      autoMitigate: true
      // The tables of a new Application Insights come with its first lines.
      skipQueryValidation: true
      actions: {
        actionGroups: [people.id]
      }
    }
  }
]
