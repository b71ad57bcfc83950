"""Answer for inventories as files."""

from sandbox.lookalike import links
from sandbox.lookalike.answers import COMMON_HEADERS, Answer, RefusalError, json_answer, started
from sandbox.lookalike.call import Call
from sandbox.lookalike.inventory_csv import written
from sandbox.lookalike.memory.files import Export
from sandbox.lookalike.ownership import signed_in
from sandbox.lookalike.paging import paged
from sandbox.lookalike.router import NOT_FOUND
from sandbox.lookalike.routes.conditional import unless_known
from sandbox.lookalike.timestamps import bare
from sandbox.lookalike.view import Json


def start(call: Call) -> Answer:
    """Write down the caller's inventory as it is now; it takes no time here."""
    seller = signed_in(call)
    listings = tuple(call.memory.listings.of(seller.username))
    export = Export(call.memory.exports.new_id(), seller.username, call.now, call.now, listings)
    call.memory.exports.put(export)
    return started(_url(export))


def exports(call: Call) -> Answer:
    """Return the caller's exports, the newest first."""
    rows = call.memory.exports.of(signed_in(call).username)[::-1]
    return paged(call.request, "items", rows, _body)


def export(call: Call) -> Answer:
    """Return the state of an export."""
    export = _own(call)
    return unless_known(json_answer(_body(export)), export.finished, call)


def download(call: Call) -> Answer:
    """Return the file of an export."""
    export = _own(call)
    headers = {
        **COMMON_HEADERS,
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": f'attachment; filename="{_filename(export)}"',
    }
    text = written(export.listings, call.catalogue)
    return Answer(200, text.encode(errors="replace"), headers)


def _own(call: Call) -> Export:
    caller, export = signed_in(call), call.memory.exports.get(call.number("export_id"))
    if export is None or export.owner != caller.username:
        raise RefusalError(404, NOT_FOUND)
    return export


def _body(export: Export) -> Json:
    return {
        "status": export.status,
        "created_ts": bare(export.created),
        "url": _url(export),
        "finished_ts": bare(export.finished),
        "download_url": f"{_url(export)}/download",
        "filename": _filename(export),
        "id": export.id,
    }


def _filename(export: Export) -> str:
    day = bare(export.created)[:16].replace("-", "").replace(":", "").replace("T", "-")
    return f"{export.owner}-inventory-{day}.csv"


def _url(export: Export) -> str:
    return links.api("inventory", "export", str(export.id))
