"""What Redis decides, each in one step and by its own clock.

The rules are those of `budget.py`, `circuit.py` and `quota.py`, and the tests hold the two against
each other. Each script takes the time as its second argument; empty means the server's.
"""

_BEGIN = """
local op, now = ARGV[1], tonumber(ARGV[2])
if not now then
  local time = redis.call('TIME')
  now = time[1] + time[2] / 1000000
end
local function text(number) return string.format('%.6f', number) end
local function facts_of(key)
  local facts, raw = {}, redis.call('HGETALL', key)
  for i = 1, #raw, 2 do facts[raw[i]] = tonumber(raw[i + 1]) end
  return setmetatable(facts, {__index = function() return 0 end})
end
local function note(key, ...)
  redis.call('HSET', key, ...)
  redis.call('EXPIRE', key, 3600)
end
"""

BUDGET = (
    _BEGIN
    + """
local times, key, others = KEYS[1], KEYS[2], KEYS[3]
local PERIOD, FIRST_PAUSE, LONGEST_PAUSE, LONGEST_ASKED = 60, 2, 60, 300
local MOST_NOTICED, UNCOUNTED, SILENCE, SCOUT, ON_THE_WAY, LOOK_AGAIN = 1000, 3, 3, 2, 1, 0.5
local f = facts_of(key)
local limit = f.limit > 0 and f.limit or tonumber(ARGV[3])
local function capacity() return limit - math.floor(limit / 60) end
for _, each in ipairs({times, others}) do
  redis.call('ZREMRANGEBYSCORE', each, '-inf', '(' .. text(now - PERIOD))
end
local function count(each) return redis.call('ZCARD', each) end

local function pause()
  if f.is_paused == 0 then return 0 end
  if now < f.pause_until then return f.pause_until - now end
  return math.max(0, math.min(LOOK_AGAIN, f.probe_until - now))
end
local function free_at(ahead)
  local rounds = math.floor(ahead / capacity())
  local too_many = count(times) + count(others) + ahead % capacity() + 1 - capacity()
  if too_many <= 0 then return now + rounds * PERIOD end
  local counted = {}
  for _, each in ipairs({times, others}) do
    local raw = redis.call('ZRANGE', each, 0, too_many - 1, 'WITHSCORES')
    for i = 2, #raw, 2 do counted[#counted + 1] = tonumber(raw[i]) end
  end
  table.sort(counted)
  return math.max(now, counted[math.min(too_many, #counted)] + PERIOD) + rounds * PERIOD
end
local function forecast(ahead, is_bulk)
  local gap, scout = PERIOD / capacity(), math.min(LOOK_AGAIN, f.scout_until - now)
  local wait = math.max(pause(), scout, free_at(ahead) - now)
  if is_bulk then
    wait = math.max(wait, f.bulk_due + (ahead - math.floor(capacity() / 4)) * gap - now)
  end
  return math.max(0, wait)
end

if op == 'forecast' then return text(forecast(tonumber(ARGV[4]), ARGV[5] == '1')) end

if op == 'take' then
  local name, is_bulk = ARGV[4], ARGV[5] == '1'
  local wait = forecast(0, is_bulk)
  if wait > 0 then return {text(wait)} end
  redis.call('ZADD', times, text(now), name)
  redis.call('EXPIRE', times, 600)
  if count(others) > 0 and now - f.heard_at > SILENCE then
    note(key, 'scout_until', text(now + SCOUT))
  end
  if is_bulk then
    note(key, 'bulk_due', text(math.max(f.bulk_due, now) + PERIOD / capacity()))
  end
  if f.is_paused == 1 then note(key, 'probe_until', text(now + PERIOD)) end
  return {text(now), f.era, f.is_paused}
end

local name, era, is_probe = ARGV[4], tonumber(ARGV[5]), ARGV[6] == '1'
if op == 'give_back' then
  redis.call('ZREM', times, name)
  note(key, 'scout_until', 0)
  if is_probe and era == f.era then note(key, 'probe_until', 0) end
  return 0
end

-- settle
local sent, said, used = tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])
local has_reading, is_refusal = ARGV[10] == '1', ARGV[11] == '1'
local asked, ceiling, jitter = tonumber(ARGV[12]), tonumber(ARGV[13]), tonumber(ARGV[14])
redis.call('ZREM', times, name)
if not is_refusal then
  redis.call('ZADD', times, text(now), name)
  redis.call('EXPIRE', times, 600)
end
note(key, 'scout_until', 0)

local function suppose(least, most, seconds, why)
  local missing = math.min(least, capacity(), MOST_NOTICED) - count(others)
  for i = 1, missing do
    redis.call('ZADD', others, text(now - seconds * (i - 0.5) / missing), name .. why .. i)
    redis.call('EXPIRE', others, 600)
  end
  local extra = count(others) - math.max(least, most)
  if extra > 0 then redis.call('ZREMRANGEBYRANK', others, 0, extra - 1) end
end
local function before(moment) return redis.call('ZCOUNT', times, '-inf', '(' .. text(moment)) end

if said then
  limit = math.min(said, ceiling or said)
  note(key, 'limit', limit)
end
local is_spent = used and used >= limit
if has_reading then
  if used then
    local sure = math.max(0, before(sent - ON_THE_WAY) - before(now - PERIOD + ON_THE_WAY))
    local most, least = math.max(0, used - sure - 1), used - count(times)
    if least > 0 or count(others) > 0 then least = math.min(most, least + UNCOUNTED) end
    suppose(least, most, math.min(PERIOD, math.max(0, now - f.heard_at)), ':counted:')
  end
  if is_refusal and not is_spent then
    local full = capacity() - count(times)
    suppose(full, full, PERIOD, ':full:')
  end
  note(key, 'heard_at', text(now))
end

local function begin_pause()
  local refusals = now - f.pause_until > PERIOD and 0 or f.refusals
  local own = math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ^ refusals) * jitter
  local until_then = now + math.max(own, math.min(LONGEST_ASKED, asked))
  note(key, 'is_paused', 1, 'refusals', refusals + 1, 'era', f.era + 1,
    'pause_until', text(until_then))
end
if era == f.era then
  if is_probe then note(key, 'probe_until', 0) end
  if has_reading and not is_refusal then
    note(key, 'is_warned', 0)
    if is_probe then note(key, 'is_paused', 0) end
  elseif has_reading then
    if f.is_warned == 1 or is_probe or asked > 0 or not is_spent then
      begin_pause()
    else
      note(key, 'is_warned', 1)
    end
  end
end
return math.max(0, capacity() - count(times) - count(others))
"""
)

