"""The frame of a multipart body, read without touching what is in it."""

import re

from discogs_proxy import header_value

# RFC 2046, section 5.1.1: these characters, 70 at most, the last one no blank.
_BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]")
_DISPOSITION = b"content-disposition"


class Unreadable(Exception):
    """A body that is no whole multipart; the message says what is missing."""


def part_names(content_type: str, body: bytes) -> list[str]:
    """Return the names of a form's parts in their order (RFC 7578, section 4.2).

    Raise `Unreadable` where there is no boundary, or the body lacks it at its end.
    """
    boundary = header_value.attribute(content_type, "boundary") or ""
    if not _BOUNDARY.fullmatch(boundary):
        raise Unreadable("the Content-Type names no boundary, or one that is not allowed")
    names: list[str | None] = []
    # What stands before the first boundary and after the last is for nobody (RFC 2046, 5.1.1).
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary.encode("ascii"))[1:]:
        if part.startswith(b"--"):
            return [name for name in names if name is not None]
        names.append(_name(part))
    raise Unreadable("no line, ended by CR and LF, is the boundary that closes it")


def _name(part: bytes) -> str | None:
    for line in part.partition(b"\r\n\r\n")[0].split(b"\r\n"):
        field, _, value = line.partition(b":")
        if field.lower() == _DISPOSITION:
            return header_value.attribute(value.decode("utf-8", "replace"), "name")
    return None
