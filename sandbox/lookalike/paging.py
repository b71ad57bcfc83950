"""Cut a list into pages, and tell the caller where the others are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import quote, urlencode

from sandbox.lookalike import links
from sandbox.lookalike.answers import Answer, RefusalError, json_answer
from sandbox.lookalike.request import Request
from sandbox.lookalike.view import Json

DEFAULT_SIZE = 50
LARGEST_SIZE = 100
RELATIONS = ("first", "last", "prev", "next")

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Hold the rows of one page, and where the others are."""

    rows: Sequence[Row]
    pagination: Json
    urls: Mapping[str, str]

    def answer(self, body: Json) -> Answer:
        """Return the answer with these rows in it, headers included."""
        link = ", ".join(f'<{url}>; rel="{relation}"' for relation, url in self.urls.items())
        pagination = self.pagination | {"urls": self.urls}
        return json_answer({"pagination": pagination} | body).having({"link": link} if link else {})


def cut(request: Request, rows: Sequence[Row], largest: int = LARGEST_SIZE) -> Page[Row]:
    """Return the page that the caller asked for, or refuse one that does not exist."""
    query = request.query
    page, size = _number(query.get("page"), 1), page_size(query, largest)
    pages = max(1, -(-len(rows) // size))
    if not 1 <= page <= pages:
        raise RefusalError(404, f"Page {page} is outside of valid range [1, {pages}].")
    return Page(
        rows=rows[(page - 1) * size : page * size],
        pagination={"page": page, "pages": pages, "per_page": size, "items": len(rows)},
        urls=_urls(request, page, pages, size),
    )


def page_size(query: Mapping[str, str], largest: int = LARGEST_SIZE) -> int:
    """Return the rows on a page: never more than Discogs sends, whatever was asked."""
    size = _number(query.get("per_page"), DEFAULT_SIZE)
    return min(size, largest) if size > 0 else DEFAULT_SIZE


def paged(
    request: Request,
    name: str,
    rows: Sequence[Row],
    render: Callable[[Row], object] = lambda row: row,
    more: Json | None = None,
) -> Answer:
    """Return an answer with one page of rows, each rendered on its own."""
    page = cut(request, rows)
    return page.answer((more or {}) | {name: [render(row) for row in page.rows]})


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
    return f"{links.API}{quote(request.path)}?{urlencode(parameters)}"


def _number(text: str | None, default: int) -> int:
    try:
        return int(text or default)
    except ValueError:
        return default
