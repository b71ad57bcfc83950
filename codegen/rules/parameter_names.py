"""Names of parameters: told apart, spelt in one way, and the caller's to give."""

import re
import unicodedata
from collections.abc import Iterator

from codegen.document import Document, join
from codegen.fault import Fault
from codegen.paths import Found, Place, operations, parameters

_NOT_THE_CALLERS = {
    # Answers are written anew on their way, so that tags and ranges of the upstream's bytes fit
    # nothing that a caller holds; a date does, and `If-Modified-Since` may be sent on.
    "header": re.compile(
        r"accept|accept-encoding|authorization|cache-control|connection|content-.*|cookie|expect"
        r"|forwarded|host|if-match|if-none-match|if-range|if-unmodified-since|openai-.*|pragma"
        r"|proxy-.*|range|set-cookie|te|trailer|transfer-encoding|upgrade|user-agent|via|x-api-key"
        r"|x-forwarded-.*|x-functions-key|x-ms-.*|x-original-.*|x-real-ip",
        re.IGNORECASE,
    ),
    # Credentials, and the JSONP that would make an answer a script.
    "query": re.compile(r"callback|code|key|oauth_.*|secret|token", re.IGNORECASE),
}


_TOKEN = re.compile(r"[-!#$%&'*+.^_`|~0-9A-Za-z]+")  # RFC 9110, section 5.6.2


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each parameter that may not be forwarded under its name."""
    for at in operations(document):
        yield from _distinct(document, at)
        for found in parameters(document, at):
            yield from _name(document, found)


def _distinct(document: Document, at: Place) -> Iterator[Fault]:
    first_by_name: dict[str, Found] = {}
    for found in parameters(document, at):
        name = found.name.lower() if found.place == "header" else found.name
        first = first_by_name.setdefault(name, found)
        if first is not found:
            line = document.value_marks[first.used].line
            message = f"parameter '{found.name}' is declared on line {line} already"
            yield document.fault("SPEC011", message, found.used)


def _name(document: Document, found: Found) -> Iterator[Fault]:
    place = join(found.written, "name")
    refused = _NOT_THE_CALLERS.get(found.place)
    if refused and refused.fullmatch(found.name):
        message = f"the {found.place} parameter '{found.name}' is the proxy's own or never sent on"
        yield document.fault("SPEC011", message, place)
    if found.place == "header" and not _TOKEN.fullmatch(found.name):
        message = f"'{found.name}' is no name of a header (RFC 9110, section 5.6.2)"
        yield document.fault("SPEC011", message, place)
    normal = unicodedata.normalize("NFKC", found.name)
    if normal != found.name:
        message = f"parameter '{found.name}' is spelt '{normal}' in Python; write it so (NFKC)"
        yield document.fault("SPEC011", message, place)
