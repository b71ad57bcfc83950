"""Take a form of several parts apart."""

import re
from typing import NamedTuple

BOUNDARY = re.compile(r'boundary=(?:"([^"]+)"|([^\s;]+))', re.IGNORECASE)
DISPOSITION = re.compile(rb"^content-disposition:([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
NAME = re.compile(rb'[;\s]name=(?:"([^"]*)"|([^\s;]+))', re.IGNORECASE)
FILENAME = re.compile(rb'[;\s]filename=(?:"([^"]*)"|([^\s;]+))', re.IGNORECASE)
BLANK_LINE = b"\r\n\r\n"


class Part(NamedTuple):
    """Hold a part of a form: its name, the name of its file and its bytes."""

    name: str
    filename: str
    content: bytes


def parts(content_type: str, body: bytes) -> list[Part]:
    """Return the parts of a form; a body that is none has none."""
    boundary = BOUNDARY.search(content_type)
    if boundary is None:
        return []
    line = b"\r\n--" + (boundary[1] or boundary[2]).encode("latin-1")
    found = []
    for chunk in (b"\r\n" + body).split(line)[1:]:
        if chunk.startswith(b"--"):
            break
        head, blank, content = chunk.partition(BLANK_LINE)
        disposition = DISPOSITION.search(head) if blank else None
        if disposition:
            found.append(
                Part(_word(NAME, disposition[1]), _word(FILENAME, disposition[1]), content)
            )
    return found


def _word(pattern: re.Pattern[bytes], disposition: bytes) -> str:
    found = pattern.search(disposition)
    return (found[1] or found[2] or b"").decode("utf-8", errors="replace") if found else ""
