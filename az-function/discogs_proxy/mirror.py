"""The mirror face: Discogs' answer as it came, but for its headers and the links in it."""

from discogs_proxy.entity_tag import tagged
from discogs_proxy.exchange import Answer
from discogs_proxy.links import Links
from discogs_proxy.operation import Operation
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


class Mirror:
    """Makes of Discogs' answers those that callers get, and of a kept answer only once."""

    def __init__(self, most_bytes: int) -> None:
        """Take the memory for what was made."""
        # By all that it was made of, and so right whatever becomes of the kept answer.
        self._made: Recent[tuple[Answer, Links], Answer] = Recent(most_bytes)

    def present(
        self, answer: Answer, links: Links, operation: Operation, *, is_kept: bool
    ) -> Answer:
        """Return the answer as the caller gets it."""
        if not is_kept:
            return _present(answer, links, operation)
        made = self._made.get((answer, links))
        if made is None:
            made = _present(answer, links, operation)
            self._made.put((answer, links), made, answer.size + made.size + _OVERHEAD)
        return made


def _present(answer: Answer, links: Links, operation: Operation) -> Answer:
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
    headers = tuple((name, value) for name, value in given.items() if value and value.isascii())
    body = links.in_body(answer.body) if "json" in media_type.lower() else answer.body
    made = Answer(answer.status, headers, body)
    if operation.is_private:
        return made.plus(("Cache-Control", "no-store"))
    return tagged(made) if operation.method == "GET" else made
