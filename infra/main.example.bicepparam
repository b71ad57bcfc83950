// A deployment for a team: copy it, change it, and give it to `az deployment sub create --parameters FILE`.
using 'main.bicep'

param rgName = 'jmd-discogs-rg'
param location = 'canadacentral'
param namePrefix = 'jmd-discogs'
param useFlexConsumption = true

// Somebody else has jmd-discogs-func or jmd-discogs-kv: let the names end in letters of their own.
param uniqueNames = false

// Several instances share one budget with Discogs, and Discogs sees one address.
param useRedis = true
param useFixedOutboundAddress = true

// Leave a few calls of the minute to others who use the same token.
param rateLimitPerMinute = 50

param alertEmail = 'operator@example.org'
param privacyContact = 'operator@example.org'
