"""What an edit of a description means for callers, as the command tells it."""

import pytest

from codegen.contract import contract, read_contract, render_contract
from codegen.parse import parse
from codegen.pipeline import check
from codegen.summary import summary
from codegen.view_parsing import answer_views

_KITCHEN = """\
openapi: 3.1.0
info: {title: Kitchen, version: "1"}
security: [{key: []}]
paths:
  /dishes:
    get:
      operationId: listDishes
      tags: [Dishes]
      summary: List the dishes.
      x-proxy-require-query: nothing_asked
      x-proxy-cache: {ttl: 60}
      x-proxy-agent:
        description: List the dishes of the kitchen, with their parts.
        parameters: [taste, page]
        consequential: false
      parameters:
        - name: taste
          in: query
          description: How it tastes.
          schema: {type: string, enum: [sweet, sour]}
        - name: page
          in: query
          description: Which page.
          schema: {type: integer, minimum: 1, maximum: 9, default: 1}
        - name: word
          in: query
          description: What it is called.
          schema: {type: string, maxLength: 40, pattern: "^[a-z]+$"}
      responses:
        "200":
          description: The dishes.
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Menu"}
        "404": {$ref: "#/components/responses/Problem"}
        "500": {$ref: "#/components/responses/Problem"}
    post:
      operationId: addDish
      tags: [Dishes]
      summary: Add a dish.
      requestBody:
        required: false
        content: {application/json: {schema: {$ref: "#/components/schemas/NewDish"}}}
      responses:
        "201":
          description: The dish.
          content: {application/json: {schema: {$ref: "#/components/schemas/Dish"}}}
        "404": {$ref: "#/components/responses/Problem"}
        "500": {$ref: "#/components/responses/Problem"}
  /dishes/{dish}:
    get:
      operationId: getDish
      tags: [Dishes]
      summary: Read a dish.
      parameters:
        - {name: dish, in: path, required: true, description: Which., schema: {type: integer}}
      responses:
        "200":
          description: The dish.
          content: {application/json: {schema: {$ref: "#/components/schemas/Dish"}}}
        "404": {$ref: "#/components/responses/Problem"}
        "500": {$ref: "#/components/responses/Problem"}
components:
  securitySchemes:
    key: {type: apiKey, name: x-api-key, in: header}
  responses:
    Problem:
      description: What went wrong.
      content: {application/json: {schema: {$ref: "#/components/schemas/Problem"}}}
  schemas:
    Problem:
      type: object
      required: [message]
      properties:
        message: {type: string}
    Menu:
      type: object
      properties: {dishes: {type: array, items: {$ref: "#/components/schemas/Dish"}}}
    NewDish:
      type: object
      additionalProperties: false
      required: [name]
      properties:
        name: {type: string, minLength: 1}
        price: {type: number}
        taste: {type: string, enum: [sweet, sour]}
    Dish:
      description: Made of dishes.
      type: object
      required: [name, parts]
      properties:
        name: {type: string}
        price: {type: [number, "null"]}
        taste: {type: string, enum: [sweet, sour]}
        stars: {type: integer}
        parts: {type: array, items: {$ref: "#/components/schemas/Dish"}}
        cook: {$ref: "#/components/schemas/Cook"}
        author: {$ref: "#/components/schemas/Cook"}
        notes: {type: object, additionalProperties: {type: string}}
    Cook:
      allOf:
        - {$ref: "#/components/schemas/Person"}
        - type: object
          properties:
            hat: {type: string}
    Person:
      type: object
      required: [name]
      properties:
        name: {type: string}
        born: {type: string, format: date}
"""
_LIST, _ADD, _GET = "listDishes", "addDish", "getDish"
_ALL = f"{_LIST}, {_ADD}, {_GET}"
_DISH = f"{_ALL}: answers 200, 201 Dish"
_BREAKS = " (breaks callers)"


def _contract(text):
    document = check(text, "openapi.yaml")
    api = parse(document, "kitchen_api", "core")
    return render_contract(contract(document, api, answer_views(document, api)))


@pytest.fixture(scope="module")
def before():
    return _contract(_KITCHEN)


def _edited(*edits):
    text = _KITCHEN
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def _said(before, *edits):
    return summary(before, _contract(_edited(*edits))).splitlines()


