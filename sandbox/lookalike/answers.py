"""Make answers, and bring them into the form that goes over the wire."""

import gzip
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

COMMON_HEADERS = {
    "content-type": "application/json",
    "access-control-allow-headers": "Content-Type, authorization, User-Agent",
    "access-control-allow-methods": "HEAD,OPTIONS,GET",
    "access-control-allow-origin": "*",
    "cache-control": "public, must-revalidate",
    "x-discogs-media-type": "discogs.v2",
    "x-content-type-options": "nosniff",
    "strict-transport-security": "max-age=16000000",
}
WANTED_GZIP = re.compile(r"\bgzip(?!;q=0(\.0*)?(,|$))")
TOO_MANY_HEADERS = {"content-type": "application/json", "cache-control": "no-cache"}


@dataclass(frozen=True)
class Answer:
    """Hold a status, a body and headers with lower-case names."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=lambda: COMMON_HEADERS)

    def having(self, headers: Mapping[str, str]) -> "Answer":
        """Return the same answer with these headers besides its own, which win."""
        return replace(self, headers={**headers, **self.headers})


class RefusalError(Exception):
    """Carry the status and the message with which a request is turned down."""

    def __init__(
        self,
        status: int,
        message: str,
        headers: Mapping[str, str] | None = None,
        detail: object = None,
    ) -> None:
        super().__init__(message)
        self.answer = refusal(status, message, detail).having(headers or {})


def json_answer(body: object, status: int = 200) -> Answer:
    """Return an answer as Discogs writes it: compact, and not escaped."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    # A caller can send half of a surrogate pair; no other text can hold it.
    return Answer(status, text.encode(errors="replace"))


def detailed(field: str, text: str, kind: str = "value_error") -> RefusalError:
    """Return a refusal that names the field in its detail."""
    detail = [{"loc": [field], "msg": text, "type": kind}]
    return RefusalError(422, 'See "detail" for validation errors.', detail=detail)


def no_content() -> Answer:
    """Return the answer to a change that leaves nothing to tell."""
    return Answer(204, b"", {**COMMON_HEADERS, "content-type": "text/plain"})


def started(address: str) -> Answer:
    """Return the answer to a call whose result will be found elsewhere."""
    return Answer(200, b"").having({"location": address})


def refusal(status: int, message: str, detail: object = None) -> Answer:
    """Return an error answer, which Discogs writes with a space after the colon."""
    body = {"message": message} | ({"detail": detail} if detail else {})
    return Answer(status, json.dumps(body).encode())


def too_many() -> Answer:
    """Return the answer to a request over the limit."""
    body = b'{"message": "You are making requests too quickly."}'
    return Answer(429, body, TOO_MANY_HEADERS)


def html_answer(status: int, title: str, text: str) -> Answer:
    """Return a page like those that stand between Discogs and its clients."""
    page = (
        f"<!DOCTYPE html>\n<html><head><title>{title}</title></head>\n"
        f"<body><h1>{title}</h1><p>{text}</p><hr>cloudflare</body></html>\n"
    )
    return Answer(status, page.encode(), {"content-type": "text/html; charset=UTF-8"})


def encoded(answer: Answer, accept_encoding: str) -> Answer:
    """Return the answer compressed where the client takes it, with the length of its body."""
    headers = {"vary": "Accept-Encoding"}
    body = answer.body
    if body and "content-encoding" not in answer.headers and _takes_gzip(accept_encoding):
        body = gzip.compress(body, mtime=0)
        headers["content-encoding"] = "gzip"
    headers["content-length"] = str(len(body))
    return replace(answer, body=body).having(headers)


def _takes_gzip(accept_encoding: str) -> bool:
    return bool(WANTED_GZIP.search(accept_encoding.replace(" ", "").lower()))
