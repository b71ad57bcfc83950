"""Answers in Redis, each until it is too old or something changed it."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import orjson

from discogs_proxy.cache import Found, Kept, Place, Question
from discogs_proxy.exchange import Answer
from discogs_proxy.freshness import OLDEST_SECONDS
from discogs_proxy.redis_store import Store

_LARGEST = 1024 * 1024
"""Bytes of an answer that is worth a place for everybody."""
_SCRIPT = """
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


class RedisCache:
    """Answers that all instances find."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._script = store.script(_SCRIPT)

    async def look(self, question: Question) -> Found:
        """Return where the answer to a question is kept, and what is there."""
        rest = (question.operation, _digest(question))
        version, now, value = await self._ask(question.owner, "look", *rest)
        place = question, version.decode()
        return Found(place, None if value is None else _read(value, float(now)))

    async def put(self, place: Place, answer: Answer, age: float) -> None:
        """Keep an answer."""
        question, version = place
        if len(answer.body) > _LARGEST or age >= OLDEST_SECONDS:
            return
        value = orjson.dumps([answer.status, answer.headers]) + b"\n" + answer.body
        rest = (question.operation, _digest(question), version, value, age, OLDEST_SECONDS - age)
        await self._ask(question.owner, "put", *rest)

    async def change(self, owner: str, operations: Iterable[str]) -> None:
        """Let no answer of these operations be found any more."""
        await self._ask(owner, "change", *operations)

    async def _ask(self, owner: str, operation: str, *rest: str | float | bytes) -> Any:  # noqa: ANN401
        base = f"{self._store.base}:answers:{owner}"
        keys = [f"{base}:versions", base]
        return await self._script(keys=keys, args=(operation, self._store.now(), *rest))


def _digest(question: Question) -> str:
    return sha256(question.target.encode()).hexdigest()


def _read(value: bytes, now: float) -> Kept:
    since, described, body = value.split(b"\n", 2)
    status, headers = orjson.loads(described)
    pairs = tuple((name, text) for name, text in headers)
    return Kept(Answer(status, pairs, body), now - float(since))
