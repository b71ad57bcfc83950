"""Texts that a language model, or who publishes the GPT, reads."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from codegen.action_lint.finding import ERROR, WARNING, Problem, Rule
from codegen.action_lint.spec import Spec
from codegen.document import join, mapping
from codegen.paths import Place

_LONGEST = 300
_LONGEST_OF_PARAMETER = 700
_SHORTEST = 30
_TEXTS = ("summary", "description")
_COMMANDS = re.compile(
    r"\b(?:always|must|have to|make sure to)\s+(?:first\s+)?(?:call|use|invoke|run)\b"
    r"|\b(?:whenever|every time|each time|any time)\s+(?:the|a)\s+user\b"
    r"|\b(?:when|if)\s+(?:the|a)\s+user\s+(?:says|mentions|types|writes)\b"
    r"|\b(?:call|use|invoke|run)\s+this\b[^.]*\b(?:whenever|every time|without asking)\b"
    r"|\bnever\s+answer\b[^.]*\bwithout\b",
    re.IGNORECASE,
)
_MARKUP = re.compile(
    r"</?(?:a|b|br|code|div|em|h[1-6]|i|img|li|ol|p|pre|script|span|strong|table|td|th|tr|ul)\b[^>]*>"
    r"|\[[^\]]+\]\([^)]+\)",
    re.IGNORECASE,
)


def _lengths(spec: Spec) -> Iterator[Problem]:
    for at in spec.operations:
        for key in _TEXTS:
            yield from _too_long(at.node, key, at.pointer, _LONGEST)


def _too_long(
    node: Mapping[str, Any], key: str, pointer: str, most: int, level: str | None = None
) -> Iterator[Problem]:
    length = _length(node.get(key))
    if length > most:
        message = f"{length} characters, {most} are taken; say it in fewer"
        yield Problem(join(pointer, key), message, level)


def _length(text: object) -> int:
    """Count as the strictest reader does: in UTF-16, where an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 if isinstance(text, str) else 0


def _is_there(text: object) -> bool:
    return isinstance(text, str) and text.strip() != ""


def _enough(spec: Spec) -> Iterator[Problem]:
    for at in spec.operations:
        missing = [key for key in _TEXTS if not _is_there(at.node.get(key))]
        for key in missing:
            message = f"{at} has no {key}; some engines show a model the one, some the other"
            yield Problem(at.pointer, message)
        if not missing:
            yield from _telling(at)


def _telling(at: Place) -> Iterator[Problem]:
    if all(len(at.node[key]) < _SHORTEST for key in _TEXTS):
        message = f"{at} says less than {_SHORTEST} characters of itself; say what it is good for"
        yield Problem(join(at.pointer, "description"), message)
    if len(at.node["summary"].split()) == 1:
        message = "one word is no summary; some engines show a model nothing else"
        yield Problem(join(at.pointer, "summary"), message)


def _arguments(spec: Spec) -> Iterator[Problem]:
    for at in spec.operations:
        used = {found.used for found in spec.parameters(at)}
        for name, pointer, node, _ in spec.arguments(at):
            # The limit is documented for parameters; that members of bodies share it is inferred.
            level = None if pointer in used else WARNING
            yield from _too_long(node, "description", pointer, _LONGEST_OF_PARAMETER, level)
            if not _is_there(spec.described(node)):
                yield Problem(pointer, f"nothing says what '{name}' is; describe it", WARNING)


def _pushing(spec: Spec) -> Iterator[Problem]:
    for pointer, node in spec.objects:
        for key in _TEXTS:
            text = node.get(key)
            if not isinstance(text, str):
                continue
            if found := _COMMANDS.search(text):
                message = f"'{found[0]}' commands a call; say what it does, not when to call it"
                yield Problem(join(pointer, key), message)
            if found := _MARKUP.search(text):
                yield Problem(join(pointer, key), f"'{found[0]}' is markup; models read plain text")


def _info(spec: Spec) -> Iterator[Problem]:
    info = mapping(spec.root.get("info"))
    for key in ("title", "version"):
        # One that is missing makes it no OpenAPI, which GA002 says.
        if key in info and not _is_there(info[key]):
            yield Problem(join("/info", key), f"the {key} is empty")
    if not _is_there(info.get("description")):
        yield Problem("/info", "there is no description; say in a sentence what this is")
    yield from _too_long(info, "description", "/info", _LONGEST)
    keys = ("termsOfService", "x-privacy-policy-url")
    if not any(_is_address(info.get(key)) for key in keys):
        message = f"no address of a privacy policy; put one into {' or '.join(keys)}"
        yield Problem("/info", message)


def _is_address(text: object) -> bool:
    return isinstance(text, str) and text.startswith("https://") and bool(urlsplit(text).netloc)


RULES = (
    Rule(
        "GA006",
        ERROR,
        "`summary` and `description` of an operation have at most 300 characters each",
        _lengths,
        ("<op>.description has length 482 exceeding limit of 300",),
    ),
    Rule(
        "GA007",
        WARNING,
        "an operation has a summary and a description, one of 30 characters or more",
        _enough,
    ),
    Rule(
        "GA008",
        ERROR,
        "every parameter is described (else a warning), in at most 700 characters",
        _arguments,
    ),
    Rule("GA031", WARNING, "no text commands calls or holds markup", _pushing),
    Rule(
        "GA033",
        WARNING,
        "`info` has a title, a version, a description of at most 300 characters, a privacy policy",
        _info,
        ("Public actions require valid privacy policy URLs",),
    ),
)
