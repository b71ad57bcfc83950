"""Pydantic models of the description's schemas, for whoever reads answers."""

import json
from collections.abc import Mapping
from typing import Any

import datamodel_code_generator as dmcg
from datamodel_code_generator.enums import DataModelType
from datamodel_code_generator.format import PythonVersion

from codegen.document import Document
from codegen.python import header
from codegen.reach import answered
from codegen.schema import less

_NOTES = ("format", "contentEncoding", "contentMediaType")


def render_models(document: Document) -> str:
    """Render a model for each component schema that is not only sent."""
    return _render(document.source, answered(document))


def _render(source: str, schemas: Mapping[str, Any]) -> str:
    if not schemas:
        return f"{header(source)}\n"
    description = {
        "openapi": "3.1.0",
        "info": {"title": "schemas", "version": "0"},
        "paths": {},
        "components": {"schemas": {name: _plain(schema) for name, schema in schemas.items()}},
    }
    text = dmcg.generate(
        json.dumps(description),
        input_file_type=dmcg.InputFileType.OpenAPI,
        output_model_type=DataModelType.PydanticV2BaseModel,
        target_python_version=PythonVersion.PY_311,
        formatters=[],
        use_annotated=True,
        use_standard_collections=True,
        use_union_operator=True,
        use_schema_description=True,
        use_double_quotes=True,
        collapse_root_models=True,
        enum_field_as_literal=dmcg.LiteralType.All,
        strict_nullable=True,
        custom_file_header=header(source),
        disable_timestamp=True,
    )
    return str(text)


def _plain(schema: Any) -> Any:  # noqa: ANN401 - a schema or a boolean
    """Return a schema without what only says how a text is to be read.

    Those are notes for readers: real answers hold empty strings where a URI or a date is promised,
    so that none of them may become a stricter type.
    """
    return less(schema, lambda keyword: keyword in _NOTES)
