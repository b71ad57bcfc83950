"""Texts and addresses in which names in braces stand for values."""

import re

_NAME = re.compile(r"\{([^{}]*)\}")
_TEXT = re.compile(r"(?:[^][{}]|\{[^][{}]+\}|\[[^][{}]*\{[^][{}]+\}[^][{}]*\])*")


def placeholders(template: str) -> tuple[str, ...]:
    """Return the names in a template, each once."""
    return tuple(dict.fromkeys(_NAME.findall(template)))


def is_whole(template: str) -> bool:
    """Tell whether braces hold a name each and brackets a name in braces each, all closed."""
    return _TEXT.fullmatch(template) is not None
