"""The description, the app that ships and what Discogs really sends say the same."""

import csv
import json

import jsonschema
import pytest
import yaml

from codegen.document import join
from codegen.fault import DescriptionError
from codegen.naming import snake_case
from discogs_api import models
from tests.compiled import compiled
from tests.shipped_app import APP, ROOT

DESCRIPTION = yaml.safe_load((ROOT / "spec" / "discogs.openapi.yaml").read_text(encoding="utf-8"))
METHODS = ("get", "put", "post", "delete", "patch")
MODELS = {
    "/artists/{artist_id}": models.Artist,
    "/releases/{release_id}": models.Release,
    "/database/search": models.SearchPage,
}


def operations():
    for path, item in DESCRIPTION["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def validator(schema):
    root = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return jsonschema.Draft202012Validator({**root, "components": DESCRIPTION["components"]})


def answer_schema(path):
    answer = DESCRIPTION["paths"][path]["get"]["responses"]["200"]
    return answer["content"]["application/json"]["schema"]


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
    open_routes = [("healthz", read), ("openapi.json", read), ("{*path}", any_method)]
    described = [
        (path.removeprefix("/"), read if method == "get" else [method.upper()])
        for path, method, _ in operations()
    ]

    registered = [(f.route, sorted(f.methods or any_method)) for f in served.host.functions]

    assert sorted(registered) == sorted([*described, *open_routes])


def test_the_catch_all_is_tried_after_every_other_route(served):
    names = [function.name for function in served.host.functions]

    assert names[-1] == "zz_unrouted"


def test_what_the_app_answers_itself_is_refused_in_a_description(served):
    text = (ROOT / "spec" / "discogs.openapi.yaml").read_text(encoding="utf-8")
    described = {operation["operationId"] for _, _, operation in operations()}
    own = [f for f in served.host.functions if f.name not in map(snake_case, described)]

    assert len(own) == 3
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
        named = [example["value"] for example in node.get("examples", {}).values()]
        for example in [*named, *([node["example"]] if "example" in node else [])]:
            validator(node["schema"]).validate(example)
            checked += 1

    assert checked > 30


@pytest.mark.parametrize("path", MODELS)
def test_examples_of_answers_are_read_by_the_generated_models(path):
    answer = DESCRIPTION["paths"][path]["get"]["responses"]["200"]
    examples = answer["content"]["application/json"]["examples"]

    for example in examples.values():
        MODELS[path].model_validate(example["value"], strict=True)


def test_every_operation_names_its_errors():
    for path, method, operation in operations():
        wanted = {"400", "401", "403", "404", "429", "500", "502", "503", "504"}
        assert wanted <= set(operation["responses"]), (path, method)


def test_no_answer_promises_a_rate_limit_reset_that_discogs_never_sent():
    assert "Reset" not in json.dumps(DESCRIPTION["components"]["headers"])


def recordings(folder):
    with (folder / "INDEX.tsv").open(encoding="utf-8") as index:
        rows = [row for row in csv.DictReader(index, delimiter="\t") if row["endpoint"] in MODELS]
    return [(row["endpoint"], row["file"], body_of(folder, row)) for row in rows]


def body_of(folder, row):
    body = json.loads((folder / row["file"]).read_text(encoding="utf-8"))
    if "EMPTY OBJECTS BECAME []" in row["notes"] and body.get("pagination", {}).get("urls") == []:
        body["pagination"]["urls"] = {}  # an artefact of the recording, named in its index
    return body


def reread(model, body):
    """Return a body as a model holds it; to Python, 1 and 1.0 are equal."""
    return model.model_validate(body, strict=True).model_dump(exclude_unset=True, by_alias=True)


def test_every_recorded_answer_fits_the_description(recorded):
    answers = recordings(recorded)

    misfits = [
        f"{file} {join('', *error.absolute_path)}: {error.message[:200]}"
        for path, file, body in answers
        for error in validator(answer_schema(path)).iter_errors(body)
    ]

    assert misfits == []
    assert len(answers) > 80


def test_the_generated_models_read_every_recorded_answer(recorded):
    answers = recordings(recorded)

    changed = [file for path, file, body in answers if reread(MODELS[path], body) != body]

    assert changed == []
    assert len(answers) > 80
