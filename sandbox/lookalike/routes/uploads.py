"""Answer for files that change an inventory."""

from sandbox.lookalike import links
from sandbox.lookalike.answers import Answer, RefusalError, json_answer, started
from sandbox.lookalike.call import Call
from sandbox.lookalike.memory.files import Upload
from sandbox.lookalike.multipart import Part, parts
from sandbox.lookalike.ownership import signed_in
from sandbox.lookalike.paging import paged
from sandbox.lookalike.router import NOT_FOUND
from sandbox.lookalike.routes.conditional import unless_known
from sandbox.lookalike.routes.listings import NO_SELLER
from sandbox.lookalike.timestamps import bare
from sandbox.lookalike.upload_effects import apply
from sandbox.lookalike.view import Json

FORM = "multipart/form-data"
PART = "upload"
LONGEST_NAME = 255


def add(call: Call) -> Answer:
    """Offer what a file lists."""
    return _start(call, "add")


def change(call: Call) -> Answer:
    """Change the offers that a file lists."""
    return _start(call, "change")


def delete(call: Call) -> Answer:
    """Remove the offers that a file lists."""
    return _start(call, "delete")


def uploads(call: Call) -> Answer:
    """Return the caller's uploads, the newest first."""
    rows = call.memory.uploads.of(signed_in(call).username)[::-1]
    return paged(call.request, "items", rows, _body)


def upload(call: Call) -> Answer:
    """Return the state of an upload."""
    caller, upload = signed_in(call), call.memory.uploads.get(call.number("upload_id"))
    if upload is None or upload.owner != caller.username:
        raise RefusalError(404, NOT_FOUND)
    return unless_known(json_answer(_body(upload)), upload.finished, call)


def _start(call: Call, kind: str) -> Answer:
    seller = signed_in(call)
    if seller.shop is None:
        raise RefusalError(403, NO_SELLER)
    part = _file(call)
    status, results = apply(kind, part.content, seller, call)
    upload = Upload(
        call.memory.uploads.new_id(),
        seller.username,
        kind,
        call.now,
        call.now,
        part.filename[:LONGEST_NAME],
        status,
        results,
    )
    call.memory.uploads.put(upload)
    return started(_url(upload))


def _file(call: Call) -> Part:
    content_type = call.request.headers.get("content-type", "")
    if content_type.partition(";")[0].strip().lower() != FORM:
        raise RefusalError(415, f"Unsupported media type: expected {FORM}.")
    for part in parts(content_type, call.request.body):
        if part.name == PART:
            return part
    raise RefusalError(422, f"Invalid {PART}: expected a file.")


def _body(upload: Upload) -> Json:
    return {
        "status": upload.status,
        "results": upload.results,
        "created_ts": bare(upload.created),
        "finished_ts": bare(upload.finished),
        "filename": upload.filename,
        "type": upload.type,
        "id": upload.id,
    }


def _url(upload: Upload) -> str:
    return links.api("inventory", "upload", str(upload.id))
