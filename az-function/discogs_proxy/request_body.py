"""The body of a request: held against the operation, and made ready for Discogs."""

from collections.abc import Mapping
from typing import Any

import orjson

from discogs_proxy import header_value, multipart
from discogs_proxy.errors import InvalidRequest, PayloadTooLarge, UnsupportedMedia
from discogs_proxy.exchange import Headers, Inbound
from discogs_proxy.operation import Body, Operation

JSON = "application/json"
LARGEST_BY_MEDIA_TYPE: Mapping[str, int] = {JSON: 256 * 1024, "multipart/form-data": 10 * 1024**2}
"""Bytes. The longest text recorded from Discogs, a profile, has 30,000 characters."""

_LARGEST_EXACT = 2**53
_DEEPEST = 100
"""Levels of arrays and objects; what is read, checked and written here is read by recursion."""
_UTF_8 = ("utf-8", "utf8")
_NOTHING = (b"", b"null", b"{}")
"""What clients send that always send something."""


def prepare(operation: Operation, inbound: Inbound) -> tuple[bytes, Headers]:
    """Return the bytes for Discogs and the headers that belong to them.

    JSON is written anew from what was checked, so that nothing else can leave; multipart leaves as
    it came. Raise `InvalidRequest`, `PayloadTooLarge` or `UnsupportedMedia`.
    """
    if operation.method == "GET":
        return b"", ()  # a body has no meaning there (RFC 9110, section 9.3.1)
    body = operation.body
    if body is None:
        if inbound.body.strip() not in _NOTHING:
            raise InvalidRequest("body_not_taken", "This operation takes no body; send none.")
        return b"", ()
    if not inbound.body:
        _require_none(body, inbound.headers)
        return b"", ()
    content_type = inbound.headers.get("content-type", "")
    _require_type(body.media_type, content_type, inbound.headers)
    _require_size(body.media_type, len(inbound.body))
    if body.media_type == JSON:
        return _checked_json(body, inbound.body), (("Content-Type", JSON),)
    _check_parts(body, content_type, inbound.body)
    return inbound.body, (("Content-Type", content_type),)


def _require_none(body: Body, headers: Mapping[str, str]) -> None:
    if "chunked" in headers.get("transfer-encoding", "").lower():
        # Azure's host reads a body by its announced length, and a chunked one not at all.
        message = "The body was sent in chunks, which do not arrive; send it with a Content-Length."
        raise InvalidRequest("body_chunked", message)
    if body.is_required:
        message = f"This operation takes a body of {body.media_type}, and none arrived."
        raise InvalidRequest("body_missing", message)


def _require_type(wanted: str, content_type: str, headers: Mapping[str, str]) -> None:
    given = content_type.partition(";")[0].strip().lower()
    charset = (header_value.attribute(content_type, "charset") or "utf-8").lower()
    is_wanted = given == wanted and (wanted != JSON or charset in _UTF_8)
    # A form's Content-Type goes out as it came, and no other characters can go out in a header.
    if not (is_wanted and content_type.isascii() and content_type.isprintable()):
        form = f"{wanted} in UTF-8" if wanted == JSON else wanted
        message = f"Send the body as {form} and say so in Content-Type."
        raise UnsupportedMedia("content_type", message)
    if headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise UnsupportedMedia("content_encoding", "Send the body without a Content-Encoding.")


def _require_size(media_type: str, size: int) -> None:
    largest = LARGEST_BY_MEDIA_TYPE[media_type]
    if size > largest:
        message = f"The body has {size} bytes; {largest} at most are taken here."
        raise PayloadTooLarge("body", message)


def _checked_json(body: Body, content: bytes) -> bytes:
    try:
        value = _whole(orjson.loads(content))
    except orjson.JSONDecodeError as error:
        message = f"The body is no JSON (RFC 8259): {error.msg}, line {error.lineno}."
        raise InvalidRequest("body_not_json", message) from error
    if not isinstance(value, dict):
        raise InvalidRequest("invalid_body", "The body has to be a JSON object.")
    problems = list(_count_problems(body, len(value))) or _member_problems(body, value)
    if problems:
        raise InvalidRequest("invalid_body", " ".join(problems))
    return orjson.dumps(value)


def _whole(value: Any, levels: int = _DEEPEST) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return a value with 5 in the place of 5.0: one integer to JSON Schema (Core, 4.2.3)."""
    if isinstance(value, float) and value.is_integer() and abs(value) <= _LARGEST_EXACT:
        return int(value)
    if isinstance(value, dict | list) and not levels:
        raise InvalidRequest("invalid_body", f"The body nests deeper than {_DEEPEST} levels.")
    if isinstance(value, dict):
        return {name: _whole(member, levels - 1) for name, member in value.items()}
    return [_whole(item, levels - 1) for item in value] if isinstance(value, list) else value


def _count_problems(body: Body, members: int) -> list[str]:
    if members < body.fewest:
        return [f"The body needs at least {body.fewest} of its members."]
    if body.most is not None and members > body.most:
        return [f"The body takes at most {body.most} of its members at a time."]
    return []


def _member_problems(body: Body, value: dict[str, object]) -> list[str]:
    if body.model is None:
        return []
    # Pydantic and the models cost more than everything else at a cold start: first use loads.
    from discogs_proxy import validation  # noqa: PLC0415

    return validation.problems(body.model, value)


def _check_parts(body: Body, content_type: str, content: bytes) -> None:
    try:
        names = multipart.part_names(content_type, content)
    except multipart.Unreadable as error:
        raise InvalidRequest("body_not_multipart", f"No multipart form: {error}.") from error
    missing = [name for name in body.parts if name not in names]
    if missing:
        raise InvalidRequest("invalid_body", f"The form lacks the part {', '.join(missing)}.")
