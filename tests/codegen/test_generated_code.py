"""The generated packages import, register, check what they promise, and satisfy mypy."""

import json
import os
import subprocess
import sys

import pytest

from discogs_proxy import validation

_REGISTER = """
import asyncio, importlib, json, sys
import azure.functions as func

def routes(package):
    module = importlib.import_module(package + ".routes")
    importlib.import_module(package + ".models")
    importlib.import_module(package + ".views")
    for name in ("agent_bodies", "agent_parameters", "bodies", "parameters"):
        inputs = importlib.import_module(f"{package}.{name}")
        for model in vars(inputs).values():
            if getattr(model, "__module__", None) == inputs.__name__:
                model.model_rebuild()
    async def handle(operation, request):
        return operation.name
    app = func.FunctionApp()
    async def handle_agent(operation, request):
        return operation.face.name
    app.register_functions(module.blueprint(handle, handle_agent))
    for function in app.get_functions():
        trigger = function.get_trigger()
        request = func.HttpRequest("GET", "/", body=b"")
        answered = asyncio.run(function.get_user_function()(request))
        methods = [getattr(method, "value", method) for method in trigger.methods]
        yield function.get_function_name(), answered, trigger.route, methods

print(json.dumps({package: list(routes(package)) for package in sys.argv[1:]}))
"""
_ROUTES = {
    "agent": [
        ("find_recipes", "recipes", ["GET", "HEAD"]),
        ("get_recipe", "recipes/{recipe_id}", ["GET", "HEAD"]),
        ("burn_recipe", "recipes/{recipe_id}", ["DELETE"]),
        ("get_orders", "tables/{table}/orders/{recipe_id}", ["GET", "HEAD"]),
        ("place_order", "tables/{table}/orders/{recipe_id}", ["POST"]),
        ("gpt_find_recipes", "gpt/recipes", ["GET", "HEAD"]),
        ("gpt_get_recipe", "gpt/recipes/{recipe_id}", ["GET", "HEAD"]),
        ("gpt_burn_recipe", "gpt/recipes/{recipe_id}", ["DELETE"]),
        ("gpt_place_order", "gpt/tables/{table}/orders/{recipe_id}", ["POST"]),
    ],
    "agent_fields": [
        ("get_recipe", "recipes/{recipe}", ["GET", "HEAD"]),
        ("burn_recipe", "recipes/{recipe}", ["DELETE"]),
        ("get_prices", "prices", ["GET", "HEAD"]),
        ("gpt_get_recipe", "gpt/recipes/{recipe}", ["GET", "HEAD"]),
        ("gpt_burn_recipe", "gpt/recipes/{recipe}", ["DELETE"]),
        ("gpt_get_prices", "gpt/prices", ["GET", "HEAD"]),
    ],
    "all_of": [
        ("list_cooks", "cooks", ["GET", "HEAD"]),
        ("gpt_list_cooks", "gpt/cooks", ["GET", "HEAD"]),
    ],
    "cache": [
        ("get_menu", "menu", ["GET", "HEAD"]),
        ("change_menu", "menu", ["PUT"]),
        ("get_guests", "guests", ["GET", "HEAD"]),
        ("get_weather", "weather", ["GET", "HEAD"]),
    ],
    "conditional": [("get_stock", "stock", ["GET", "HEAD"])],
    "csv_answer": [("download_stock", "stock/download", ["GET", "HEAD"])],
    "header_parameter": [
        ("list_orders", "orders", ["GET", "HEAD"]),
        ("gpt_list_orders", "gpt/orders", ["GET", "HEAD"]),
    ],
    "hostile_text": [
        ("read", "a'b\"c/{id}", ["GET", "HEAD"]),
        ("gpt_read", "gpt/a'b\"c/{id}", ["GET", "HEAD"]),
    ],
    "idempotent": [
        ("get_oven", "oven", ["GET", "HEAD"]),
        ("set_oven", "oven", ["POST"]),
        ("heat_oven", "oven", ["PATCH"]),
        ("replace_oven", "oven", ["PUT"]),
    ],
    "instructions": [
        ("get_menu", "menu", ["GET", "HEAD"]),
        ("get_till", "till", ["GET", "HEAD"]),
        ("gpt_get_menu", "gpt/menu", ["GET", "HEAD"]),
    ],
    "links": [("get_recipe", "dishes/{dish}/recipe", ["GET", "HEAD"])],
    "methods": [
        ("get_bill", "tables/{table}/bill", ["GET", "HEAD"]),
        ("split_bill", "tables/{table}/bill", ["PUT"]),
        ("pay_bill", "tables/{table}/bill", ["DELETE"]),
        ("gpt_pay_bill", "gpt/tables/{table}/bill", ["DELETE"]),
    ],
    "minimal": [("get_menu", "menu", ["GET", "HEAD"])],
    "multipart": [("upload_recipes", "recipes/upload", ["POST"])],
    "no_content": [
        ("discard_item", "stock/{item:long}", ["DELETE"]),
        ("count_stock", "stock/count", ["POST"]),
    ],
    "not_for_agents": [
        ("get_menu", "menu", ["GET", "HEAD"]),
        ("close_kitchen", "menu", ["DELETE"]),
        ("get_till", "till", ["GET", "HEAD"]),
        ("gpt_get_menu", "gpt/menu", ["GET", "HEAD"]),
    ],
    "nullable_and_optional": [
        ("get_dish", "dishes/{dish_id}", ["GET", "HEAD"]),
        ("gpt_get_dish", "gpt/dishes/{dish_id}", ["GET", "HEAD"]),
    ],
    "parameter_kinds": [
        ("find_dishes", "dishes", ["GET", "HEAD"]),
        ("gpt_find_dishes", "gpt/dishes", ["GET", "HEAD"]),
    ],
    "recursive": [
        ("list_recipes", "recipes", ["GET", "HEAD"]),
        ("gpt_list_recipes", "gpt/recipes", ["GET", "HEAD"]),
    ],
    "request_body": [
        ("place_order", "orders", ["POST"]),
        ("change_order", "orders/{order_id}", ["PATCH"]),
        ("gpt_change_order", "gpt/orders/{order_id}", ["PATCH"]),
    ],
    "require_query": [("search_stock", "stock", ["GET", "HEAD"])],
    "reserved_names": [
        ("match", "lambda/{class}/{id}", ["GET", "HEAD"]),
        ("gpt_match", "gpt/lambda/{class}/{id}", ["GET", "HEAD"]),
    ],
    "needs": [
        ("get_menu", "menu", ["GET", "HEAD"]),
        ("get_me", "me", ["GET", "HEAD"]),
        ("get_wages", "wages/{waiter}", ["GET", "HEAD"]),
        ("gpt_get_me", "gpt/me", ["GET", "HEAD"]),
    ],
    "samples": [
        ("get_menu", "menu~1/today", ["GET", "HEAD"]),
        ("gpt_get_menu", "gpt/menu~1/today", ["GET", "HEAD"]),
    ],
    "unicode": [
        ("get_gericht", "gerichte/{groesse}", ["GET", "HEAD"]),
        ("gpt_get_gericht", "gpt/gerichte/{groesse}", ["GET", "HEAD"]),
    ],
    "word_beside_number": [
        ("get_order", "orders/{order_id:long}", ["GET", "HEAD"]),
        ("get_lines", "orders/{order_id}/lines", ["GET", "HEAD"]),
        ("order_round", "orders/round", ["POST"]),
    ],
}
_CODE = sorted(_ROUTES)


