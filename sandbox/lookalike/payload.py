"""Read the fields of a request body as leniently as Discogs, and refuse what has no meaning."""

import json
from collections.abc import Collection, Mapping

from sandbox.lookalike.answers import RefusalError
from sandbox.lookalike.memory.holdings import HIGHEST_RATING

LONGEST_TEXT = 10_000
BEYOND_REASON = 1e12
MALFORMED = "The request body is not valid JSON."


class Payload:
    """Hand out the fields of a JSON object; one that is missing or null is None."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    def has(self, name: str) -> bool:
        """Tell whether the caller said anything about a field."""
        return self._values.get(name) is not None

    def text(self, name: str) -> str | None:
        """Return a text."""
        value = self._values.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            raise invalid(name, "expected string")
        if len(value) > LONGEST_TEXT:
            raise invalid(name, f"expected at most {LONGEST_TEXT} characters")
        return value

    def text_or(self, name: str, old: str) -> str:
        """Return a text, or the old one where the caller says nothing."""
        value = self.text(name)
        return old if value is None else value

    def choice(self, name: str, choices: Collection[str]) -> str | None:
        """Return one of several texts."""
        value = self._values.get(name)
        if value is not None and (not isinstance(value, str) or value not in choices):
            raise not_among(name, choices)
        return value

    def integer(self, name: str) -> int | None:
        """Return a whole number; its digits in a string will do."""
        value = self._values.get(name)
        if isinstance(value, str) and value.isascii() and value.isdigit():
            value = int(value) if len(value) < len(str(2**63)) else value
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        raise invalid(name, "expected int")

    def rating(self, lowest: int) -> int | None:
        """Return a number of stars."""
        value = self.integer("rating")
        if value is not None and not lowest <= value <= HIGHEST_RATING:
            stars = [str(each) for each in range(lowest, HIGHEST_RATING + 1)]
            raise not_among("rating", stars)
        return value

    def number(self, name: str, word: str = "", meaning: float = 0.0) -> float | None:
        """Return a number that is neither infinite nor none; one word may stand for another."""
        value = self._values.get(name)
        if value is None:
            return None
        if word and value == word:
            return meaning
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise invalid(name, "expected float")
        return finite(name, value)

    def flag(self, name: str) -> bool | None:
        """Return a truth."""
        value = self._values.get(name)
        if value is None or isinstance(value, bool):
            return value
        raise invalid(name, "expected bool")

    def flag_or(self, name: str, *, old: bool) -> bool:
        """Return a truth, or the old one where the caller says nothing."""
        value = self.flag(name)
        return old if value is None else value

    def objects(self, name: str) -> list["Payload"]:
        """Return an array of objects, each with fields of its own."""
        values = self._values.get(name)
        if isinstance(values, list) and all(isinstance(each, dict) for each in values):
            return [Payload(each) for each in values]
        raise invalid(name, "expected array of objects")


def read_payload(body: bytes) -> Payload:
    """Return the fields of a request body; an empty one has none."""
    try:
        value = json.loads(body) if body.strip() else {}
    except (ValueError, RecursionError) as error:
        raise RefusalError(400, MALFORMED) from error
    if not isinstance(value, dict):
        raise invalid("body", "expected object")
    return Payload(value)


def finite(name: str, value: float | str) -> float:
    """Return a number that may have been written as text, and that can be calculated with."""
    try:
        number = float(value)
    except (ValueError, OverflowError) as error:
        raise invalid(name, "expected float") from error
    if not abs(number) < BEYOND_REASON:  # which is how a NaN fails too
        raise invalid(name, "expected float")
    return number


def invalid(name: str, expectation: str) -> RefusalError:
    """Return the refusal of a value that is not what it should be."""
    return RefusalError(422, f"Invalid {name}: {expectation}.")


def not_among(name: str, choices: Collection[str]) -> RefusalError:
    """Return the refusal of a value that is none of those there are."""
    return invalid(name, f"expected one of {', '.join(choices)}")
