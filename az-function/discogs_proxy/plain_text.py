"""What others wrote, made fit for a language model: nothing invisible, nothing endless."""

import re

MARK = " […]"
"""What ends a text that was cut."""
LONGEST = 20_000
"""Characters of any text, so that no single one can fill an answer."""
_DEEPEST = 60  # levels; a JSON writer ends at 254, and no reader of answers goes this far

# Controls of terminals and of reading direction, and characters that no reader sees but a model
# does. Line ends, tabs and the joiners that scripts need stay.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_LINE_END = re.compile("\r\n?|[\u2028\u2029]")


def plain(value: object, depth: int = _DEEPEST) -> object:
    """Return any JSON value, its texts and names tidied; the mark instead of what is too deep."""
    if type(value) is str:
        return value if value.isprintable() and len(value) <= LONGEST else cut(tidy(value), LONGEST)
    if type(value) is list:
        return [plain(item, depth - 1) for item in value] if depth else MARK
    if type(value) is dict:
        if not depth:
            return MARK
        return {tidy(name): plain(part, depth - 1) for name, part in value.items()}
    return value


def tidy(text: str) -> str:
    """Return a text without what nobody sees, and with line feeds for line ends."""
    return _INVISIBLE.sub("", _LINE_END.sub("\n", text)).strip()


def cut(text: str, longest: int) -> str:
    """Return at most so many characters of a text: whole words, and a mark where some are gone."""
    if len(text) <= longest:
        return text
    room = max(longest - len(MARK), 0)
    end = max(text.rfind(" ", 0, room + 1), text.rfind("\n", 0, room + 1))
    if end < room // 2:  # one endless word, or a script that has no spaces
        end = room
    return text[:end].rstrip() + MARK
