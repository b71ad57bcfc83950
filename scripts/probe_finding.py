"""How an answer of Discogs differs from what the description says of its operation."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

import orjson

from discogs_proxy.drift import compare
from discogs_proxy.exchange import Answer
from discogs_proxy.operation import Operation
from discogs_proxy.shape import Shape

_MOST_VALUES = 1_000_000
_PREFIX = "x-discogs-"
"""How the headers begin that only Discogs sends; all others may come from anything on the way."""
_KEPT_BACK = ("x-discogs-media-type",)
"""What Discogs is known to send and callers never see: the proxy asks for one type of texts."""


def findings(
    operation: Operation, answer: Answer, shape: Shape, described: Mapping[str, Any]
) -> Iterator[str]:
    """Yield what differs; `described` are the answers that the contract has for the operation."""
    if answer.status != HTTPStatus.OK:
        yield f"status   {answer.status} for something that is known to be there"
        return
    yield from _headers(operation, answer, described["200"]["headers"])
    body = orjson.loads(answer.body)
    if (
        "Link" in described["200"]["headers"]
        and _has_more_pages(body)
        and not answer.values("link")
    ):
        yield "header   Link is missing though there are more pages"
    for what, path, kind in sorted(compare(body, shape, _MOST_VALUES).differences):
        yield f"{what:<8} {path or 'the whole answer'}{f' is {kind}' if kind else ''}"


def _headers(operation: Operation, answer: Answer, described: list[str]) -> Iterator[str]:
    media_type = (answer.header("content-type") or "").partition(";")[0].strip()
    if media_type != operation.produces:
        yield f"header   Content-Type is {media_type[:50] or 'missing'}"
    expected = {name.lower(): name for name in described if _is_discogs(name)}
    sent = {name.lower(): name for name, _ in answer.headers if _is_discogs(name)}
    for name in sorted(expected.keys() - sent.keys()):
        yield f"header   {expected[name]} is missing"
    for name in sorted(sent.keys() - expected.keys()):
        yield f"header   {sent[name][:50]} is unknown"


def _is_discogs(name: str) -> bool:
    return name.lower().startswith(_PREFIX) and name.lower() not in _KEPT_BACK


def _has_more_pages(body: object) -> bool:
    pagination = body.get("pagination") if isinstance(body, dict) else None
    pages = pagination.get("pages") if isinstance(pagination, dict) else None
    return isinstance(pages, int) and pages > 1