def _cut(first, last):
    """Return the text from one beginning of a line to another one."""
    begin = _KITCHEN.index(first)
    return _KITCHEN[begin : _KITCHEN.index(last, begin)]


_TASTES = "          schema: {type: string, enum: [sweet, sour]}\n"
_PAGE = "{type: integer, minimum: 1, maximum: 9, default: 1}"
_WORD = '{type: string, maxLength: 40, pattern: "^[a-z]+$"}'
_BODY = "        price: {type: number}\n"
_STARS = "        stars: {type: integer}\n"
_HAT = "            hat: {type: string}\n"
_PRICE = '        price: {type: [number, "null"]}\n'
_PARAMETER = "        - name: word\n"
_NEED_NAME = "required: [name]\n      properties:\n        name: {type: string, minLength: 1}\n"
_WHICH = "        - {name: dish, "

_REQUESTS = {
    "an enum more": (_TASTES, _TASTES.replace("sour", "sour, salty"),
        f'{_LIST}: parameter taste may be "salty" now'),
    "an enum less": (_TASTES, _TASTES.replace(", sour", ""),
        f'{_LIST}: parameter taste is no longer "sour"{_BREAKS}'),
    "no enum": (_TASTES, _TASTES.replace(", enum: [sweet, sour]", ""),
        f"{_LIST}: parameter taste is no longer one of a few values"),
    "an enum": (_WORD, "{type: string, enum: [a, b]}",
        [f'{_LIST}: parameter word is one of "a", "b" now{_BREAKS}',
         f"{_LIST}: parameter word maxLength is none now, was 40",
         f'{_LIST}: parameter word pattern is none now, was "^[a-z]+$"']),
    "a type": (_PAGE, "{type: string}",
        f"{_LIST}: parameter page is string now, was integer{_BREAKS}"),
    "a wider type": (_PAGE, _PAGE.replace("integer", "number"),
        f"{_LIST}: parameter page is number now, was integer"),
    "a floor that all lengths reach": (_WORD, _WORD.replace("maxLength", "minLength: 0, maxLength"),
        []),
    "a lower ceiling": (_PAGE, _PAGE.replace("9", "8"),
        f"{_LIST}: parameter page maximum is 8 now, was 9{_BREAKS}"),
    "a higher ceiling": (_PAGE, _PAGE.replace("9", "10"),
        f"{_LIST}: parameter page maximum is 10 now, was 9"),
    "a higher floor": (_PAGE, "{type: integer, minimum: 2, maximum: 9, default: 2}",
        [f"{_LIST}: parameter page minimum is 2 now, was 1{_BREAKS}",
         f"{_LIST}: parameter page default is 2 now, was 1"]),
    "no floor": (_PAGE, _PAGE.replace("minimum: 1, ", ""),
        f"{_LIST}: parameter page minimum is none now, was 1"),
    "a pattern": (_WORD, _WORD.replace("a-z", "a-y"),
        f'{_LIST}: parameter word pattern is "^[a-y]+$" now, was "^[a-z]+$"{_BREAKS}'),
    "no pattern": (_WORD, "{type: string, maxLength: 40}",
        f'{_LIST}: parameter word pattern is none now, was "^[a-z]+$"'),
    "a new pattern": (_NEED_NAME, _NEED_NAME.replace("minLength: 1", "minLength: 1, pattern: s"),
        f'{_ADD}: body NewDish.name pattern is "s" now, was none{_BREAKS}'),
    "a parameter renamed": ("name: word", "name: title",
        [f"{_LIST}: parameter title is new",
         f"{_LIST}: parameter word is gone{_BREAKS}"]),
    "a parameter in another place": (_PARAMETER + "          in: query",
        _PARAMETER + "          in: header",
        [f"{_LIST}: parameter word is new",
         f"{_LIST}: parameter word is gone{_BREAKS}"]),
    "a parameter required": ("description: Which page.",
        "description: Which page.\n          required: true",
        f"{_LIST}: parameter page is required now{_BREAKS}"),
    "a new required parameter": (_WHICH,
        "        - {name: n, in: query, required: true, description: N., schema: {type: integer}}\n"
        + _WHICH, f"{_GET}: parameter n is new and required{_BREAKS}"),
    "a member of the body gone": (_BODY, "", f"{_ADD}: body NewDish.price is gone{_BREAKS}"),
    "a new member of the body": (_BODY, _BODY + "        size: {type: integer}\n",
        f"{_ADD}: body NewDish.size is new"),
    "a member of the body required": (_NEED_NAME, _NEED_NAME.replace("[name]", "[name, price]"),
        f"{_ADD}: body NewDish.price is required now{_BREAKS}"),
    "a member of the body optional": (_NEED_NAME,
        _NEED_NAME.replace("required: [name]", "description: Anything."),
        f"{_ADD}: body NewDish.name is optional now"),
    "a narrower member of the body": (_BODY, _BODY.replace("number", "integer"),
        f"{_ADD}: body NewDish.price is integer now, was number{_BREAKS}"),
    "null in a body": (_BODY, '        price: {type: [number, "null"]}\n',
        f"{_ADD}: body NewDish.price may be null now"),
    "a body required": ("required: false", "required: true",
        f"{_ADD}: body is required now{_BREAKS}"),
}  # fmt: skip
_ANSWERS = {
    "a member gone": (_STARS, "", f"{_DISH}.stars is gone{_BREAKS}"),
    "a member more": (_STARS, _STARS + "        size: {type: integer}\n", f"{_DISH}.size is new"),
    "a member that may be missing": ("required: [name, parts]", "required: [name]",
        f"{_DISH}.parts is optional now{_BREAKS}"),
    "a member always there": ("required: [name, parts]", "required: [name, parts, stars]",
        f"{_DISH}.stars is required now"),
    "null": (_STARS, '        stars: {type: [integer, "null"]}\n',
        f"{_DISH}.stars may be null now{_BREAKS}"),
    "no null": (_PRICE, "        price: {type: number}\n", f"{_DISH}.price is no longer null"),
    "a wider type": (_STARS, "        stars: {type: number}\n",
        f"{_DISH}.stars is number now, was integer{_BREAKS}"),
    "a narrower type": (_PRICE, '        price: {type: [integer, "null"]}\n',
        f"{_DISH}.price is integer now, was number"),
    "another type": (_STARS, "        stars: {type: string}\n",
        f"{_DISH}.stars is string now, was integer{_BREAKS}"),
    "an alternative": (_STARS, "        stars: {anyOf: [{type: integer}, {type: string}]}\n",
        f"{_DISH}.stars may be string now{_BREAKS}"),
    "an enum more": ("taste: {type: string, enum: [sweet, sour]}\n        stars",
        "taste: {type: string, enum: [sweet, sour, salty]}\n        stars",
        f'{_DISH}.taste may be "salty" now{_BREAKS}'),
    "an enum less": ("taste: {type: string, enum: [sweet, sour]}\n        stars",
        "taste: {type: string, enum: [sweet]}\n        stars",
        f'{_DISH}.taste is no longer "sour"'),
    "null beside a reference": ('cook: {$ref: "#/components/schemas/Cook"}',
        'cook: {anyOf: [{$ref: "#/components/schemas/Cook"}, {type: "null"}]}',
        f"{_DISH}.cook may be null now{_BREAKS}"),
    "another component": ('cook: {$ref: "#/components/schemas/Cook"}',
        'cook: {$ref: "#/components/schemas/Person"}',
        f"{_DISH}.cook.hat is gone{_BREAKS}"),
    "an ingredient's member": (_HAT, _HAT.replace("hat", "cap"),
        [f"{_ALL}: answers 200, 201 Cook.cap is new",
        f"{_ALL}: answers 200, 201 Cook.hat is gone{_BREAKS}"]),
    "an ingredient's member always there": (_HAT, _HAT + "          required: [born]\n",
        f"{_ALL}: answers 200, 201 Cook.born is required now"),
    "an ingredient gone": ('        - {$ref: "#/components/schemas/Person"}\n', "",
        [f"{_ALL}: answers 200, 201 Cook.name is gone{_BREAKS}",
         f"{_ALL}: answers 200, 201 Cook.born is gone{_BREAKS}"]),
    "a component deep below": ("        born: {type: string, format: date}\n",
        "        born: {type: string}\n",
        f'{_ALL}: answers 200, 201 Person.born format is none now, was "date"'),
    "nothing said of it": ('items: {$ref: "#/components/schemas/Dish"}}\n        cook',
        "items: {}}\n        cook",
        f"{_DISH}.parts[] is of any type now, was object{_BREAKS}"),
    "values that need not differ": ("parts: {type: array,",
        "parts: {uniqueItems: false, type: array,", []),
    "values of a map": ("additionalProperties: {type: string}",
        'additionalProperties: {type: [string, "null"]}',
        f"{_DISH}.notes.* may be null now{_BREAKS}"),
    "a map closed": ("additionalProperties: {type: string}", "additionalProperties: false",
        f"{_DISH}.notes has no other members now"),
    "an error's member": ("        message: {type: string}\n",
        "        message: {type: string}\n        code: {type: integer}\n",
        f"{_ALL}: answers 404, 500 Problem.code is new"),
    "items of an array": ('{dishes: {type: array, items: {$ref: "#/components/schemas/Dish"}}}',
        '{dishes: {type: array, items: {anyOf: [{$ref: "#/components/schemas/Dish"}, '
        '{type: "null"}]}}}',
        f"{_LIST}: answer 200 Menu.dishes[] may be null now{_BREAKS}"),
    "a status of success": ('"201"', '"200"',
        [f"{_ADD}: answer 200 is new{_BREAKS}", f"{_ADD}: answer 201 is gone{_BREAKS}"]),
}  # fmt: skip
_FACTS = {
    "a path": ("  /dishes/{dish}:", "  /plates/{dish}:",
        f"{_GET}: is GET /plates/{{dish}} now, was GET /dishes/{{dish}}{_BREAKS}"),
    "a method": ("    post:", "    put:",
        [f"{_ADD}: is PUT /dishes now, was POST /dishes{_BREAKS}", f"{_ADD}: is safe to repeat"]),
    "a role": ("      operationId: getDish\n",
        "      operationId: getDish\n      x-proxy-needs: account\n",
        f"{_GET}: needs an account now, was a key alone{_BREAKS}"),
    "a longer cache": ("{ttl: 60}", "{ttl: 90}",
        f"{_LIST}: is cached for 90 seconds now, was for 60 seconds"),
    "no cache": ("      x-proxy-cache: {ttl: 60}\n", "",
        f"{_LIST}: is cached not at all now, was for 60 seconds"),
    "privacy": ("x-proxy-cache: {ttl: 60}", "x-proxy-cache: never",
        [f"{_LIST}: is cached not at all now, was for 60 seconds", f"{_LIST}: is private"]),
    "repetition": ("      operationId: addDish\n",
        "      operationId: addDish\n      x-proxy-idempotent: true\n",
        f"{_ADD}: is safe to repeat"),
    "no query needed": ("      x-proxy-require-query: nothing_asked\n", "",
        f"{_LIST}: is answered without a query parameter now"),
    "another reason": ("nothing_asked", "too_vague",
        f"{_LIST}: gives the reason too_vague now, was nothing_asked{_BREAKS}"),
    "a parameter less for agents": ("parameters: [taste, page]", "parameters: [taste]",
        f"{_LIST}: parameter page for agents is gone{_BREAKS}"),
    "a tighter limit for agents": ("parameters: [taste, page]",
        "parameters: [taste, page: {maximum: 8}]",
        f"{_LIST}: parameter page for agents maximum is 8 now, was 9{_BREAKS}"),
    "a parameter more for agents": ("parameters: [taste, page]", "parameters: [taste, page, word]",
        f"{_LIST}: parameter word for agents is new"),
}  # fmt: skip
_KEY = "security: [{key: []}]"
_ACCESS = {
    "another name of the key": ("name: x-api-key", "name: x-key",
        f"{_ALL}: takes x-key in the header now, was x-api-key in the header{_BREAKS}"),
    "another place of the key": ("x-api-key, in: header", "key, in: query",
        f"{_ALL}: takes key in the query now, was x-api-key in the header{_BREAKS}"),
    "no key": (f"{_KEY}\n", "", f"{_ALL}: takes no credential now, was x-api-key in the header"),
    "a key if there is one": (_KEY, "security: [{key: []}, {}]",
        f"{_ALL}: takes no credential now, was x-api-key in the header"),
}  # fmt: skip
_EDITS = {"sent": _REQUESTS, "read": _ANSWERS, "said": _FACTS, "let in by": _ACCESS}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(*case, id=f"{subject}: {name}")
        for subject, cases in _EDITS.items()
        for name, case in cases.items()
    ],
)
def test_an_edit_is_told_with_its_operations_its_place_and_whether_it_breaks(
    before, old, new, expected
):
    lines = [expected] if isinstance(expected, str) else expected
    told = [f"  changed  {line}" for line in lines]

    assert _said(before, (old, new))[1:] == told


