"""The description, the app that ships and what Discogs really sends say the same."""

import json
from functools import cache

import jsonschema
import pytest

from codegen.document import join
from codegen.fault import DescriptionError
from codegen.naming import snake_case
from discogs_api import bodies, models
from tests.compiled import compiled
from tests.described import DESCRIPTION, operations, resolved
from tests.offered import ACTION
from tests.recordings import bodies as bodies_in
from tests.recordings import errors, recordings
from tests.shipped_app import APP, ROOT

MISFITS_SHOWN = 20
BY_ID = {operation["operationId"]: operation for _, _, operation in operations()}


def validator(schema):
    root = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return jsonschema.Draft202012Validator({**root, "components": DESCRIPTION["components"]})


def json_media(holder):
    return holder.get("content", {}).get("application/json")


def answers_in_json():
    """Yield the operations that answer in JSON: the name, and the media type of a success."""
    for name, operation in BY_ID.items():
        for status, response in operation["responses"].items():
            media = json_media(resolved(response))
            if status.startswith("2") and media:
                yield name, media


ANSWERS = dict(answers_in_json())
BODIES = {
    name: o["requestBody"] for name, o in BY_ID.items() if json_media(o.get("requestBody", {}))
}


def model_of(media, module):
    return getattr(module, media["schema"]["$ref"].rpartition("/")[2])


def samples(media):
    named = [example["value"] for example in media.get("examples", {}).values()]
    return [*named, *([media["example"]] if "example" in media else [])]


@cache
def answer_validator(name):
    return validator(ANSWERS[name]["schema"])


def media_types(node):
    if isinstance(node, dict):
        if "schema" in node and ("example" in node or "examples" in node):
            yield node
        for value in node.values():
            yield from media_types(value)
    elif isinstance(node, list):
        for value in node:
            yield from media_types(value)


def test_registered_routes_are_the_operations_of_the_description(served):
    read, any_method = ["GET", "HEAD"], []
    open_routes = [("healthz", read), ("openapi.json", read), ("privacy", read)]
    open_routes.append(("{*path}", any_method))
    described = [
        (path.removeprefix("/"), read if method == "get" else [method.upper()])
        for path, method, _ in operations()
    ]
    offered = [
        (f"gpt{path}", read if method == "get" else [method.upper()])
        for path, methods in ACTION["paths"].items()
        for method in methods
    ]

    # Azure is told that a number is one where another path has a word; the path stays the same.
    registered = [
        (function.route.replace(":long}", "}"), sorted(function.methods or any_method))
        for function in served.host.functions
    ]

    assert sorted(registered) == sorted([*described, *offered, *open_routes])


def test_the_catch_all_is_tried_after_every_other_route(served):
    names = [function.name for function in served.host.functions]

    assert names[-1] == "zz_unrouted"


def test_what_the_app_answers_itself_is_refused_in_a_description(served):
    text = (ROOT / "spec" / "discogs.openapi.yaml").read_text(encoding="utf-8")
    described = {snake_case(operation["operationId"]) for _, _, operation in operations()}
    described |= {f"gpt_{name}" for name in described}
    own = [function for function in served.host.functions if function.name not in described]

    assert len(own) == 4
    for function in own:
        with pytest.raises(DescriptionError, match=f"'{function.name}'"):
            compiled(text.replace("operationId: getArtist\n", f"operationId: {function.name}\n"))
        if not function.route.startswith("{"):
            with pytest.raises(DescriptionError, match=f"'/{function.route}'"):
                compiled(text.replace("  /database/search:", f"  /{function.route}:"))


def test_host_json_has_the_prefix_that_links_are_rewritten_to():
    from discogs_proxy.settings import API_PREFIX

    host = json.loads((APP / "host.json").read_text(encoding="utf-8"))

    assert "/" + host["extensions"]["http"]["routePrefix"] == API_PREFIX


def test_every_example_fits_its_schema():
    checked = 0
    for node in media_types(DESCRIPTION):
        for example in samples(node):
            validator(node["schema"]).validate(example)
            checked += 1

    assert checked > 200


@pytest.mark.parametrize("name", ANSWERS)
def test_examples_of_answers_are_read_by_the_generated_models(name):
    examples = samples(ANSWERS[name])

    for example in examples:
        assert reread(model_of(ANSWERS[name], models), example) == example
    assert examples


@pytest.mark.parametrize("name", BODIES)
def test_examples_of_bodies_are_read_by_the_models_that_check_them(name):
    media = json_media(BODIES[name])

    for example in samples(media):
        assert reread(model_of(media, bodies), example) == example
    assert samples(media)


def test_every_operation_names_its_errors():
    for path, method, operation in operations():
        wanted = {"400", "401", "403", "404", "429", "500", "502", "503", "504"}
        wanted |= {"413", "415"} if "requestBody" in operation else set()
        assert wanted <= set(operation["responses"]), (path, method)


def test_no_answer_promises_a_rate_limit_reset_that_discogs_never_sent():
    assert "Reset" not in json.dumps(DESCRIPTION["components"]["headers"])


def reread(model, body):
    """Return a body as a model holds it; to Python, 1 and 1.0 are equal."""
    return model.model_validate(body, strict=True).model_dump(exclude_unset=True, by_alias=True)


def test_every_recorded_answer_fits_the_description(recorded):
    answers = recordings(recorded)

    misfits = [
        f"{answer.file} {join('', *error.absolute_path)}: {error.message[:200]}"
        for answer in answers
        for error in answer_validator(answer.operation_id).iter_errors(answer.body())
    ]

    assert misfits[:MISFITS_SHOWN] == []
    assert len(answers) > 170


def test_the_generated_models_read_every_recorded_answer(recorded):
    answers = recordings(recorded)

    changed = [
        answer.file
        for answer in answers
        if reread(model_of(ANSWERS[answer.operation_id], models), answer.body()) != answer.body()
    ]

    assert changed == []
    assert len(answers) > 170


def test_every_recorded_error_is_an_error_in_discogs_own_words(recorded):
    discogs_error = validator(DESCRIPTION["components"]["schemas"]["DiscogsError"])

    for path, _ in errors(recorded):
        discogs_error.validate(json.loads(path.read_text(encoding="utf-8")))
    assert errors(recorded)


def test_every_recorded_body_is_held_against_something(recorded):
    held = {answer.path for answer in recordings(recorded)} | {path for path, _ in errors(recorded)}

    assert held == bodies_in(recorded)


def test_every_recorded_answer_has_a_status_of_its_operation(recorded):
    strange = [
        (answer.file, answer.status)
        for answer in recordings(recorded)
        if str(answer.status) not in BY_ID[answer.operation_id]["responses"]
    ]

    assert strange == []
