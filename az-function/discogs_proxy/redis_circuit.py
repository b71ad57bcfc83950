"""The circuit in Redis, by the rules of `circuit.py`; the tests hold the two together."""

from typing import Any

from discogs_proxy.circuit import Ticket
from discogs_proxy.redis_store import Store

_SCRIPT = """
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


class RedisCircuit:
    """One circuit for all instances."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._script = store.script(_SCRIPT)
        self._keys = [f"{store.base}:outcomes", f"{store.base}:circuit"]

    async def wait(self) -> float:
        """Return the seconds for which there is no point in asking."""
        return float(await self._ask("wait"))

    async def enter(self) -> Ticket | None:
        """Return a ticket for one attempt; None while refusing."""
        found = await self._ask("enter")
        if not found:
            return None
        return Ticket(int(found[0]), is_probe=bool(found[1]), is_shared=True)

    async def leave(self, ticket: Ticket, *, went_well: bool | None) -> bool:
        """Take back a ticket; tell whether that opened or closed the circuit."""
        outcome = "" if went_well is None else int(went_well)
        rest = (ticket.era, int(ticket.is_probe), outcome)
        found = await self._ask("leave", *rest, self._store.new_id(), self._store.jitter())
        return bool(found)

    async def _ask(self, operation: str, *rest: str | float) -> Any:  # noqa: ANN401
        return await self._script(keys=self._keys, args=(operation, self._store.now(), *rest))