@pytest.fixture(scope="module")
def paths(golden, repository):
    return [
        str(repository / "az-function"),
        *(str(golden / case / "files" / "generated") for case in _CODE),
    ]


@pytest.fixture(scope="module")
def registered(paths, tmp_path_factory):
    """Return what every case registers with Azure Functions, asked of a process of its own."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _REGISTER, *(f"{case}_api" for case in _CODE)],
        cwd=tmp_path_factory.mktemp("elsewhere"),
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_every_case_that_makes_files_is_run(golden):
    assert sorted(path.parent.name for path in golden.glob("*/files")) == _CODE


@pytest.mark.parametrize("case", _CODE)
def test_a_blueprint_registers_each_operation_once_and_hands_it_to_the_handler(registered, case):
    found = registered[f"{case}_api"]

    assert [(name, route, methods) for name, _, route, methods in found] == _ROUTES[case]
    assert [answered for _, answered, _, _ in found] == [name for name, _, _ in _ROUTES[case]]


@pytest.mark.parametrize(
    ("model", "given"),
    [
        (
            "agent_api.agent_parameters:FindRecipesParameters",
            {"per_page": 20, "kind": "soup", "include": "all", "continue_from": "recipes.parts:0"},
        ),
        ("agent_api.agent_parameters:PlaceOrderParameters", {"table": 1, "recipe_id": 100}),
        ("agent_api.agent_bodies:PlaceOrderBody", {"servings": 4, "at_table": "by the window"}),
        ("methods_api.parameters:PayBillParameters", {"table": 1}),
        ("minimal_api.parameters:GetMenuParameters", {}),
        (
            "parameter_kinds_api.parameters:FindDishesParameters",
            {"taste": "sweet", "vegan": True, "price": 4.5, "stars": 2, "day": "?", "id": ""},
        ),
        (
            "reserved_names_api.parameters:MatchParameters",
            {"class": "a", "id": 1, "from": "b", "json": False, "schema": "c", "filter[x]": "d"},
        ),
        ("unicode_api.parameters:GetGerichtParameters", {"groesse": "小"}),
        ("hostile_text_api.parameters:ReadParameters", {"id": "x", '"""\n': "\\", "q": "\"'\\"}),
        ("require_query_api.parameters:SearchStockParameters", {"shelf": 9, "page": 1}),
        ("conditional_api.parameters:GetStockParameters", {"If-Modified-Since": "yesterday"}),
        (
            "request_body_api.bodies:Order",
            {"table": 3, "lines": [{"dish": 7}, {"dish": "12", "price": "auto"}], "waiter": None},
        ),
        (
            "request_body_api.bodies:Order",
            {
                "table": 40,
                "note": "quick",
                "tags": ["hot"],
                "lines": [
                    {"dish": 1, "price": 4, "size": "small", "without": {"dish": 2}},
                    {"dish": 1, "anything": [None], "vegan": True, "from": 3, "int": 4},
                    {"dish": 1, "from": "here", "ü-größe[x]": 0.25},
                ],
            },
        ),
        ("request_body_api.bodies:Change", {}),  # the core counts members
        ("request_body_api.bodies:Change", {"tip": 0, "waiter": {"name": "Jo"}}),
        ("request_body_api.bodies:Change", {"waiter": None}),
    ],
)
def test_a_model_takes_what_the_description_allows(paths, monkeypatch, model, given):
    for path in paths:
        monkeypatch.syspath_prepend(path)

    assert validation.problems(model, given) == []


