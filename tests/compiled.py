"""Descriptions compiled as the command compiles the one that ships."""

from codegen.output import Files
from codegen.pipeline import build

CORE = "discogs_proxy"


def compiled(text: str, source: str = "openapi.yaml", package: str = "discogs_api") -> Files:
    """Compile a description for the core of this project."""
    return build(text, source, package, CORE)
