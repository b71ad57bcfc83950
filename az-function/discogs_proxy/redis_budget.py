"""Discogs' budget in Redis, by the rules of `budget.py`; the tests hold the two together."""

from typing import Any

from discogs_proxy.budget import Left, Slot
from discogs_proxy.exchange import Reading
from discogs_proxy.redis_store import Store
from discogs_proxy.settings import Settings

_SCRIPT = """
local way, over, others, key = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local PERIOD, FIRST_PAUSE, LONGEST_PAUSE, LONGEST_ASKED, LOOK_AGAIN = 60, 2, 60, 300, 0.5
local MOST_NOTICED, UNCOUNTED, ON_THE_WAY, CROWDED, GAP_SHARE = 1000, 2, 1, 2, 0.5
local f = facts_of(key)
local limit = f.limit > 0 and f.limit or tonumber(ARGV[3])
local function capacity() return limit - math.floor(limit / 60) end
local function even_gap() return PERIOD / capacity() end
for _, each in ipairs({way, over, others}) do
  redis.call('ZREMRANGEBYSCORE', each, '-inf', '(' .. text(now - PERIOD))
end
local function count(each) return redis.call('ZCARD', each) end
local function ours() return count(way) + count(over) end
local function add(each, moment, name)
  redis.call('ZADD', each, text(moment), name)
  redis.call('EXPIRE', each, 600)
end

local function pause()
  if f.is_paused == 0 then return 0 end
  if now < f.pause_until then return f.pause_until - now end
  return math.max(0, math.min(LOOK_AGAIN, f.probe_until - now))
end
local function free_at(ahead)
  local rounds = math.floor(ahead / capacity())
  local too_many = ours() + count(others) + ahead % capacity() + 1 - capacity()
  if too_many <= 0 then return now + rounds * PERIOD end
  local counted = {}
  for _, each in ipairs({way, over, others}) do
    local raw = redis.call('ZRANGE', each, 0, too_many - 1, 'WITHSCORES')
    for i = 2, #raw, 2 do counted[#counted + 1] = tonumber(raw[i]) end
  end
  table.sort(counted)
  return math.max(now, counted[math.min(too_many, #counted)] + PERIOD) + rounds * PERIOD
end
local function gap(ahead)
  local is_crowded = (ours() + count(others)) * CROWDED >= capacity()
  if count(others) == 0 or not is_crowded then return 0 end
  return f.given_at + (1 + ahead) * even_gap() * GAP_SHARE
end
local function forecast(ahead, is_bulk)
  local wait = math.max(pause(), free_at(ahead) - now, gap(ahead) - now)
  if is_bulk then
    wait = math.max(wait, f.bulk_due + (ahead - math.floor(capacity() / 4)) * even_gap() - now)
  end
  return math.max(0, wait)
end

if op == 'forecast' then return text(forecast(tonumber(ARGV[4]), ARGV[5] == '1')) end

if op == 'take' then
  local name, is_bulk = ARGV[4], ARGV[5] == '1'
  local wait = forecast(0, is_bulk)
  if wait > 0 then return {text(wait)} end
  add(way, now, name)
  note(key, 'given_at', text(now))
  if is_bulk then note(key, 'bulk_due', text(math.max(f.bulk_due, now) + even_gap())) end
  if f.is_paused == 1 then note(key, 'probe_until', text(now + PERIOD)) end
  return {text(now), f.era, f.is_paused}
end

local name, era, is_probe = ARGV[4], tonumber(ARGV[5]), ARGV[6] == '1'
redis.call('ZREM', way, name)
if op == 'give_back' then
  if is_probe and era == f.era then note(key, 'probe_until', 0) end
  return 0
end

-- settle
local begun, said, used = tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])
local has_reading, is_refusal = ARGV[10] == '1', ARGV[11] == '1'
local asked, ceiling, jitter = tonumber(ARGV[12]), tonumber(ARGV[13]), tonumber(ARGV[14])
if not is_refusal then add(over, now, name) end

local function suppose(least, most, seconds, why)
  seconds = math.min(PERIOD, math.max(0, seconds))
  local missing = math.min(least, MOST_NOTICED) - count(others)
  for i = 1, missing do
    add(others, now - seconds * (i - 0.5) / missing, name .. why .. i)
  end
  local extra = count(others) - math.max(least, most)
  if extra > 0 then redis.call('ZREMRANGEBYRANK', others, 0, extra - 1) end
end
local function before(moment) return redis.call('ZCOUNT', over, '-inf', '(' .. text(moment)) end

if said then
  limit = math.min(said, ceiling or said)
  note(key, 'limit', limit)
end
local is_spent = used and used >= limit
if has_reading then
  if used then
    local sure = math.max(0, before(begun) - before(now - PERIOD + ON_THE_WAY))
    local most, least = math.max(0, used - sure - 1), used - ours()
    if least > 0 or count(others) > 0 then least = math.min(most, least + UNCOUNTED) end
    suppose(math.min(least, capacity()), most, now - f.heard_at, ':counted:')
  end
  note(key, 'heard_at', text(now))
  if is_refusal and not is_spent then
    local rest = capacity() - ours()
    suppose(rest, rest, PERIOD, ':full:')
  end
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
return math.max(0, capacity() - ours() - count(others))
"""


class RedisBudget:
    """Discogs' budget over all instances."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._script = store.script(_SCRIPT)
        self._keys = [f"{store.base}:{part}" for part in ("way", "over", "others", "budget")]
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