@pytest.mark.parametrize(
    ("model", "given", "problems"),
    [
        (
            "agent_api.agent_parameters:FindRecipesParameters",
            {"per_page": 21, "kind": "sauce", "staff": True, "include": "parts"},
            [
                "per_page: Input should be less than or equal to 20.",
                "kind: Input should be 'soup' or 'cake'.",
                "include: Input should be 'all'.",
                "staff: Extra inputs are not permitted.",
            ],
        ),
        (
            "agent_api.agent_parameters:GetRecipeParameters",
            {"recipe_id": 100, "continue_from": "recipes"},
            [
                "recipe_id: Input should be less than or equal to 99.",
                "continue_from: String should match pattern '^[a-z_]+(\\.[a-z_]+)*:[0-9]{1,9}$'.",
            ],
        ),
        (
            "agent_api.agent_bodies:PlaceOrderBody",
            {"servings": 5, "table": "by the window"},
            [
                "servings: Input should be less than or equal to 4.",
                "table: Extra inputs are not permitted.",
            ],
        ),
        (
            "methods_api.parameters:PayBillParameters",
            {"table": 0},
            ["table: Input should be greater than or equal to 1."],
        ),
        (
            "methods_api.parameters:SplitBillParameters",
            {"table": 1},
            ["ways: Field required."],
        ),
        (
            "minimal_api.parameters:GetMenuParameters",
            {"page": 1},
            ["page: Extra inputs are not permitted."],
        ),
        (
            "parameter_kinds_api.parameters:FindDishesParameters",
            {"taste": "salty", "vegan": "yes", "price": 0.0, "stars": 4, "stamp": "ABCD"},
            [
                "vegan: Input should be a valid boolean.",
                "price: Input should be greater than 0.",
                "stars: Input should be 1, 2 or 3.",
                "taste: Input should be 'sweet' or 'sour'.",
                "stamp: String should have at most 3 characters.",
            ],
        ),
        (
            "reserved_names_api.parameters:MatchParameters",
            {"class": 1, "id": 1},
            ["class: Input should be a valid string."],
        ),
        (
            "require_query_api.parameters:SearchStockParameters",
            {"shelf": 10},
            ["shelf: Input should be less than or equal to 9."],
        ),
        (
            "request_body_api.bodies:Order",
            {"table": "3", "note": None, "tags": ["A"], "tip": 1},
            [
                "table: Input should be a valid integer.",
                "lines: Field required.",
                "note: Input should be a valid string.",
                "tags.0: String should match pattern '^[a-z]+$'.",
                "tip: Extra inputs are not permitted.",
            ],
        ),
        (
            "request_body_api.bodies:Order",
            {"table": True, "lines": [{"dish": 1, "without": {"from_": 1, "int": None}}]},
            [
                "table: Input should be a valid integer.",
                "lines.0.without.dish: Field required.",
                "lines.0.without.int: Input should be a valid integer.",
                "lines.0.without.from_: Extra inputs are not permitted.",
            ],
        ),
        (
            "request_body_api.bodies:Change",
            {"tip": None, "paid": 1, "waiter": {"name": None}},
            [
                "tip: Input should be a valid number.",
                "paid: Input should be a valid boolean.",
                "waiter.name: Input should be a valid string.",
            ],
        ),
    ],
)
def test_a_model_refuses_the_rest_by_the_names_of_the_description(
    paths, monkeypatch, model, given, problems
):
    for path in paths:
        monkeypatch.syspath_prepend(path)

    assert validation.problems(model, given) == problems


def test_the_code_satisfies_mypy_in_strict_mode(paths, repository, tmp_path):
    packages = [option for case in _CODE for option in ("-p", f"{case}_api")]
    cache = repository / ".mypy_cache" / "golden"
    options = ["--strict", "--untyped-calls-exclude=azure.functions", f"--cache-dir={cache}"]

    done = subprocess.run(
        [sys.executable, "-m", "mypy", *options, *packages],
        cwd=tmp_path,
        env=os.environ | {"MYPYPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_the_code_silences_no_checker(golden, repository):
    roots = [repository / "generated", *golden.glob("*/files")]
    texts = [path.read_text("utf-8") for root in roots for path in root.rglob("*.py")]

    assert len(texts) > 50
    assert not [text for text in texts if "noqa" in text or "type: ignore" in text]