def test_counts_come_first(before):
    said = _said(before, (_STARS, ""), (_BODY, ""), ("name: word", "name: title"))

    assert said[0] == (
        "For callers: operations 0 added, 0 removed, 3 changed; 3 changes may break them."
    )
    assert len(said) == 5


def test_an_operation_less_is_one_line_and_breaks(before):
    cut = _cut("  /dishes/{dish}:\n", "components:\n")

    assert _said(before, (cut, "")) == [
        "For callers: operations 0 added, 1 removed, 0 changed; 1 change may break them.",
        f"  removed  getDish: GET /dishes/{{dish}}{_BREAKS}",
    ]


def test_an_operation_more_is_one_line_and_breaks_nobody(before):
    cut = _cut("  /dishes/{dish}:\n", "components:\n")

    assert summary(_contract(_edited((cut, ""))), before).splitlines() == [
        "For callers: operations 1 added, 0 removed, 0 changed; 0 changes may break them.",
        "  added    getDish: GET /dishes/{dish}",
    ]


def test_an_operation_by_another_name_is_the_same_one(before):
    edits = (
        ("operationId: getDish", "operationId: readDish"),
        (
            "{name: dish, in: path, required: true, description: Which., schema: {type: integer}}",
            "{name: dish, in: path, required: true, description: Which., schema: {type: number}}",
        ),
    )

    assert _said(before, *edits) == [
        "For callers: operations 0 added, 0 removed, 1 changed; 1 change may break them.",
        f"  changed  readDish: was called getDish{_BREAKS}",
        "  changed  readDish: parameter dish is number now, was integer",
    ]


