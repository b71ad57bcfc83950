"""The mirror face: Discogs' answer as it came, but for its headers and the links in it."""

from dataclasses import dataclass, field, replace
from typing import ClassVar, TypeAlias

from discogs_proxy import entity_tag, outbound, parameters, request_body
from discogs_proxy.errors import ProxyError
from discogs_proxy.exchange import Answer
from discogs_proxy.face import Visit
from discogs_proxy.links import Links
from discogs_proxy.operation import Operation
from discogs_proxy.parameters import Given
from discogs_proxy.recent import Recent

# Headers of Discogs that a caller may rely on. Discogs has never been seen to send a Reset.
_FORWARDED = (
    "Allow",
    "Content-Disposition",
    "Content-Type",
    "Last-Modified",
    "Link",
    "Location",
    "Retry-After",
    "X-Discogs-Ratelimit",
    "X-Discogs-Ratelimit-Remaining",
    "X-Discogs-Ratelimit-Reset",
    "X-Discogs-Ratelimit-Used",
)
_JSON = "application/json"
_OVERHEAD = 600
"""Bytes that it costs to remember an answer, beside what is in it."""

Made: TypeAlias = Recent[tuple[Answer, Links], Answer]
"""What callers were given, by all that it was made of: right whatever becomes of what is kept."""


@dataclass(frozen=True, slots=True)
class Mirror:
    """An operation as any client of Discogs meets it."""

    operation: Operation
    made: Made = field(default_factory=lambda: Recent(0))
    """What was made of kept answers for callers before."""
    name: ClassVar[str] = "mirror"

    @property
    def offer(self) -> Operation:
        """All that Discogs takes."""
        return self.operation

    def check(self, given: Given) -> None:
        """Raise `InvalidRequest` for what Discogs would not understand."""
        operation = self.operation
        parameters.require_query(operation, given, parameters.query_names(operation))
        parameters.check(operation, given)

    async def respond(self, visit: Visit) -> Answer:
        """Ask Discogs what was asked, and pass on what it says."""
        operation, inbound = self.operation, visit.inbound
        body, headers = request_body.prepare(operation, inbound)
        request = outbound.build(operation, visit.given, inbound.method, body, headers)
        answer = await visit.send(replace(request, call=visit.call))
        links = Links(visit.settings.discogs_base_url, visit.mirror_address)
        present = self._once if visit.call.age is not None else self._present
        return entity_tag.told(present(answer, links), inbound.headers)

    def _once(self, answer: Answer, links: Links) -> Answer:
        """Make of a kept answer the one that callers get, unless that was made before."""
        made = self.made.get((answer, links))
        if made is None:
            made = self._present(answer, links)
            self.made.put((answer, links), made, answer.size + made.size + _OVERHEAD)
        return made

    def _present(self, answer: Answer, links: Links) -> Answer:
        is_private = self.operation.is_private
        answer = present(answer, links, is_private=is_private)
        is_named = self.operation.method == "GET" and not is_private
        return entity_tag.tagged(answer) if is_named else answer

    def refuse(self, error: ProxyError, trace_id: str) -> Answer:
        """Return the error envelope."""
        return error.answer(trace_id)


def present(answer: Answer, links: Links, *, is_private: bool) -> Answer:
    """Make of Discogs' answer the one that the caller gets.

    JSON has its links rewritten; anything else comes back byte for byte. What is private tells
    every cache on the way to keep nothing (RFC 9111, section 5.2.2.5).
    """
    media_type = answer.header("Content-Type") or (_JSON if answer.body else "")
    given = {name: ", ".join(answer.values(name)) for name in _FORWARDED}
    given["Content-Type"] = media_type
    given["Link"] = links.in_header(given["Link"])
    given["Location"] = links.in_location(given["Location"])
    # The host can send no other characters, and answers with an empty 500 when it is made to.
    headers = [(name, value) for name, value in given.items() if value and value.isascii()]
    if is_private:
        headers.append(("Cache-Control", "no-store"))
    body = links.in_body(answer.body) if "json" in media_type.lower() else answer.body
    return Answer(answer.status, tuple(headers), body)
