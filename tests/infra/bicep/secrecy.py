"""Secrets come in as secure params, and do not go out."""

import re
from collections.abc import Iterator

from tests.infra.bicep import syntax
from tests.infra.bicep.document import Declaration, Document
from tests.infra.bicep.finding import Finding
from tests.infra.bicep.references import references

_SOUNDS_SECRET = re.compile(r"password|pwd|secret|token|apikey|accountkey|clientkey", re.IGNORECASE)
_LISTS = re.compile(r"\blist[A-Z]?\w*\(")


def check(document: Document) -> Iterator[Finding]:
    """Yield the params that should be secure, and the outputs that give a secret away."""
    secret = {each.name for each in document.declarations if _is_secret(each)}
    for each in document.declarations:
        insecure = each.kind == "param" and "secure" not in each.decorators
        if insecure and each.type in {"string", "object"} and _SOUNDS_SECRET.search(each.name):
            message = f"{each.name} sounds like a secret and is not @secure()"
            yield Finding(document.path, each.line, "secure", message)
        if each.kind == "output" and "secure" not in each.decorators and _shows(each, secret):
            message = f"{each.name} puts a secret into the history of deployments"
            yield Finding(document.path, each.line, "secret-output", message)


def _is_secret(declaration: Declaration) -> bool:
    """Tell whether a param is secure, or a var holds keys."""
    if declaration.kind == "param":
        return "secure" in declaration.decorators
    return declaration.kind == "var" and bool(_LISTS.search(syntax.text(declaration.node)))


def _shows(output: Declaration, secret: set[str]) -> bool:
    if output.value is None:
        return False
    named = {syntax.text(node) for node in references(output.value)}
    return bool(named & secret) or bool(_LISTS.search(syntax.text(output.value)))