def test_a_path_parameter_by_another_name_stays_where_it_is_but_not_for_who_names_it(before):
    edits = ("/dishes/{dish}:", "/dishes/{id}:"), ("{name: dish,", "{name: id,")

    assert _said(before, *edits)[1:] == [
        f"  changed  getDish: parameter id is new and required{_BREAKS}",
        f"  changed  getDish: parameter dish is gone{_BREAKS}",
    ]


def test_a_component_by_another_name_is_nothing_to_callers(before):
    renamed = _KITCHEN.replace("/Dish", "/Meal").replace("    Dish:", "    Meal:")

    assert summary(before, _contract(renamed)) == "For callers nothing changed.\n"


def test_a_component_renamed_and_changed_is_told_where_it_is_met_without_going_in_circles(before):
    renamed = _KITCHEN.replace("/Dish", "/Meal").replace("    Dish:", "    Meal:")

    said = summary(before, _contract(renamed.replace(_STARS, ""))).splitlines()

    assert said[1:] == [
        f"  changed  listDishes: answer 200 Menu.dishes[].stars is gone{_BREAKS}",
        f"  changed  addDish, getDish: answers 200, 201 stars is gone{_BREAKS}",
    ]


def test_ingredients_written_out_are_nothing_to_callers(before):
    cook = _cut("      allOf:\n", "    Person:\n")
    written = """\
      type: object
      required: [name]
      properties:
        name: {type: string}
        born: {type: string, format: date}
        hat: {type: string}
"""

    assert _said(before, (cook, written)) == ["For callers nothing changed."]


