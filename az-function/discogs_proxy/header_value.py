"""What a header value says after its first word: `; charset=utf-8` and the like."""

import re

# RFC 9110, section 5.6.6, but with blanks around the equals sign: there is no other way to read it.
_ATTRIBUTE = re.compile(
    r';\s*(?P<name>[^\s=;"]+)\s*=\s*(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<plain>[^\s;"]*))'
)
_ESCAPED = re.compile(r"\\(.)")


def attribute(value: str, name: str) -> str | None:
    """Return an attribute without its quotes, None where it is not there."""
    for found in _ATTRIBUTE.finditer(value):
        if found["name"].lower() == name:
            quoted: str | None = found["quoted"]
            return found["plain"] if quoted is None else _ESCAPED.sub(r"\1", quoted)
    return None
