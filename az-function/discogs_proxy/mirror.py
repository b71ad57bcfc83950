"""The mirror face: Discogs' answer as it came, but for its headers and the links in it."""

from discogs_proxy.exchange import Answer
from discogs_proxy.links import Links

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
