// Everything that the proxy needs in Azure, in a resource group of its own.
targetScope = 'subscription'

@description('The resource group; it is made where it does not exist.')
@minLength(1)
@maxLength(90)
param rgName string

@description('The region of everything.')
param location string = 'canadacentral'

@description('What the names start with: PREFIX-func, PREFIX-kv and so on. Letters, digits and hyphens.')
@minLength(2)
@maxLength(15)
param namePrefix string = 'jmd-discogs'

@description('Whether names that must be unique in the world end in five letters of their own; for when somebody else has PREFIX-func or PREFIX-kv.')
param uniqueNames bool = false

@description('Flex Consumption with Python 3.13; false: classic Linux Consumption with Python 3.12. A Function App keeps the plan that it was made with.')
param useFlexConsumption bool = true

@description('Who may write secrets: the object id of the person or program that deploys. Empty: nobody new. Take the role away when the secrets are written.')
param deployerObjectId string = ''

@description('What the deployer is.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param deployerPrincipalType string = 'User'

@description('Address ranges such as 203.0.113.0/24 that may reach the proxy and its deployment site. Empty: all.')
param allowedIpRanges string[] = []

@description('Bring back a vault of this name that was deleted; its name stays taken until then.')
param recoverKeyVault bool = false

@description('Whether instances share budget and answers in Azure Managed Redis.')
param useRedis bool = false

@description('Whether Discogs sees one address that is nobody else\'s. Flex Consumption only.')
param useFixedOutboundAddress bool = false

@description('Who is told when an alert fires. Empty: nobody; the alerts are still to be seen.')
param alertEmail string = ''

@description('The most instances at a time.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Whether callers may change what is on Discogs: ALLOW_WRITES.')
param allowWrites bool = false

@description('The most calls to Discogs in a minute: RATE_LIMIT_PER_MINUTE. 0: as many as Discogs takes.')
@minValue(0)
@maxValue(9999)
param rateLimitPerMinute int = 0

@description('The longest time for one call: DEADLINE_SECONDS.')
@minValue(1)
@maxValue(230)
param deadlineSeconds int = 40

@description('Memory of an instance for kept answers, in MB: CACHE_MB. 0: none.')
@minValue(0)
@maxValue(999)
param cacheMb int = 64

@description('Where clients reach the proxy: PUBLIC_BASE_URL. Empty: the host name of the Function App.')
param publicBaseUrl string = ''

@description('How the proxy introduces itself to Discogs: DISCOGS_USER_AGENT. Empty: its name, version and address.')
param discogsUserAgent string = ''

@description('Whether the app writes OpenTelemetry to Application Insights: TELEMETRY=azure.')
param useOpenTelemetry bool = false

@description('The host name of the proxy.')
output hostName string = ''

@description('Where a GPT imports its Action from.')
output actionSpecUrl string = ''

@description('The vault that the secrets DISCOGS-TOKEN and X-API-KEY go into.')
output keyVaultName string = ''

@description('The Function App that the package goes to.')
output functionAppName string = ''

@description('The resource group of everything.')
output resourceGroupName string = rgName

@description('The address that Discogs sees, where it is fixed; else empty.')
output outboundAddress string = ''

@description('The deployer\'s role assignment, to be deleted when the secrets are written; empty where none was asked for.')
output deployerRoleAssignmentId string = ''
