"""Links in Discogs' answers, pointed at the proxy and cleared of credentials."""

import json
import re
from dataclasses import dataclass
from functools import cache, cached_property
from urllib.parse import unquote_plus

_DISCOGS = "https://api.discogs.com"
_CREDENTIALS = re.compile(r"(?:token|key|secret|oauth_[^=&]*)", re.IGNORECASE)
_BLANK = re.compile(r"\s")
_LINK_TARGET = re.compile(r"<([^<>]*)>")


@dataclass(frozen=True)
class Links:
    """Rewrites addresses of one upstream into addresses of the proxy."""

    upstream: str
    """The configured base address of Discogs."""
    public: str
    """The address of the mirror, such as `https://host/api`."""

    def rewrite(self, url: str) -> str:
        """Return an address moved to the proxy if it points upstream, else as it is."""
        if _BLANK.search(url):
            return url  # a sentence that begins with an address
        for base in self._bases:
            rest = url[len(base) :]
            if url.startswith(base) and rest[:1] in {"", "/", "?"}:
                return self.public + _scrub(rest)
        return url

    def in_header(self, value: str) -> str:
        """Rewrite the targets of a Link header (RFC 8288)."""
        return _LINK_TARGET.sub(lambda match: f"<{self.rewrite(match[1])}>", value)

    def in_location(self, value: str) -> str:
        """Return a Location (RFC 9110, section 10.2.2) that leads to the proxy, else nothing."""
        if value.startswith("/") and not value.startswith("//"):
            return self.rewrite(self.upstream + value)
        moved = self.rewrite(value)
        return moved if moved != value else ""

    def in_body(self, body: bytes) -> bytes:
        """Rewrite each JSON string that is an address upstream; every other byte stays."""
        for base in self._bases:
            for written in (base, base.replace("/", "\\/")):
                body = self._moved(body, written)
        return body

    def _moved(self, body: bytes, base: str) -> bytes:
        if f'"{base}'.encode() not in body:
            return body
        # Nearly every link is one without query or escapes: its start is swapped, and a
        # replacement that is no function keeps that pass out of Python.
        body = _plain_link(base).sub(f'"{self.public}'.encode(), body)
        return _link(base).sub(self._replace, body)

    def _replace(self, match: re.Match[bytes]) -> bytes:
        literal = match[0].decode("utf-8")
        old = json.loads(literal)
        new = self.rewrite(old)
        if new == old:
            return match[0]
        text = json.dumps(new)
        return (text.replace("/", "\\/") if "\\/" in literal else text).encode()

    @cached_property
    def _bases(self) -> tuple[str, ...]:
        # A relay in front of Discogs passes on bodies that still name Discogs itself.
        return tuple(dict.fromkeys((self.upstream, _DISCOGS)))


@cache
def _plain_link(base: str) -> re.Pattern[bytes]:
    return re.compile(_start(base) + rb'(?=(?:/[^"\\?\s]*)?")')


@cache
def _link(base: str) -> re.Pattern[bytes]:
    return re.compile(_start(base) + rb'(?:[^"\\]|\\.)*"')


def _start(base: str) -> bytes:
    # The quote may not be an escaped one. Looking back comes last, so that the search is for a
    # literal, which is the quick kind.
    literal = re.escape(f'"{base}').encode()
    return literal + rb"(?<!\\" + literal + rb")"


def _scrub(rest: str) -> str:
    """Drop credentials from a query, and leave the rest of it as it is written."""
    path, mark, query = rest.partition("?")
    kept = [
        pair
        for pair in query.split("&")
        if not _CREDENTIALS.fullmatch(unquote_plus(pair.partition("=")[0]).strip())
    ]
    return path + (mark + "&".join(kept) if any(kept) else "")