CIRCUIT = (
    _BEGIN
    + """
local outcomes, key = KEYS[1], KEYS[2]
local WINDOW, FEWEST, RATIO, OPEN, LONGEST, PROBE = 30, 10, 0.5, 15, 120, 60
local f = facts_of(key)
local function wait()
  if f.trips == 0 then return 0 end
  return math.max(0, f['until'] - now, f.probe_until - now)
end
local function trip(jitter)
  local seconds = math.min(LONGEST, OPEN * 2 ^ f.trips) * jitter
  redis.call('DEL', outcomes)
  note(key, 'era', f.era + 1, 'trips', f.trips + 1, 'until', text(now + seconds))
end

if op == 'wait' then return text(wait()) end

if op == 'enter' then
  if wait() > 0 then return {} end
  if f.trips > 0 then note(key, 'probe_until', text(now + PROBE)) end
  return {f.era, f.trips > 0 and 1 or 0}
end

-- leave
local era, is_probe, went_well = tonumber(ARGV[3]), ARGV[4] == '1', tonumber(ARGV[5])
local name, jitter = ARGV[6], tonumber(ARGV[7])
if era ~= f.era then return 0 end
if is_probe then
  note(key, 'probe_until', 0)
  if not went_well then return 0 end
  if went_well == 1 then note(key, 'era', f.era + 1, 'trips', 0) else trip(jitter) end
  return 1
end
if not went_well then return 0 end
redis.call('ZADD', outcomes, text(now), name .. ':' .. went_well)
redis.call('EXPIRE', outcomes, 600)
redis.call('ZREMRANGEBYSCORE', outcomes, '-inf', text(now - WINDOW))
local all, failures = redis.call('ZRANGE', outcomes, 0, -1), 0
for _, outcome in ipairs(all) do
  if string.sub(outcome, -1) == '0' then failures = failures + 1 end
end
if #all < FEWEST or failures < RATIO * #all then return 0 end
trip(jitter)
return 1
"""
)

QUOTA = (
    _BEGIN
    + """
local times, quota, PERIOD = KEYS[1], tonumber(ARGV[3]), 60
redis.call('ZREMRANGEBYSCORE', times, '-inf', text(now - PERIOD))
if redis.call('ZCARD', times) >= quota then
  return text(tonumber(redis.call('ZRANGE', times, 0, 0, 'WITHSCORES')[2]) + PERIOD - now)
end
redis.call('ZADD', times, text(now), ARGV[4])
redis.call('EXPIRE', times, 120)
return text(0)
"""
)

CACHE = (
    _BEGIN
    + """
local versions, base = KEYS[1], KEYS[2]
-- A version that is not known is a new one: whatever was kept under an old one stays unknown.
local function stamp() return string.format('%.0f', now * 1000000) end

if op == 'change' then
  for i = 3, #ARGV do redis.call('HSET', versions, ARGV[i], stamp()) end
  redis.call('EXPIRE', versions, 86400)
  return 0
end

local operation, question = ARGV[3], ARGV[4]
if op == 'look' then
  local version = redis.call('HGET', versions, operation)
  if not version then
    version = stamp()
    redis.call('HSET', versions, operation, version)
    redis.call('EXPIRE', versions, 86400)
  end
  local value = redis.call('GET', table.concat({base, operation, version, question}, ':'))
  return {version, text(now), value}
end

-- put
local version, value = ARGV[5], ARGV[6]
local age, keep = tonumber(ARGV[7]), tonumber(ARGV[8])
redis.call('SET', table.concat({base, operation, version, question}, ':'),
  text(now - age) .. '\\n' .. value, 'PX', math.max(1, math.floor(keep * 1000)))
return 0
"""
)
