"""What an edit of a description means for agents, who see a part of each answer."""

import pytest

from codegen.contract import contract, read_contract, render_contract
from codegen.parse import parse
from codegen.pipeline import check
from codegen.summary import summary
from codegen.view_parsing import answer_views

_SHELF = """\
openapi: 3.1.0
info: {title: Shelf, version: "1"}
security: [{key: []}]
paths:
  /books:
    get:
      operationId: listBooks
      tags: [Books]
      summary: List the books.
      x-proxy-agent:
        description: List the books of the shelf, with their authors.
        parameters: []
        consequential: false
      responses:
        "200":
          description: The books.
          content: {application/json: {schema: {$ref: "#/components/schemas/Page"}}}
        "404": {$ref: "#/components/responses/Problem"}
        "500": {$ref: "#/components/responses/Problem"}
  /books/{book}:
    get:
      operationId: getBook
      tags: [Books]
      summary: Read a book.
      x-proxy-agent:
        description: Read a book of the shelf, with its author.
        parameters: [book]
        consequential: false
      parameters:
        - {name: book, in: path, required: true, description: Which., schema: {type: integer}}
      responses:
        "200":
          description: The book.
          content: {application/json: {schema: {$ref: "#/components/schemas/Book"}}}
        "404": {$ref: "#/components/responses/Problem"}
        "500": {$ref: "#/components/responses/Problem"}
components:
  securitySchemes:
    key: {type: apiKey, name: x-api-key, in: header}
  responses:
    Problem:
      description: What went wrong.
      content:
        application/json: {schema: {type: object, properties: {message: {type: string}}}}
  schemas:
    Page:
      type: object
      properties: {books: {type: array, items: {$ref: "#/components/schemas/Book"}}}
    Book:
      type: object
      x-proxy-agent-fields:
        keep: [id, title, author, prize, part]
        include: {notes: [notes], prices: [price]}
        noise: {price: [0]}
        longest: {notes: 400, title: 90}
      properties:
        id: {type: integer}
        title: {type: string}
        notes: {type: string}
        price: {type: number}
        weight: {type: number}
        author: {$ref: "#/components/schemas/Author"}
        part: {$ref: "#/components/schemas/Book"}
        prize:
          type: object
          x-proxy-agent-fields: {text: "{name}[, {year}]"}
          properties: {name: {type: string}, year: {type: integer}}
    Author:
      type: object
      properties: {name: {type: string}, born: {type: integer}}
"""
_BOTH = "listBooks, getBook: answer for agents"
_BREAKS = " (breaks callers)"
_KEEP, _INCLUDE = "keep: [id, title, author, prize, part]", "{notes: [notes], prices: [price]}"
_TITLE = "longest: {notes: 400, title: 90}"
_OF_AUTHORS = "    Author:\n      type: object\n"
_SAID = "x-proxy-agent-fields"


def _contract(text):
    document = check(text, "openapi.yaml")
    api = parse(document, "shelf_api", "core")
    return render_contract(contract(document, api, answer_views(document, api)))


def _edited(*edits):
    text = _SHELF
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@pytest.fixture(scope="module")
def before():
    return _contract(_SHELF)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (_KEEP, "keep: [id, title, author, part]", f"Book.prize is no longer shown{_BREAKS}"),
        (_KEEP, "keep: [id, title, author, prize, part, weight]", "Book.weight is shown now"),
        (_KEEP, "keep: [part, prize, author, id, title, notes]", [
            "Book.notes is shown without include now",
            "Book.notes is shown uncut with include=notes now",
        ]),
        (_INCLUDE, "{notes: [notes, title], prices: [price]}",
            "Book.title is shown uncut with include=notes now"),
        (_TITLE, "longest: {notes: 300, title: 90}",
            f"Book.notes is cut after 300 now{_BREAKS}"),
        (_TITLE, "longest: {notes: 400, title: 99}", "Book.title is cut after 99 now"),
        (_TITLE, "longest: {notes: 400}", "Book.title is no longer cut"),
        ("noise: {price: [0]}", "noise: {price: [0, 1]}", "Book.price is left out when 0 or 1 now"),
        ('{text: "{name}[, {year}]"}', '{text: "{name}"}',
            "Book.prize reads '{name}' now, was '{name}[, {year}]'"),
        ('{text: "{name}[, {year}]"}', "{keep: [name]}",
            f"Book.prize is shown in part now, was as a text{_BREAKS}"),
        (_OF_AUTHORS, f"{_OF_AUTHORS}      {_SAID}: {{keep: [name]}}\n",
            f"Author is shown in part now, was whole{_BREAKS}"),
    ],
)  # fmt: skip
def test_what_agents_are_shown_otherwise_is_told_where_it_is(before, old, new, expected):
    lines = [expected] if isinstance(expected, str) else expected

    said = summary(before, _contract(_edited((old, new)))).splitlines()

    assert said[1:] == [f"  changed  {_BOTH} {line}" for line in lines]


def test_the_order_in_which_agents_are_shown_things_is_nothing_to_them(before):
    after = _contract(_edited((_KEEP, "keep: [part, prize, author, title, id]")))

    assert summary(before, after) == "For callers nothing changed.\n"


def test_a_component_that_is_renamed_is_looked_into(before):
    renamed = _SHELF.replace("schemas/Author", "schemas/Writer").replace(
        "    Author:", "    Writer:"
    )
    less = renamed.replace(
        "    Writer:\n      type: object\n",
        f"    Writer:\n      type: object\n      {_SAID}: {{keep: [name]}}\n",
    )

    assert summary(before, _contract(renamed)) == "For callers nothing changed.\n"
    assert summary(before, _contract(less)).splitlines()[1:] == [
        f"  changed  {_BOTH} Book.author is shown in part now, was whole{_BREAKS}"
    ]


def test_a_property_in_another_group_is_told_beside_the_groups(before):
    said = summary(before, _contract(_edited((_INCLUDE, "{notes: [notes, price]}")))).splitlines()

    line = f"  changed  {_BOTH} Book.price is shown only with include=notes now{_BREAKS}"
    assert line in said


def test_a_contract_whose_parts_are_not_all_there_is_none(before):
    assert read_contract(before) is not None
    assert read_contract(before.replace('"component": "Author"', '"component": "Poet"')) is None
