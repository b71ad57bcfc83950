"""The whole generator on one screen: text in, files out."""

from codegen.action import PLACE as ACTION
from codegen.action import render_action
from codegen.contract import contract, render_contract
from codegen.document import Document
from codegen.fault import DescriptionError
from codegen.instructions import render_instructions
from codegen.manifest import render_manifest
from codegen.models import (
    render_agent_bodies,
    render_agent_parameters,
    render_bodies,
    render_models,
    render_parameters,
)
from codegen.notation import load
from codegen.operations_page import render_operations_page
from codegen.output import FOLDER, Files
from codegen.parse import parse
from codegen.python import header, tidy
from codegen.render import render
from codegen.rules import (
    agent_answers,
    agent_bodies,
    agent_fields,
    agent_parameters,
    agent_writes,
    agents,
    answers,
    body_schemas,
    caching,
    contradictions,
    examples,
    instructions,
    links,
    operations,
    parameter_names,
    parameters,
    patterns,
    references,
    request_bodies,
    routes,
    schemas,
    scope,
    security,
    structure,
    vocabulary,
)
from codegen.rules.consequences import independent
from codegen.shapes import render_shapes
from codegen.view_code import render_views
from codegen.view_parsing import answer_views

CONTRACT = f"{FOLDER}/contract.json"
_GRAMMAR = (structure, schemas, references, security, scope)
_MEANING = (
    operations,
    routes,
    parameters,
    parameter_names,
    request_bodies,
    body_schemas,
    answers,
    links,
    vocabulary,
    agent_fields,
    caching,
    agents,
    agent_parameters,
    agent_bodies,
    agent_answers,
    agent_writes,
    instructions,
    patterns,
    contradictions,
    examples,
)


def build(text: str, source: str, package: str, core: str) -> Files:
    """Compile a description; raise `DescriptionError` with every fault if it has any.

    The package made is named `package` and imports the package `core`. The result depends on the
    text and the three names alone.
    """
    document = check(text, source)
    api = parse(document, package, core)
    shown = answer_views(document, api)
    python = {
        "__init__.py": f'{header(source)}\n"""Code made from the description."""\n',
        "agent_bodies.py": render_agent_bodies(api),
        "agent_operations.py": render(api, "agent_operations.py.jinja"),
        "agent_parameters.py": render_agent_parameters(api),
        "bodies.py": render_bodies(document, core),
        "models.py": render_models(document),
        "operations.py": render(api, "operations.py.jinja"),
        "parameters.py": render_parameters(api),
        "routes.py": render(api, "routes.py.jinja"),
        "views.py": render_views(api, shown),
    }
    return {
        **{f"{FOLDER}/{package}/{name}": tidied for name, tidied in tidy(python).items()},
        f"{FOLDER}/{package}/py.typed": "",
        f"{FOLDER}/{package}/shapes.json": render_shapes(document, api),
        ACTION: render_action(document, api, shown),
        f"{FOLDER}/gpt-action/manifest.json": render_manifest(api),
        **render_instructions(document, api),
        "docs/operations.md": render_operations_page(api),
        # Last: until all the others are written, the next run compares with the contract before.
        CONTRACT: render_contract(contract(document, api, shown)),
    }


def check(text: str, source: str) -> Document:
    """Load a description and hold it against every rule."""
    document = load(text, source)
    grammar = [fault for rule in _GRAMMAR for fault in rule.check(document)]
    meaning = [fault for rule in _MEANING for fault in rule.check(document)]
    if grammar or meaning:
        raise DescriptionError(source, [*grammar, *independent(meaning, grammar)])
    return document
