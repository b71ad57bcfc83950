"""The calls of each client key in Redis, by the rules of `quota.py`."""

from discogs_proxy.redis_store import Store

_SCRIPT = """
local times, quota, PERIOD = KEYS[1], tonumber(ARGV[3]), 60
redis.call('ZREMRANGEBYSCORE', times, '-inf', text(now - PERIOD))
if redis.call('ZCARD', times) >= quota then
  return text(tonumber(redis.call('ZRANGE', times, 0, 0, 'WITHSCORES')[2]) + PERIOD - now)
end
redis.call('ZADD', times, text(now), ARGV[4])
redis.call('EXPIRE', times, 120)
return text(0)
"""


class RedisQuotas:
    """The calls of each client key to all instances."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._script = store.script(_SCRIPT)

    async def spend(self, name: str, quota: int) -> float:
        """Count a call and return 0, or return the seconds until there may be one."""
        arguments = ("spend", self._store.now(), quota, self._store.new_id())
        return float(await self._script(keys=[f"{self._store.base}:quota:{name}"], args=arguments))
