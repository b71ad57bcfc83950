"""One Redis for all instances: its connections, and the scripts in which it decides.

Each decision is one round trip and one step on the server, by its clock. Whatever goes wrong is
raised; `store_link` knows what to do then. Loaded only where it is used.
"""

from collections.abc import Callable

from redis.asyncio import Redis
from redis.commands.core import AsyncScript
from redis.credentials import CredentialProvider

CONNECTIONS = 8
# Each script takes what it is to do and the time as its first arguments; no time is the server's.
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


def connect(url: str, credentials: CredentialProvider | None = None) -> Redis:
    """Return a client; it connects when it is first used."""
    return Redis.from_url(
        url,
        max_connections=CONNECTIONS,
        socket_connect_timeout=2,
        credential_provider=credentials,
    )


class Store:
    """The scripts of one proxy on one Redis, under a name that all its instances share."""

    def __init__(
        self,
        client: Redis,
        owner: str,
        new_id: Callable[[], str],
        random: Callable[[], float],
        now: Callable[[], float] | None = None,
    ) -> None:
        """Take the server's time, unless `now` says another."""
        self._client = client
        # In one slot of a cluster, or no script could reach all of it.
        self.base = f"{{discogs:{owner}}}"
        self.new_id = new_id
        self._random = random
        self._now = now

    def script(self, text: str) -> AsyncScript:
        """Register a script."""
        return self._client.register_script(_BEGIN + text)

    def now(self) -> str:
        """Return the time for a script, empty for the server's."""
        return "" if self._now is None else repr(self._now())

    def jitter(self) -> float:
        """Return by how much a pause is longer or shorter than it should be."""
        return 0.9 + 0.2 * self._random()

    async def ping(self) -> None:
        """Connect, if need be, and see whether anything can be written."""
        await self._client.set(f"{self.base}:probe", 1, ex=60)

    async def close(self) -> None:
        """Close the connection."""
        await self._client.aclose()
