"""Break answers on demand, one request at a time."""

import gzip
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace

from sandbox.lookalike.answers import (
    COMMON_HEADERS,
    TOO_MANY_HEADERS,
    Answer,
    html_answer,
    refusal,
    too_many,
)

NOTHING_LEFT = {"x-discogs-ratelimit-remaining": "0"}
BAD_CREDENTIAL = "Invalid consumer token. Please register an app before making requests."


def _cut_json(answer: Answer) -> Answer:
    return replace(answer, body=answer.body[: len(answer.body) // 2])


def _cut_gzip(answer: Answer) -> Answer:
    body = gzip.compress(answer.body, mtime=0)
    return replace(answer, body=body[: len(body) // 2]).having({"content-encoding": "gzip"})


BREAKAGES: Mapping[str, Callable[[Answer], Answer]] = {
    "rate_limited": lambda _: too_many().having(NOTHING_LEFT),
    "rate_limited_retry_after": lambda _: too_many().having({**NOTHING_LEFT, "retry-after": "60"}),
    "rate_limited_empty": lambda _: Answer(429, b"\n", TOO_MANY_HEADERS).having(NOTHING_LEFT),
    "error_500": lambda _: refusal(500, "Query time exceeded. Please try a simpler query."),
    "html_502": lambda _: html_answer(502, "502 Bad Gateway", "The origin did not answer."),
    "html_200": lambda _: html_answer(200, "One moment", "Your connection is being reviewed."),
    "cut_json": _cut_json,
    "empty_200": lambda _: Answer(200, b""),
    "cut_gzip": _cut_gzip,
    "redirect": lambda _: Answer(
        302, b"", {**COMMON_HEADERS, "location": "https://elsewhere.example/moved"}
    ),
    "unauthorized": lambda _: refusal(401, BAD_CREDENTIAL),
    "nan_json": lambda _: Answer(200, b'{"id":1,"lowest_price":NaN}'),
    # The application itself sees to these two: they are no answers.
    "hang": lambda answer: answer,
    "drop": lambda answer: answer,
}


class Faults:
    """Keep the faults that the next requests will meet, first come, first served."""

    def __init__(self) -> None:
        self._waiting: deque[str] = deque()

    def add(self, fault: str, times: int = 1) -> None:
        """Let as many of the coming requests meet the fault."""
        if fault not in BREAKAGES:
            raise ValueError(f"there is no fault {fault!r}, only {', '.join(BREAKAGES)}")
        if times < 1:
            raise ValueError(f"a fault cannot happen {times} times")
        self._waiting.extend([fault] * times)

    def take(self) -> str | None:
        """Return the fault of the present request, or None when it shall be spared."""
        return self._waiting.popleft() if self._waiting else None

    def clear(self) -> None:
        """Forget all faults that have not happened yet."""
        self._waiting.clear()

    def waiting(self) -> list[str]:
        """Return the faults to come, the next one first."""
        return list(self._waiting)
