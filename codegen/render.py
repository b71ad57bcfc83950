"""Files made from the operations by templates, which only place things."""

import jinja2

from codegen.ir import Api
from codegen.python import header


def render(api: Api, template: str, **more: object) -> str:
    """Fill one template of `codegen/templates` with the operations, and what else it takes."""
    filled = _environment().get_template(template)
    return filled.render(header=header(api.source), api=api, **more)


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("codegen"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    environment.filters = {"literal": repr, "docstring": _docstring, "list": list}
    return environment


def _docstring(text: str) -> str:
    """Quote text as a docstring: one line, nothing in it can end it or start an escape."""
    line = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"""{line}"""'
