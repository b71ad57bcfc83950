"""Render the wiki markup of profiles and notes in the formats that Accept can ask for."""

import html
import re
from collections.abc import Iterator
from typing import Literal

from sandbox.lookalike import links
from sandbox.lookalike.catalogue import Catalogue, Master
from sandbox.lookalike.record import Release

Media = Literal["discogs", "plaintext", "html"]

MEDIA: tuple[Media, ...] = ("plaintext", "html")
KINDS = {"a": "artist", "l": "label", "m": "master", "r": "release"}
# Nobody has an id of more digits, and Python converts no number of more than 4,300.
BY_ID = re.compile(r"\[([almr])=?([0-9]{1,99})\]")
BY_NAME = re.compile(r"\[([al])=([^\]]+)\]", re.IGNORECASE)
STYLE = re.compile(r"\[(/?)([biu])\]")
LINK = re.compile(r"\[url=([^\]]*)\](.*?)\[/url\]", re.DOTALL)
BARE_LINK = re.compile(r"\[url\](.*?)\[/url\]", re.DOTALL)
IMAGE = re.compile(r"\[img=[^\]]*\]")


def media_of(accept: str) -> Media:
    """Return the text format that an Accept header asks for."""
    for media in MEDIA:
        if f"application/vnd.discogs.v2.{media}+json" in accept:
            return media
    return "discogs"


def references(text: str) -> Iterator[tuple[str, int]]:
    """Yield the kind and the id of each entry that a text points at."""
    return ((KINDS[kind], int(digits)) for kind, digits in BY_ID.findall(text))


def render(text: str, media: Media, catalogue: Catalogue) -> str:
    """Return the text as the client wants it: with its markup, without it, or as HTML."""
    if media == "discogs":
        return text
    if media == "html":
        return _html(html.escape(text), catalogue)
    text = LINK.sub(r"\2", BARE_LINK.sub(r"\1", IMAGE.sub("", STYLE.sub("", text))))
    return BY_NAME.sub(r"\2", BY_ID.sub(lambda match: _name(match, catalogue), text))


def _html(escaped: str, catalogue: Catalogue) -> str:
    text = STYLE.sub(r"<\1\2>", IMAGE.sub("", escaped))
    text = BARE_LINK.sub(r"[url=\1]\1[/url]", text)
    text = LINK.sub(_anchor, text)
    text = BY_ID.sub(lambda match: _entry_anchor(match, catalogue), text)
    return BY_NAME.sub(r"\2", text).replace("\n", "<br>\n")


def _anchor(match: re.Match[str]) -> str:
    address, words = match.groups()
    return f'<a href="{address}">{words}</a>' if re.match("https?://", address) else words


def _entry_anchor(match: re.Match[str], catalogue: Catalogue) -> str:
    name = _name(match, catalogue)
    page = links.page(KINDS[match.group(1)], int(match.group(2)), name)
    return f'<a href="{page}">{html.escape(name)}</a>'


def _name(match: re.Match[str], catalogue: Catalogue) -> str:
    entry = catalogue.entry(KINDS[match.group(1)], int(match.group(2)))
    if entry is None:  # what a user writes may point at nothing
        return match.group(2)
    if isinstance(entry, Master):
        return catalogue.main_release(entry).title
    return entry.title if isinstance(entry, Release) else entry.name
