"""Cut a list into pages, and tell the caller where the others are."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar
from urllib.parse import urlencode

from sandbox.lookalike import links
from sandbox.lookalike.answers import Answer, RefusalError, json_answer
from sandbox.lookalike.request import Request
from sandbox.lookalike.view import Json

DEFAULT_SIZE = 50
LARGEST_SIZE = 100
RELATIONS = ("first", "last", "prev", "next")

Row = TypeVar("Row")


def page_size(query: Mapping[str, str]) -> int:
    """Return the rows on a page: never more than Discogs sends, whatever was asked."""
    size = _number(query.get("per_page"), DEFAULT_SIZE)
    return min(size, LARGEST_SIZE) if size > 0 else DEFAULT_SIZE


def paged(
    request: Request,
    name: str,
    rows: Sequence[Row],
    render: Callable[[Row], object] = lambda row: row,
    more: Mapping[str, object] | None = None,
) -> Answer:
    """Return the page that the caller asked for, or refuse one that does not exist."""
    query = request.query
    page, size = _number(query.get("page"), 1), page_size(query)
    pages = max(1, -(-len(rows) // size))
    if not 1 <= page <= pages:
        raise RefusalError(404, f"Page {page} is outside of valid range [1, {pages}].")
    urls = _urls(request, page, pages, size)
    pagination: Json = {"page": page, "pages": pages, "per_page": size, "items": len(rows)}
    body = {
        "pagination": pagination | {"urls": urls},
        **(more or {}),
        name: [render(row) for row in rows[(page - 1) * size : page * size]],
    }
    link = ", ".join(f'<{url}>; rel="{relation}"' for relation, url in urls.items())
    return json_answer(body).having({"link": link} if link else {})


def _urls(request: Request, page: int, pages: int, size: int) -> dict[str, str]:
    numbers: dict[str, int] = {}
    if page > 1:
        numbers |= {"first": 1, "prev": page - 1}
    if page < pages:
        numbers |= {"last": pages, "next": page + 1}
    return {each: _url(request, numbers[each], size) for each in RELATIONS if each in numbers}


def _url(request: Request, page: int, size: int) -> str:
    # Everything the caller sent comes back, a token in the query too: Discogs does so.
    parameters = dict(request.parameters)
    parameters["page"] = str(page)
    parameters["per_page"] = str(size)
    return f"{links.API}{request.path}?{urlencode(parameters)}"


def _number(text: str | None, default: int) -> int:
    try:
        return int(text or default)
    except ValueError:
        return default
