"""Discogs' budget in Redis, by the rules of `budget.py`; the tests hold the two together."""

from typing import Any

from discogs_proxy.budget import Left, Slot
from discogs_proxy.exchange import Reading
from discogs_proxy.redis_store import Store
from discogs_proxy.settings import Settings

_SCRIPT = """
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


class RedisBudget:
    """Discogs' budget over all instances."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._script = store.script(_SCRIPT)
        self._keys = [f"{store.base}:{part}" for part in ("times", "budget", "others")]
        self._first_limit = settings.first_rate_limit
        self._ceiling = settings.rate_limit

    async def take(self, *, is_bulk: bool) -> Slot | float:
        """Return a slot, or the seconds after which to ask for one again."""
        name = self._store.new_id()
        found = await self._ask("take", name, int(is_bulk))
        if len(found) == 1:
            return float(found[0])
        time, era, is_probe = found
        return Slot(float(time), int(era), is_probe=bool(is_probe), name=name)

    async def forecast(self, ahead: int, *, is_bulk: bool) -> float:
        """Return the seconds until a slot, with so many others to be served before."""
        return float(await self._ask("forecast", ahead, int(is_bulk)))

    async def give_back(self, slot: Slot) -> None:
        """Take back a slot that was not used."""
        await self._ask("give_back", slot.name, slot.era, int(slot.is_probe))

    async def settle(self, slot: Slot, reading: Reading | None) -> int:
        """Note that a request is over; return how many calls are left."""
        said = reading or Reading(None, None)
        return int(
            await self._ask(
                *("settle", slot.name, slot.era, int(slot.is_probe), repr(slot.time)),
                *(_text(said.limit), _text(said.used), int(reading is not None)),
                *(int(said.is_refusal), said.retry_after or 0, _text(self._ceiling)),
                self._store.jitter(),
            )
        )

    def left(self) -> Left | None:
        """Return nothing: what is left is in the store alone."""

    async def _ask(self, operation: str, *rest: str | float) -> Any:  # noqa: ANN401
        arguments = (operation, self._store.now(), self._first_limit, *rest)
        return await self._script(keys=self._keys, args=arguments)


def _text(number: int | None) -> str:
    return "" if number is None else str(number)
