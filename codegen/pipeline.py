"""The whole generator on one screen: text in, files out."""

from codegen.action import render_action
from codegen.document import Document
from codegen.fault import DescriptionError
from codegen.models import render_bodies, render_models, render_parameters
from codegen.notation import load
from codegen.output import Files
from codegen.parse import parse
from codegen.python import header
from codegen.render import render
from codegen.rules import (
    agents,
    answers,
    body_schemas,
    caching,
    contradictions,
    examples,
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

PACKAGE = "discogs_api"
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
    caching,
    agents,
    patterns,
    contradictions,
    examples,
)


def build(text: str, source: str, package: str = PACKAGE) -> Files:
    """Compile a description; raise `DescriptionError` with every fault if it has any.

    The result depends on the text, the source's name and the package's name alone.
    """
    document = check(text, source)
    api = parse(document, package)
    return {
        f"{package}/__init__.py": f'{header(source)}\n"""Code made from the description."""\n',
        f"{package}/bodies.py": render_bodies(document),
        f"{package}/models.py": render_models(document),
        f"{package}/operations.py": render(api, "operations.py.jinja"),
        f"{package}/parameters.py": render_parameters(api),
        f"{package}/py.typed": "",
        f"{package}/routes.py": render(api, "routes.py.jinja"),
        "gpt-action/openapi.json": render_action(document, api),
    }


def check(text: str, source: str) -> Document:
    """Load a description and hold it against every rule."""
    document = load(text, source)
    grammar = [fault for rule in _GRAMMAR for fault in rule.check(document)]
    meaning = [fault for rule in _MEANING for fault in rule.check(document)]
    if grammar or meaning:
        raise DescriptionError(source, [*grammar, *independent(meaning, grammar)])
    return document
