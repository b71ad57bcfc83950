"""The mirror face: Discogs' answer as it came, but for its headers and the links in it."""

from discogs_proxy.exchange import Answer
from discogs_proxy.links import Links

# Headers of Discogs that a caller may rely on. Discogs has never been seen to send a Reset.
_FORWARDED = (
    "Content-Type",
    "Link",
    "Retry-After",
    "X-Discogs-Ratelimit",
    "X-Discogs-Ratelimit-Remaining",
    "X-Discogs-Ratelimit-Reset",
    "X-Discogs-Ratelimit-Used",
)


def present(answer: Answer, links: Links) -> Answer:
    """Make of Discogs' answer the one that the caller gets."""
    headers: list[tuple[str, str]] = []
    for name in _FORWARDED:
        value = ", ".join(v for key, v in answer.headers if key.lower() == name.lower())
        if value:
            headers.append((name, links.in_header(value) if name == "Link" else value))
    if answer.body and not answer.header("Content-Type"):
        headers.append(("Content-Type", "application/json"))  # nothing else has come this far
    return Answer(answer.status, (*headers, ("X-Cache", "MISS")), links.in_body(answer.body))
