"""Turn the outcome of an invocation into the HTTP response the host sends."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from sandbox.host.worker import Outcome

_BODILESS = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)


@dataclass(frozen=True)
class Answer:
    """Hold what is answered, before the rules of HTTP and of host.json are applied to it."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: tuple[str, ...] = ()
    body: bytes = b""


@dataclass(frozen=True)
class HostResponse:
    """Hold a response as it goes on the wire."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


def answer_for(outcome: Outcome) -> Answer:
    """Read the answer out of a function's outcome; a failure says nothing but 500."""
    if outcome.failure is not None:
        return Answer(HTTPStatus.INTERNAL_SERVER_ERROR)
    if outcome.datum is None:
        return Answer(HTTPStatus.NO_CONTENT)
    if outcome.datum.type == "string":
        body = outcome.datum.value.encode()
        return Answer(HTTPStatus.OK, {"content-type": "text/plain; charset=utf-8"}, body=body)
    return _http_answer(outcome.datum.value)


def render(answer: Answer, *, method: str, custom_headers: Mapping[str, str]) -> HostResponse:
    """Put an answer on the wire, or raise ValueError for a header that cannot be sent."""
    headers = {
        **answer.headers,
        **{name.lower(): value for name, value in custom_headers.items()},
    }
    is_head = method == "HEAD"
    if answer.status in _BODILESS:
        headers.pop("content-length", None)
    # An empty body under HEAD says nothing about the length that GET would answer with.
    elif answer.body or not is_head:
        headers["content-length"] = str(len(answer.body))
    pairs = (*headers.items(), *(("set-cookie", cookie) for cookie in answer.cookies))
    return HostResponse(
        status=answer.status,
        headers=tuple((name.encode("latin-1"), value.encode("latin-1")) for name, value in pairs),
        body=b"" if is_head or answer.status in _BODILESS else answer.body,
    )


def _http_answer(response: Mapping[str, Any]) -> Answer:
    return Answer(
        status=int(response["status_code"].value),
        headers={name.lower(): datum.value for name, datum in response["headers"].items()},
        cookies=tuple(
            morsel.OutputString()
            for cookie in response["cookies"] or ()
            for morsel in cookie.values()
        ),
        body=response["body"].value,
    )
