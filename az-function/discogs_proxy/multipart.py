"""The frame of a multipart body, read without touching what is in it."""

import re

# RFC 2046, section 5.1.1: these characters, 70 at most, the last one no blank.
_QUOTED = r"""[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]"""
_PLAIN = r"[0-9A-Za-z'+_\-.]{1,70}"
_BOUNDARY = re.compile(
    rf';\s*boundary=(?:"(?P<quoted>{_QUOTED})"|(?P<plain>{_PLAIN}))\s*(?:;|$)', re.IGNORECASE
)
_NAME = re.compile(rb';\s*name="((?:[^"\\\r\n]|\\.)*)"', re.IGNORECASE)
_DISPOSITION = b"content-disposition:"


class Unreadable(Exception):
    """A body that is no whole multipart; the message says what is missing."""


def part_names(content_type: str, body: bytes) -> list[str]:
    """Return the names of a form's parts in their order (RFC 7578, section 4.2).

    Raise `Unreadable` where there is no boundary, or the body lacks it at its end.
    """
    found = _BOUNDARY.search(content_type)
    if found is None:
        raise Unreadable("the Content-Type names no boundary")
    delimiter = b"--" + (found["quoted"] or found["plain"]).encode("ascii")
    preamble, *parts = (b"\r\n" + body).split(b"\r\n" + delimiter)
    if preamble or not parts or not parts[-1].startswith(b"--"):
        raise Unreadable("the body is not made of whole parts between the boundaries")
    return [name for part in parts[:-1] if (name := _name(part)) is not None]


def _name(part: bytes) -> str | None:
    for line in part.partition(b"\r\n\r\n")[0].split(b"\r\n"):
        if line.lower().startswith(_DISPOSITION):
            name = _NAME.search(line)
            return None if name is None else name[1].decode("utf-8", "replace")
    return None
