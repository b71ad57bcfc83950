"""The request for Discogs, built so that no value can leave its place."""

import re
from urllib.parse import quote

from discogs_proxy.errors import InvalidRequest
from discogs_proxy.exchange import Headers, Outbound
from discogs_proxy.operation import Operation
from discogs_proxy.parameters import Given

# Common servers refuse request lines of more than 8 KiB.
_LONGEST_TARGET = 8000
_PLAIN = re.compile(r"[\w.~-]*", re.ASCII)


def build(
    operation: Operation, given: Given, method: str, body: bytes = b"", headers: Headers = ()
) -> Outbound:
    """Quote what was given into the operation's path, query and headers.

    Only declared parameters go out, headers too; everything else the client sent stays here.
    The body and the headers that describe it are taken as they are.
    """
    path = operation.path
    for name, text in given.of("path"):
        path = path.replace("{" + name + "}", _quoted(text))
    query = "&".join(f"{_quoted(name)}={_quoted(text)}" for name, text in given.of("query"))
    target = f"{path}?{query}" if query else path
    if len(target) > _LONGEST_TARGET:
        longest = max(given.values, key=lambda value: len(value[1] or ""))[0].name
        message = f"{longest}: too long; the whole request may have {_LONGEST_TARGET} characters."
        raise InvalidRequest("too_long", message)
    headers = (*given.of("header"), *headers)
    return Outbound(operation, method, target, headers, body, is_bulk=_is_further_page(given))


def _quoted(text: str) -> str:
    # Most texts have nothing to quote, and to see that is a tenth of the work.
    return text if _PLAIN.fullmatch(text) else quote(text, safe="")


def _is_further_page(given: Given) -> bool:
    # Whoever reads page after page can wait longer than whoever asks for one thing.
    return any(name == "page" and text != "1" for name, text in given.of("query"))