def test_a_limit_written_out_that_was_none_is_no_limit_less_when_it_goes():
    unlike = _contract(
        _edited(("parts: {type: array,", "parts: {type: array, uniqueItems: false,"))
    )

    assert summary(unlike, _contract(_KITCHEN)) == "For callers nothing changed.\n"


def test_words_and_order_are_nothing_to_callers(before):
    edits = (
        ("summary: List the dishes.", "summary: List all dishes."),
        (
            "enum: [sweet, sour]}\n        - name: page",
            "enum: [sour, sweet]}\n        - name: page",
        ),
        ("description: Made of dishes.", "title: A dish"),
        (_STARS, ""),
        (_PRICE, _STARS + _PRICE),
    )

    assert _said(before, *edits) == ["For callers nothing changed."]


def test_a_body_more_less_or_of_another_kind_is_told(before):
    body = _cut("      requestBody:\n", '      responses:\n        "201"')
    form = """\
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              required: [file]
              properties:
                file: {type: string, contentMediaType: text/csv}
"""
    without = _contract(_edited((body, "")))

    assert summary(without, before).splitlines()[1:] == ["  changed  addDish: body is new"]
    assert _said(before, (body, ""))[1:] == [f"  changed  addDish: body is gone{_BREAKS}"]
    assert _said(before, (body, form))[1:] == [
        "  changed  addDish: body is multipart/form-data now, was application/json" + _BREAKS
    ]


