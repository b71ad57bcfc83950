"""Everything that is checked of a template."""

from collections.abc import Iterator
from pathlib import Path

from tests.infra.bicep import (
    defaults,
    habits,
    lengths,
    reading,
    resources,
    scopes,
    secrecy,
    symbols,
    syntax,
    wiring,
)
from tests.infra.bicep.document import Document, read
from tests.infra.bicep.finding import Finding


def check(path: Path) -> list[Finding]:
    """Return what is wrong in a template, in the order of its lines."""
    return check_document(read(path))


def check_document(document: Document) -> list[Finding]:
    """Return what is wrong in a template that was read."""
    broken = list(_syntax(document))
    if broken:
        return broken
    names = (symbols, wiring, scopes, reading)
    values = (defaults, lengths, secrecy, habits, resources)
    return sorted({finding for each in names + values for finding in each.check(document)})


def _syntax(document: Document) -> Iterator[Finding]:
    for node in syntax.mistakes(document.root):
        yield Finding(document.path, syntax.line(node), "syntax", syntax.text(node)[:40])
