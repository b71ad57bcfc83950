// One page that shows what the proxy does, made of the same queries as the alerts.

@description('The region of the workbook.')
param location string

@description('The Application Insights that is asked.')
param insightsName string

var charts = [
  {
    title: 'Budget with Discogs: what was left, and the longest wait in seconds'
    shape: 'timechart'
    query: loadTextContent('../kql/budget.kql')
  }
  {
    title: 'Answered without asking Discogs, in percent'
    shape: 'timechart'
    query: loadTextContent('../kql/cache-hit-rate.kql')
  }
  {
    title: 'How long calls took'
    shape: 'table'
    query: loadTextContent('../kql/latency.kql')
  }
  {
    title: 'Turned away'
    shape: 'table'
    query: loadTextContent('../kql/rate-limited.kql')
  }
  {
    title: 'Retries and timeouts'
    shape: 'table'
    query: loadTextContent('../kql/retries-and-timeouts.kql')
  }
  {
    title: 'Answers that differ from the description'
    shape: 'table'
    query: loadTextContent('../kql/drift.kql')
  }
  {
    title: 'Too many failures, by five minutes'
    shape: 'table'
    query: loadTextContent('../kql/error-rate.kql')
  }
  {
    title: 'Latest calls'
    shape: 'table'
    query: loadTextContent('../kql/recent-calls.kql')
  }
]

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

// The numbers are the workbook format's own: 9 asks for parameters, 4 is a time range, 3 is a query.
var timeRange = {
  type: 9
  name: 'time-range'
  content: {
    version: 'KqlParameterItem/1.0'
    style: 'pills'
    queryType: 0
    resourceType: 'microsoft.insights/components'
    parameters: [
      {
        id: guid('time-range')
        version: 'KqlParameterItem/1.0'
        name: 'TimeRange'
        label: 'Time range'
        type: 4
        isRequired: true
        value: {
          durationMs: 86400000
        }
        typeSettings: {
          allowCustom: true
          selectableValues: [{ durationMs: 3600000 }, { durationMs: 86400000 }, { durationMs: 604800000 }]
        }
      }
    ]
  }
}

var queries = [
  for (chart, index) in charts: {
    type: 3
    name: 'query-${index}'
    content: {
      version: 'KqlItem/1.0'
      title: chart.title
      query: chart.query
      visualization: chart.shape
      size: 0
      queryType: 0
      resourceType: 'microsoft.insights/components'
      timeContextFromParameter: 'TimeRange'
    }
  }
]

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(insights.id, 'discogs-gateway')
  location: location
  kind: 'shared'
  properties: {
    displayName: 'Discogs gateway'
    category: 'workbook'
    version: 'Notebook/1.0'
    sourceId: insights.id
    serializedData: string({
      version: 'Notebook/1.0'
      items: concat([timeRange], queries)
      fallbackResourceIds: [insights.id]
    })
  }
}