def test_an_answer_of_another_kind_is_told(before):
    content = """\
          content: {application/json: {schema: {$ref: "#/components/schemas/Dish"}}}
        "404": {$ref: "#/components/responses/Problem"}
        "500": {$ref: "#/components/responses/Problem"}
components:
"""
    table = content.replace(
        'application/json: {schema: {$ref: "#/components/schemas/Dish"}}',
        "text/csv: {schema: {type: string}}",
    )

    assert _said(before, (content, table))[1:] == [
        f"  changed  getDish: answer 200 is text/csv now, was application/json{_BREAKS}"
    ]


def test_an_answer_that_had_no_body_breaks_nobody_with_one(before):
    silent = """\
  responses:
    Problem:
      description: What went wrong.
"""
    speaking = (
        silent
        + '      content: {application/json: {schema: {$ref: "#/components/schemas/Problem"}}}\n'
    )

    without = _contract(_edited((speaking, silent)))

    assert summary(without, before).splitlines()[1:] == [
        f"  changed  {_ALL}: answers 404, 500 is application/json now, was empty"
    ]
    assert summary(before, without).splitlines()[1:] == [
        f"  changed  {_ALL}: answers 404, 500 is empty now, was application/json{_BREAKS}"
    ]


def test_a_credential_more_breaks_who_has_none(before):
    open_to_all = _contract(_edited((f"{_KEY}\n", "")))

    assert summary(open_to_all, before).splitlines()[1:] == [
        f"  changed  {_ALL}: takes x-api-key in the header now, was no credential{_BREAKS}"
    ]


def test_a_header_less_breaks_who_reads_it_and_one_more_breaks_nobody(before):
    words = "          description: The dishes.\n"
    more = "          headers: {Link: {schema: {type: string}}}\n"
    paged = _contract(_edited((words, words + more)))

    assert summary(before, paged).splitlines()[1:] == [
        "  changed  listDishes: answer 200 header Link is new"
    ]
    assert summary(paged, before).splitlines()[1:] == [
        f"  changed  listDishes: answer 200 header Link is gone{_BREAKS}"
    ]


def test_what_breaks_nobody_is_cut_short_and_what_breaks_is_not(before):
    operation = _cut("  /dishes/{dish}:\n", "components:\n")
    more = "".join(
        operation.replace("/dishes/{dish}", f"/dishes{n}/{{dish}}").replace(
            "getDish", f"getDish{n}x"
        )
        for n in range(40)
    )
    many = _contract(_edited(("components:\n  sec", f"{more}components:\n  sec")))

    added, removed = summary(before, many).splitlines(), summary(many, before).splitlines()

    assert len(added) == 32
    assert added[-1] == "  … and 10 more that may not"
    assert len(removed) == 41


def test_many_operations_are_named_by_the_first_ones():
    operation = _cut("  /dishes/{dish}:\n", "components:\n")
    more = "".join(
        operation.replace("/dishes/{dish}", f"/dishes{n}/{{dish}}").replace(
            "getDish", f"getDish{n}x"
        )
        for n in range(4)
    )
    wide = _edited(("components:\n  sec", f"{more}components:\n  sec"))

    said = summary(_contract(wide), _contract(wide.replace(_STARS, ""))).splitlines()

    assert said[1] == (
        "  changed  listDishes, addDish, getDish and 4 more:"
        f" answers 200, 201 Dish.stars is gone{_BREAKS}"
    )


def test_whatever_the_generator_writes_it_reads_again(golden):
    for path in golden.glob("*/files/generated/contract.json"):
        text = path.read_text(encoding="utf-8")

        assert render_contract(read_contract(text)) == text
